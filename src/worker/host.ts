/** The engine's side of the border: one run at a time, requests in, frames and answers out. */
import type { OutsideCall } from '../engine/calls.ts'
import { Simulation } from '../engine/simulation.ts'
import type { SimUs } from '../base/units.ts'
import type { Kinds } from '../engine/build.ts'
import type { Intervention } from '../scenario/scenario.ts'
import { createPast, type Past } from '../engine/past.ts'
import { createBreakpoints, type Breakpoints } from './breakpoints.ts'
import type { BreakpointHit, CallAnswer, Frame, FromWorker, RunId, ToWorker } from './protocol.ts'
import { createWatcher, type Watcher } from './watcher.ts'

/** Events between two looks at the wall clock. */
const EVENTS_A_LOOK = 2_000
/** A frame answers after this much work even when the asked time is not reached. */
const SLICE_MS = 12
/** And another moment is shown after this much, so that the eye can follow the hand. */
const SEEK_SLICE_MS = 40
/** After so many events the screen gets another snapshot to keep: a second's work, or less. */
const EVENTS_WORTH_KEEPING = 250_000
/** Handing over a larger one would hold up both sides. */
const LARGEST_KEPT_BYTES = 16e6

/**
 * Makes a host. `post` sends to the screen; columns in `transfer` change hands. `wallMs` is only used
 * to keep answers prompt; it never reaches the simulation.
 */
export function createHost(
  kinds: Kinds,
  post: (message: FromWorker, transfer: ArrayBuffer[]) => void,
  wallMs: () => number,
): (request: ToWorker) => void {
  let run: RunId = -1
  let sim: Simulation | null = null
  let watcher: Watcher | null = null
  let past: Past | null = null
  let breakpoints: Breakpoints | null = null
  let calls = 0
  /** Events before the snapshot that the screen keeps. */
  let handedOver = 0
  const waiting = new Map<number, OutsideCall>()

  const frame = (wantDigests: boolean): Frame =>
    watcher!.frame(wantDigests, sim!.records.marks.splice(0))

  function intervene(asked: Intervention): void {
    const current = sim!
    const { intervention, error, ticket } = current.intervene(asked)
    past!.cut()
    handedOver = Math.min(handedOver, past!.latest().world.events)
    if (intervention.type === 'edit') watcher!.knowsScenario()
    let call: number | undefined
    if (ticket) {
      call = calls
      calls += 1
      waiting.set(call, ticket)
      // What the call set off at this very moment, such as a message's way into another queue.
      current.advance(current.nowUs)
    }
    post(
      {
        type: 'intervened',
        run,
        intervention,
        done: current.world.interventionsDone,
        wires: watcher!.wireIds(),
        ...watcher!.changedScenario(),
        ...(error && { error }),
        ...(call !== undefined && { call }),
      },
      [],
    )
  }

  /** An engine that dies takes its snapshots along, so the screen keeps the latest. */
  function handOver(): void {
    const saved = past!.latest()
    const { events } = saved.world
    if (events - handedOver < EVENTS_WORTH_KEEPING || saved.bytes > LARGEST_KEPT_BYTES) return
    handedOver = events
    post({ type: 'kept', run, saved }, [])
  }

  /** Tells the callers whose answers are there by now. */
  function tellAnswers(): void {
    for (const [call, ticket] of waiting) {
      const answer = answerOn(ticket)
      if (!answer) continue
      waiting.delete(call)
      post({ type: 'called', run, call, answer }, [])
    }
  }

  function handle(request: ToWorker): void {
    if (request.type === 'load') {
      run = request.run
      waiting.clear()
      sim = new Simulation(request.scenario, request.interventions, kinds)
      watcher = createWatcher(sim, 0)
      past = createPast(sim)
      if (request.kept) past.adopt(request.kept)
      handedOver = past.latest().world.events
      breakpoints = createBreakpoints(sim)
      post({ type: 'loaded', run, wires: watcher.wireIds(), frame: frame(true) }, [])
      return
    }
    if (!sim || !watcher || request.run !== run) return
    switch (request.type) {
      case 'ask': {
        const answer = watcher.answer(request.question)
        post({ type: 'answer', run, id: request.id, answer }, [])
        break
      }
      case 'intervene':
        intervene(request.intervention)
        break
      case 'advance':
        show(request.wantDigests, {}, advance(request.toUs, SLICE_MS))
        handOver()
        break
      case 'step':
        sim.step()
        breakpoints!.here()
        show(true)
        break
      case 'seek':
        seek(request.toUs)
        break
      case 'stepBack':
        jump(() => past!.stepBack())
        break
      case 'breakAt':
        breakpoints!.set(request.breakpoints)
    }
    tellAnswers()
  }

  /** Answers with a frame, and with what is new since the last one. */
  function show(
    wantDigests: boolean,
    wires = watcher!.newWires(),
    hit?: BreakpointHit | null,
  ): void {
    const next = frame(wantDigests)
    const news = { ...wires, ...watcher!.newWires(), ...watcher!.changedScenario() }
    post({ type: 'frame', run, frame: next, ...news, ...(hit && { hit }) }, transferable(next))
  }

  /** Runs up to `toUs`, for at most so long, and no further than the first breakpoint that holds. */
  function advance(toUs: SimUs, sliceMs: number): BreakpointHit | null {
    const end = wallMs() + sliceMs
    for (;;) {
      const done = sim!.advance(toUs, EVENTS_A_LOOK)
      past!.note()
      const hit = breakpoints!.look()
      if (hit) {
        past!.approach(hit.atUs)
        sim!.advance(hit.atUs)
        breakpoints!.here()
        return hit
      }
      if (done || wallMs() > end) return null
    }
  }

  /** Goes to another moment: callers who wait are told that it did not happen yet. */
  function jump(go: () => void): void {
    const before = sim!.world
    go()
    if (sim!.world !== before) {
      for (const call of waiting.keys()) post({ type: 'called', run, call, answer: null }, [])
      waiting.clear()
    }
    watcher!.jumped()
    breakpoints!.here()
    show(true, { wires: watcher!.wireIds() })
  }

  function seek(toUs: SimUs): void {
    jump(() => {
      const end = wallMs() + SEEK_SLICE_MS
      past!.approach(toUs)
      while (!sim!.advance(toUs, EVENTS_A_LOOK)) {
        past!.note()
        if (wallMs() > end) break
      }
    })
  }

  return (request) => {
    try {
      handle(request)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      post({ type: 'failed', run: request.run, message, atUs: sim?.nowUs ?? 0 }, [])
    }
  }
}

function answerOn(ticket: OutsideCall): CallAnswer | null {
  if (ticket.error) return { error: ticket.error }
  return 'output' in ticket ? { output: ticket.output } : null
}

function transferable(frame: Frame): ArrayBuffer[] {
  const { hops } = frame
  const columns = [
    hops.wire,
    hops.departUs,
    hops.arriveUs,
    hops.message,
    hops.hue,
    hops.look,
    hops.receives,
    hops.density,
  ]
  return columns.map((column) => column.buffer as ArrayBuffer)
}
