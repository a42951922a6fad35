/**
 * Keeps a page connected to the world of the server that it came from. The connection is a
 * worker to the rest of the app; when it is lost it is tried again, and the world opened anew.
 */
import { US_PER_MS } from '../../base/units.ts'
import type { StartWorker } from '../../worker/client.ts'
import { LIVE_PATH, type LiveClock } from '../../worker/live.ts'
import type { ToWorker } from '../../worker/protocol.ts'
import { decode, type Welcome } from '../../worker/wire.ts'
import { kindsFirst } from '../kindsFirst.ts'
import type { SharedWorld } from '../run.ts'
import type { App } from '../store/store.ts'
import type { LiveState } from '../store/liveSlice.ts'

/** Wall time until the first new try; doubled after each up to the longest. */
export const FIRST_RETRY_MS = 500
export const LONGEST_RETRY_MS = 8_000

/** A step of a virtual clock is shown at the pace of life up to this much. */
const LAG_US: Readonly<Record<LiveClock, number>> = {
  real: 300 * US_PER_MS,
  virtual: 1000 * US_PER_MS,
}

/** What is used of a browser's WebSocket. */
export type Socket = Pick<WebSocket, 'readyState' | 'send' | 'addEventListener'>
const OPEN = 1

/** @param host "localhost:4566"; `show` false: another design comes first */
export function startLive(
  { store }: App,
  host: string,
  clock: LiveClock,
  show: boolean,
  connect: (host: string) => Socket = connectTo,
): void {
  let socket: Socket | null = null
  let retryMs = FIRST_RETRY_MS
  let welcome: Welcome | null = null
  let hear: Parameters<StartWorker>[0] | null = null

  const change = (part: Partial<LiveState>) =>
    store.setState(({ live }) => ({ live: live && { ...live, ...part } }))

  const world = (): SharedWorld => ({
    lagUs: LAG_US[welcome?.clock ?? clock],
    start: kindsFirst((heard) => {
      hear = heard
      return {
        postMessage(message) {
          if (socket?.readyState === OPEN) socket.send(JSON.stringify(lean(message)))
        },
        terminate() {
          if (hear === heard) hear = null
        },
      }
    }),
  })

  function open(): void {
    change({ open: true })
    if (welcome) void store.getState().openShared(welcome.scenario, world())
  }

  function join(): void {
    const joined = connect(host)
    socket = joined
    joined.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = decode(String(data))
      if (message.type !== 'welcome') {
        hear?.(message)
        return
      }
      welcome = message
      retryMs = FIRST_RETRY_MS
      change({ link: 'open', clock: message.clock })
      if (store.getState().live?.open) open()
    })
    joined.addEventListener('close', () => {
      change({ link: 'lost' })
      setTimeout(join, retryMs)
      retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2)
    })
  }

  store.setState({
    live: { host, clock, link: 'connecting', open: show, arrivals: 0, reopen: open },
  })
  join()
}

/** The world is at the server already. */
const lean = (message: ToWorker) =>
  message.type === 'load' ? { type: 'load', run: message.run } : message

const connectTo = (host: string): Socket =>
  new WebSocket(`${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${host}${LIVE_PATH}`)
