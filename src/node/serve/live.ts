/**
 * Pages that watch and steer a served world, over WebSockets. All see the same world; each has its
 * own idea of what it has seen. The protocol is that of the worker (`worker/protocol.ts`), with the
 * difference that the world is there already: a page that loads gets it as it is.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import type { Intervention, Scenario } from '../../scenario/scenario.ts'
import { findMisfit } from '../../scenario/integrity.ts'
import { documentChecks } from '../../services/validate.ts'
import { LIVE_META, LIVE_PATH, type LiveClock } from '../../worker/live.ts'
import type { Mark, RunId } from '../../worker/protocol.ts'
import { createWatcher, type Watcher } from '../../worker/watcher.ts'
import { encode, type FromServer } from '../../worker/wire.ts'
import { MAX_BODY_BYTES } from './body.ts'
import type { Answer, LiveWorld } from './liveWorld.ts'
import { isOwnPage } from './origin.ts'
import { MAX_ADVANCE_US, readRequest, type PageRequest } from './requests.ts'

/** More pages at once are turned away. */
export const MAX_PAGES = 32
/** A page that reads so much slower than it asks is cut off. */
const MAX_UNSENT_BYTES = 32 * 1024 * 1024
/** Notable things kept for a page between two of its frames. */
const MARKS_KEPT = 2_000

const BAD_REQUEST = 1008
const GOING_AWAY = 1001

interface Page {
  readonly socket: WebSocket
  run: RunId
  /** Null until it has loaded the world, and after the world began anew. */
  watcher: Watcher | null
  /** As it was welcomed with. */
  scenario: Scenario
  marks: Mark[]
  /** How to hang up its calls that wait. */
  readonly waiting: Set<() => void>
}

export interface Live {
  close(): void
}

