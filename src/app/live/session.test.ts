import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { emptyScenario, type Scenario } from '../../scenario/scenario.ts'
import { loadKinds } from '../../services/views.ts'
import { emptyFrame } from '../../worker/frames.fake.ts'
import { startInThread } from '../../worker/inThread.fake.ts'
import type { ToWorker } from '../../worker/protocol.ts'
import { encode, type FromServer } from '../../worker/wire.ts'
import { EDIT_DELAY_MS } from '../run.ts'
import { createApp, type App } from '../store/store.ts'
import { FIRST_RETRY_MS, startLive, type Socket } from './session.ts'

const queue = { id: 'q1', kind: 'sqs', name: 'orders', x: 0, y: 0, config: {} }
const empty = emptyScenario('Live')
const withQueue: Scenario = { ...empty, nodes: [queue] }

/** A server that answers loads and advances, and remembers what it was told. */
class FakeServer implements Socket {
  readyState: Socket['readyState'] = 1
  readonly heard: ToWorker[] = []
  scenario: Scenario | undefined
  private readonly target = new EventTarget()
  addEventListener: Socket['addEventListener'] = (
    type: string,
    listener: EventListenerOrEventListenerObject,
  ) => this.target.addEventListener(type, listener)
  send(text: string): void {
    const request = JSON.parse(text) as ToWorker
    this.heard.push(request)
    const { run } = request
    const frame = emptyFrame(5_000_000, 7_000_000)
    if (request.type === 'load') this.say({ type: 'loaded', run, wires: [], frame })
    if (request.type === 'advance') {
      const { scenario } = this
      this.say({ type: 'frame', run, frame, ...(scenario && { scenario }) })
    }
    if (request.type === 'intervene') {
      this.say({ type: 'intervened', run, intervention: request.intervention, wires: [] })
    }
  }
  say(message: FromServer): void {
    const data = encode(message)
    queueMicrotask(() => this.target.dispatchEvent(new MessageEvent('message', { data })))
  }
  drop(): void {
    this.readyState = 3
    this.target.dispatchEvent(new Event('close'))
  }
}

let app: App
let servers: FakeServer[]
const state = () => app.store.getState()
const settled = () => vi.advanceTimersByTimeAsync(1)

// Its clock is false from here on, and files take real time.
beforeAll(() => loadKinds())
beforeEach(() => {
  vi.useFakeTimers()
  app = createApp(startInThread)
  servers = []
})
afterEach(() => void vi.useRealTimers())

async function begin(show = true): Promise<FakeServer> {
  startLive(app, 'localhost:4566', 'virtual', show, () => {
    servers.push(new FakeServer())
    return servers.at(-1)!
  })
  servers[0].say({ type: 'welcome', scenario: empty, clock: 'virtual' })
  await settled()
  return servers[0]
}

test('shows the server’s world, at its time, and never pauses', async () => {
  await begin()
  expect(state().live).toMatchObject({ link: 'open', open: true, host: 'localhost:4566' })
  expect(state().history.present.title).toBe('Live')
  expect(app.run.player.originUs()).toBe(5_000_000)
  expect(app.run.player.shownUs()).toBe(7_000_000)
  state().togglePlay()
  app.run.player.pause()
  expect(state().play.status).toBe('playing')
})

test('asks for no scenario of its own, and asks not to move the clock', async () => {
  const server = await begin()
  app.run.player.tick(1000)
  const [load, ...others] = server.heard
  expect(load).toEqual({ type: 'load', run: 1 })
  expect(others).not.toHaveLength(0)
  for (const request of others) expect(request).toMatchObject({ type: 'advance', toUs: 7_000_000 })
  await app.run.player.moveBy(10_000_000)
  expect(server.heard.at(-1)).toMatchObject({ type: 'advance', toUs: 17_000_000 })
})

test('what others make appears, is counted, and is nothing to undo', async () => {
  const server = await begin()
  state().dispatch({ type: 'setTitle', title: 'Mine' })
  await vi.advanceTimersByTimeAsync(EDIT_DELAY_MS)
  server.scenario = { ...withQueue, title: 'Mine' }
  app.run.player.tick(1000)
  await settled()
  expect(state().history.present.nodes).toEqual([queue])
  expect(state().live?.arrivals).toBe(1)
  state().undo()
  expect(state().history.present).toMatchObject({ title: 'Live', nodes: [queue] })
})

test('edits go to the server with the places of cards, and are not kept here', async () => {
  const server = await begin()
  server.scenario = withQueue
  app.run.player.tick(1000)
  await settled()
  state().dispatch({ type: 'arrange', positions: { q1: { x: 200, y: 80 } } })
  await vi.advanceTimersByTimeAsync(EDIT_DELAY_MS)
  const edit = server.heard.find((request) => request.type === 'intervene')
  expect(edit).toMatchObject({
    intervention: { type: 'edit', diff: { nodes: { q1: { x: 200, y: 80 } } } },
  })
  expect(state().saveState).toBe('saved')
})

test('another design is run here; the way back leads to the server', async () => {
  const server = await begin()
  await state().openDocument({ scenario: emptyScenario('Own'), interventions: [] }, null)
  expect(state().live?.open).toBe(false)
  expect(app.run.player.originUs()).toBe(0)
  const told = server.heard.length
  state().dispatch({ type: 'setTitle', title: 'Other' })
  await vi.advanceTimersByTimeAsync(EDIT_DELAY_MS)
  expect(server.heard).toHaveLength(told)
  expect(state().saveState).toBe('unsaved')

  state().live?.reopen()
  await settled()
  expect(state()).toMatchObject({ live: { open: true }, saveState: 'saved' })
  expect(state().history.present.title).toBe('Live')
})

test('a lost connection is tried again, later each time, and picks up the new world', async () => {
  const server = await begin()
  server.drop()
  expect(state().live?.link).toBe('lost')
  await vi.advanceTimersByTimeAsync(FIRST_RETRY_MS)
  expect(servers).toHaveLength(2)
  servers[1].drop()
  await vi.advanceTimersByTimeAsync(FIRST_RETRY_MS)
  expect(servers).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(FIRST_RETRY_MS)
  servers[2].say({ type: 'welcome', scenario: withQueue, clock: 'virtual' })
  await settled()
  expect(state().live?.link).toBe('open')
  expect(state().history.present.nodes).toEqual([queue])
  expect(servers[2].heard[0]).toMatchObject({ type: 'load' })
})
