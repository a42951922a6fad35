/** The engine's side of the border: one run at a time, requests in, frames and answers out. */
import type { OutsideCall } from '../engine/calls.ts'
import { hopsBetween } from '../engine/hops.ts'
import { Simulation } from '../engine/simulation.ts'
import { totalsOf } from '../engine/totals.ts'
import { logEntry, logPage, messageInfo, slotOf } from '../engine/views.ts'
import { seriesOf } from '../engine/metrics.ts'
import { US_PER_S, type SimUs } from '../base/units.ts'
import type { Kinds } from '../engine/build.ts'
import type { Intervention, Scenario } from '../scenario/scenario.ts'
import type {
  Answer,
  CallAnswer,
  Frame,
  FromWorker,
  NodeDigest,
  Question,
  RunId,
  ToWorker,
} from './protocol.ts'

/** Events between two looks at the wall clock. */
const EVENTS_A_LOOK = 2_000
/** A frame answers after this much work even when the asked time is not reached. */
const SLICE_MS = 12
/** Longer spans show only what is on the wires at their end: nobody can follow the rest. */
const LONGEST_SPAN_US = 4 * US_PER_S
const LARGEST_PAGE = 500

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
  let shownUs: SimUs = 0
  let digests = new Map<string, string>()
  let knownWires = 0
  /** The document as the screen has it. */
  let known: Scenario | null = null
  let calls = 0
  const waiting = new Map<number, OutsideCall>()

  function frame(fromUs: SimUs, wantDigests: boolean, violation?: string): Frame {
    const { world, records } = sim!
    const start = world.nowUs - fromUs > LONGEST_SPAN_US ? world.nowUs : fromUs
    shownUs = world.nowUs
    return {
      fromUs,
      atUs: world.nowUs,
      hops: hopsBetween(records.hops, start, world.nowUs, world.wires.length),
      ...(wantDigests && { digests: changedDigests() }),
      marks: records.marks.splice(0),
      events: world.events,
      idle: sim!.nextUs() === Infinity,
      ...(violation && { violation }),
    }
  }

  function changedDigests(): NodeDigest[] {
    const changed: NodeDigest[] = []
    for (const node of sim!.world.nodes) {
      const behaviour = sim!.behaviours[node.index]
      if (!node.alive || !behaviour) continue
      const digest = { id: node.id, ...behaviour.digest(sim!, node.index) }
      const text = JSON.stringify(digest)
      if (digests.get(node.id) === text) continue
      digests.set(node.id, text)
      changed.push(digest)
    }
    return changed
  }

  /** Wires are only ever added, so their number tells whether the screen knows them all. */
  function wireIds(): string[] {
    knownWires = sim!.world.wires.length
    return sim!.world.wires.map((wire) => wire.id)
  }

  /** The document, when it is not the one that the screen has. */
  function changedScenario(): { scenario?: Scenario } {
    const { scenario } = sim!.world
    if (scenario === known) return {}
    known = scenario
    return { scenario }
  }

  function intervene(asked: Intervention): void {
    const current = sim!
    const { intervention, error, ticket } = current.intervene(asked)
    if (intervention.type === 'edit') known = current.world.scenario
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
        wires: wireIds(),
        ...changedScenario(),
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

  function answer(question: Question): Answer {
    const current = sim!
    const { world } = current
    switch (question.about) {
      case 'messages': {
        const node = world.nodes.find((node) => node.alive && node.id === question.node)
        const limit = Math.min(question.limit, LARGEST_PAGE)
        const page =
          node &&
          current.behaviours[node.index]?.page?.(
            current,
            node.index,
            question.list,
            question.offset,
            limit,
          )
        if (!page) return { about: 'messages', total: 0, messages: [] }
        return {
          about: 'messages',
          total: page.total,
          messages: page.slots.map((slot) => messageInfo(current, slot)),
        }
      }
      case 'message': {
        const slot = slotOf(current, question.message)
        return { about: 'message', message: slot < 0 ? null : messageInfo(current, slot) }
      }
      case 'log':
        return {
          about: 'log',
          ...logPage(current, question.before, question.limit, question.filter),
        }
      case 'call':
        return { about: 'call', call: logEntry(current, question.row) }
      case 'metrics': {
        const node = world.nodes.find((node) => node.alive && node.id === question.node)
        const behaviour = node && current.behaviours[node.index]
        if (!node || !behaviour) return { about: 'metrics', series: [] }
        const { metrics } = behaviour
        const history = current.records.historyOf(node.index, metrics.length)
        const fromS = question.fromUs / US_PER_S
        const toS = question.toUs / US_PER_S
        return {
          about: 'metrics',
          series: seriesOf(history, metrics, fromS, toS, question.periodS),
        }
      }
      case 'totals':
        return { about: 'totals', totals: totalsOf(current) }
    }
  }

  function handle(request: ToWorker): void {
    if (request.type === 'load') {
      run = request.run
      digests = new Map()
      waiting.clear()
      sim = new Simulation(request.scenario, request.interventions, kinds)
      known = sim.world.scenario
      post({ type: 'loaded', run, wires: wireIds(), frame: frame(0, true) }, [])
      return
    }
    if (!sim || request.run !== run) return
    if (request.type === 'ask') {
      post({ type: 'answer', run, id: request.id, answer: answer(request.question) }, [])
    } else if (request.type === 'intervene') {
      intervene(request.intervention)
    } else {
      const fromUs = shownUs
      if (request.type === 'step') sim.step()
      else advance(request.toUs)
      const wantDigests = request.type === 'step' || request.wantDigests
      const next = frame(fromUs, wantDigests, wantDigests ? broken() : undefined)
      const wires = sim.world.wires.length > knownWires ? { wires: wireIds() } : {}
      post({ type: 'frame', run, frame: next, ...wires, ...changedScenario() }, transferable(next))
    }
    tellAnswers()
  }

  function advance(toUs: SimUs): void {
    const end = wallMs() + SLICE_MS
    while (!sim!.advance(toUs, EVENTS_A_LOOK)) if (wallMs() > end) return
  }

  function broken(): string | undefined {
    const { invariants } = totalsOf(sim!)
    return invariants.ok ? undefined : invariants.broken.join(' ')
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