/** Lets pages in. @param boundTo the address that the server listens on */
export function serveLive(server: Server, world: LiveWorld, boundTo: string): Live {
  const pages = new Set<Page>()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_BODY_BYTES })
  let calls = 0

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const status = refusal(request, boundTo, pages.size)
    if (status) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    else sockets.handleUpgrade(request, socket, head, join)
  })
  world.onReset(() => {
    for (const page of pages) {
      page.watcher = null
      welcome(page)
    }
  })

  function join(socket: WebSocket): void {
    const page: Page = {
      socket,
      run: -1,
      watcher: null,
      scenario: world.sim.world.scenario,
      marks: [],
      waiting: new Set(),
    }
    pages.add(page)
    socket.on('message', (data: RawData, isBinary: boolean) => {
      const request = isBinary ? null : readRequest(String(data))
      if (request) answer(page, request)
      else socket.close(BAD_REQUEST, 'not a request')
    })
    // Messages that are too long, or no WebSocket frames: `close` follows.
    socket.on('error', () => {})
    socket.on('close', () => {
      pages.delete(page)
      for (const hangUp of page.waiting) hangUp()
    })
    welcome(page)
  }

  function welcome(page: Page): void {
    page.scenario = world.sim.world.scenario
    send(page, { type: 'welcome', scenario: page.scenario, clock: world.clock })
  }

  function answer(page: Page, request: PageRequest): void {
    try {
      if (request.type === 'load') load(page, request.run)
      else if (page.watcher && request.run === page.run) handle(page, page.watcher, request)
    } catch (problem) {
      console.error(problem)
      const message = problem instanceof Error ? problem.message : String(problem)
      send(page, { type: 'failed', run: request.run, message, atUs: world.sim.nowUs })
    }
  }

  function load(page: Page, run: RunId): void {
    world.catchUp()
    takeMarks()
    page.run = run
    page.marks = []
    page.watcher = createWatcher(world.sim, world.startedUs, page.scenario)
    const { watcher } = page
    send(page, { type: 'loaded', run, wires: watcher.wireIds(), frame: watcher.frame(true, []) })
  }

  function handle(
    page: Page,
    watcher: Watcher,
    request: Exclude<PageRequest, { type: 'load' }>,
  ): void {
    const { run } = page
    if (request.type === 'ask') {
      send(page, { type: 'answer', run, id: request.id, answer: watcher.answer(request.question) })
      return
    }
    if (request.type === 'intervene') {
      if (request.intervention.type === 'call') call(page, watcher, request.intervention)
      else intervene(page, watcher, request.intervention)
      return
    }
    if (request.type === 'step') world.step()
    else moveTo(request.toUs)
    takeMarks()
    const wantDigests = request.type === 'step' || request.wantDigests
    const frame = watcher.frame(wantDigests, page.marks.splice(0))
    const news = { ...watcher.newWires(), ...watcher.changedScenario() }
    send(page, { type: 'frame', run, frame, ...news })
  }

  /** Only a virtual clock can be moved, and only forward. */
  function moveTo(toUs: number): void {
    const byUs = Math.min(toUs - world.sim.nowUs, MAX_ADVANCE_US)
    if (world.clock === 'virtual' && byUs > 0) world.advance(byUs / 1000)
    else world.catchUp()
  }

  function intervene(
    page: Page,
    watcher: Watcher,
    asked: Exclude<Intervention, { type: 'call' }>,
  ): void {
    const misfit =
      asked.type === 'edit' ? findMisfit(world.sim.world.scenario, [asked], documentChecks) : null
    const error = misfit ? { code: 'Refused', message: misfit } : world.intervene(asked).error
    const { nowUs, world: now } = world.sim
    send(page, {
      type: 'intervened',
      run: page.run,
      intervention: { ...asked, atUs: nowUs },
      wires: watcher.wireIds(),
      // Whole, as others may have changed it too, and a refused edit must be taken back.
      ...(asked.type === 'edit' ? { scenario: now.scenario } : watcher.changedScenario()),
      ...(error && { error }),
    })
  }

  function call(
    page: Page,
    watcher: Watcher,
    asked: Extract<Intervention, { type: 'call' }>,
  ): void {
    const { run } = page
    const number = calls
    calls += 1
    let isTold = false
    /** Answered before the page knows the call's number. */
    const early: Answer[] = []
    const tell = (answer: Answer) => send(page, { type: 'called', run, call: number, answer })
    const hangUp = world.call(asked.service, asked.operation, asked.input, (answer) => {
      if (!isTold) {
        early.push(answer)
        return
      }
      page.waiting.delete(hangUp)
      tell(answer)
    })
    send(page, {
      type: 'intervened',
      run,
      intervention: { ...asked, atUs: world.sim.nowUs },
      wires: watcher.wireIds(),
      ...watcher.changedScenario(),
      call: number,
    })
    isTold = true
    if (early.length > 0) tell(early[0])
    else page.waiting.add(hangUp)
  }

  /** The engine keeps them once; every page wants them. */
  function takeMarks(): void {
    const marks = world.sim.records.marks.splice(0)
    if (marks.length === 0) return
    for (const page of pages) {
      page.marks.push(...marks.slice(0, Math.max(0, MARKS_KEPT - page.marks.length)))
    }
  }

  function send({ socket }: Page, message: FromServer): void {
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.send(encode(message))
  }

  return {
    close() {
      for (const { socket } of pages) socket.close(GOING_AWAY)
      sockets.close()
    },
  }
}

/** Why somebody is turned away, as a status line; null when they are welcome. */
function refusal(request: IncomingMessage, boundTo: string, pages: number): string | null {
  if (request.url?.split('?')[0] !== LIVE_PATH) return '404 Not Found'
  if (!isOwnPage(request, boundTo)) return '403 Forbidden'
  return pages >= MAX_PAGES ? '503 Service Unavailable' : null
}

/** Tells a page that it is served together with a world, so that no other page ever asks for one. */
export const withLiveMark = (html: string, clock: LiveClock): string =>
  html.replace('<head>', `<head>\n    <meta name="${LIVE_META}" content="${clock}" />`)
