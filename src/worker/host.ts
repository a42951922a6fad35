/** The engine's side of the border: one run at a time, requests in, frames and answers out. */
import type { OutsideCall } from '../engine/calls.ts'
import { Simulation } from '../engine/simulation.ts'
import type { SimUs } from '../base/units.ts'
import type { Kinds } from '../engine/build.ts'
import type { Intervention } from '../scenario/scenario.ts'
import type { CallAnswer, Frame, FromWorker, RunId, ToWorker } from './protocol.ts'
import { createWatcher, type Watcher } from './watcher.ts'

/** Events between two looks at the wall clock. */
const EVENTS_A_LOOK = 2_000
/** A frame answers after this much work even when the asked time is not reached. */
const SLICE_MS = 12

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
  let calls = 0
  const waiting = new Map<number, OutsideCall>()

  const frame = (wantDigests: boolean): Frame =>
    watcher!.frame(wantDigests, sim!.records.marks.splice(0))

  function intervene(asked: Intervention): void {
    const current = sim!
    const { intervention, error, ticket } = current.intervene(asked)
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
        wires: watcher!.wireIds(),
        ...watcher!.changedScenario(),
        ...(error && { error }),
        ...(call !== undefined && { call }),
      },
      [],
    )
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
      post({ type: 'loaded', run, wires: watcher.wireIds(), frame: frame(true) }, [])
      return
    }
    if (!sim || !watcher || request.run !== run) return
    if (request.type === 'ask') {
      post({ type: 'answer', run, id: request.id, answer: watcher.answer(request.question) }, [])
    } else if (request.type === 'intervene') {
      intervene(request.intervention)
    } else {
      if (request.type === 'step') sim.step()
      else advance(request.toUs)
      const next = frame(request.type === 'step' || request.wantDigests)
      const news = { ...watcher.newWires(), ...watcher.changedScenario() }
      post({ type: 'frame', run, frame: next, ...news }, transferable(next))
    }
    tellAnswers()
  }

  function advance(toUs: SimUs): void {
    const end = wallMs() + SLICE_MS
    while (!sim!.advance(toUs, EVENTS_A_LOOK)) if (wallMs() > end) return
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
