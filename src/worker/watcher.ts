/** One screen's look at a world: what it has seen already, and answers to its questions. */
import type { Behaviour, Metric } from '../engine/behaviour.ts'
import { costsOf } from '../engine/costs.ts'
import { hopsBetween } from '../engine/hops.ts'
import { seriesOf } from '../engine/metrics.ts'
import { nearestNotable } from '../engine/notables.ts'
import { measuredParts } from '../engine/samples.ts'
import type { Simulation } from '../engine/simulation.ts'
import { swimLanesOf } from '../engine/swimLanes.ts'
import { traceOf, whyOf } from '../engine/trace.ts'
import { totalsOf } from '../engine/totals.ts'
import { findMessage, logEntry, logPage, messageInfo } from '../engine/views.ts'
import { US_PER_S, type SimUs } from '../base/units.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Answer, Frame, Mark, MeasuredParts, NodeDigest, Question } from './protocol.ts'

/** Longer spans show only what is on the wires at their end: nobody can follow the rest. */
const LONGEST_SPAN_US = 4 * US_PER_S
const LARGEST_PAGE = 500

export interface Watcher {
  /** Where the last frame ended. */
  readonly shownUs: SimUs
  /** From the end of the last frame to now, with these marks. */
  frame(wantDigests: boolean, marks: readonly Mark[]): Frame
  /** The next frame begins now: the run went to another moment. */
  jumped(): void
  /** All wires, in the order that hops count by. */
  wireIds(): string[]
  /** The same when there are wires that the screen does not know, else nothing. */
  newWires(): { wires?: string[] }
  /** The document, when it is not the one that the screen has. */
  changedScenario(): { scenario?: Scenario }
  /** The screen made the last change itself. */
  knowsScenario(): void
  answer(question: Question): Answer
}

/**
 * @param shownUs where the first frame begins
 * @param known the document as the screen has it
 */
export function createWatcher(
  sim: Simulation,
  shownUs: SimUs,
  known: Scenario = sim.world.scenario,
): Watcher {
  const digests = new Map<string, string>()
  let knownWires = 0

  function changedDigests(): NodeDigest[] {
    const changed: NodeDigest[] = []
    for (const node of sim.world.nodes) {
      const behaviour = sim.behaviours[node.index]
      if (!node.alive || !behaviour) continue
      const digest = { id: node.id, ...behaviour.digest(sim, node.index) }
      const text = JSON.stringify(digest)
      if (digests.get(node.id) === text) continue
      digests.set(node.id, text)
      changed.push(digest)
    }
    return changed
  }

  function broken(): string | undefined {
    const { invariants } = totalsOf(sim)
    return invariants.ok ? undefined : invariants.broken.join(' ')
  }

  const behaviourOf = (id: string): Found | undefined => {
    const node = sim.world.nodes.find((candidate) => candidate.alive && candidate.id === id)
    const behaviour = node && sim.behaviours[node.index]
    return behaviour && { index: node.index, behaviour }
  }

  return {
    get shownUs() {
      return shownUs
    },
    frame(wantDigests, marks) {
      const { world, records } = sim
      const fromUs = shownUs
      const start = world.nowUs - fromUs > LONGEST_SPAN_US ? world.nowUs : fromUs
      shownUs = world.nowUs
      const violation = wantDigests ? broken() : undefined
      return {
        fromUs,
        atUs: world.nowUs,
        hops: hopsBetween(records.hops, start, world.nowUs, world.wires.length),
        ...(wantDigests && { digests: changedDigests() }),
        marks,
        events: world.events,
        idle: sim.nextUs() === Infinity,
        ...(violation && { violation }),
      }
    },
    jumped() {
      shownUs = sim.nowUs
    },
    wireIds() {
      knownWires = sim.world.wires.length
      return sim.world.wires.map((wire) => wire.id)
    },
    // Wires are only ever added, so their number tells whether the screen knows them all.
    newWires() {
      return sim.world.wires.length > knownWires ? { wires: this.wireIds() } : {}
    },
    changedScenario() {
      const { scenario } = sim.world
      if (scenario === known) return {}
      known = scenario
      return { scenario }
    },
    knowsScenario() {
      known = sim.world.scenario
    },
    answer(question) {
      switch (question.about) {
        case 'messages': {
          const { list, offset } = question
          const limit = Math.min(question.limit, LARGEST_PAGE)
          const found = behaviourOf(question.node)
          const stored = found?.behaviour.stored?.page(sim, found.index, list, offset, limit)
          if (stored) return { about: 'messages', ...stored }
          const page = found?.behaviour.page?.(sim, found.index, list, offset, limit)
          if (!page) return { about: 'messages', total: 0, messages: [] }
          return {
            about: 'messages',
            total: page.total,
            messages: page.slots.map((slot) => messageInfo(sim, slot)),
          }
        }
        case 'table': {
          const { offset } = question
          const limit = Math.min(question.limit, LARGEST_PAGE)
          const found = behaviourOf(question.node)
          const page = found?.behaviour.table?.(sim, found.index, offset, limit)
          return { about: 'table', page: page ?? null }
        }
        case 'message': {
          return { about: 'message', message: findMessage(sim, question.message) }
        }
        case 'log':
          return { about: 'log', ...logPage(sim, question.before, question.limit, question.filter) }
        case 'call':
          return { about: 'call', call: logEntry(sim, question.row) }
        case 'metrics': {
          const fromS = question.fromUs / US_PER_S
          const toS = question.toUs / US_PER_S
          const series = question.nodes.flatMap((node) => {
            const found = behaviourOf(node)
            if (!found) return []
            const { part } = question
            const metrics = metricsOf(sim, found, part)
            if (metrics.length === 0) return []
            const history = sim.records.historyOf(found.index, metrics.length, part)
            return seriesOf(history, metrics, fromS, toS, question.periodS).map((one) => ({
              ...one,
              node,
            }))
          })
          return { about: 'metrics', series }
        }
        case 'measuredParts':
          return { about: 'measuredParts', parts: partsOf(sim, behaviourOf(question.node)) }
        case 'notable': {
          const { fromUs, direction, type } = question
          const notable = nearestNotable(
            sim.records.notables,
            fromUs,
            direction,
            (mark) => type === null || mark.type === type,
          )
          return { about: 'notable', notable }
        }
        case 'trace':
          return { about: 'trace', ...traceOf(sim, question.message) }
        case 'why':
          return { about: 'why', why: whyOf(sim, question.of) }
        case 'gate': {
          const wire = sim.world.wires.findIndex(({ alive, id }) => alive && id === question.wire)
          const from = sim.world.wires[wire]?.from ?? -1
          const verdict = sim.behaviours[from]?.gate?.(sim, from, wire) ?? null
          return { about: 'gate', verdict }
        }
        case 'swimLanes': {
          const { fromUs, toUs } = question
          return { about: 'swimLanes', lanes: swimLanesOf(sim, fromUs, toUs) }
        }
        case 'totals':
          return { about: 'totals', totals: totalsOf(sim) }
        case 'costs':
          return { about: 'costs', costs: costsOf(sim) }
      }
    },
  }
}

interface Found {
  readonly index: number
  readonly behaviour: Behaviour
}

/** What a node tells, or one of its parts; nothing of a part that is not measured. */
function metricsOf(
  sim: Simulation,
  { index, behaviour }: Found,
  part: number | undefined,
): readonly Metric[] {
  const { metrics, partMetrics } = behaviour
  if (part === undefined) return metrics
  const isMeasured = partMetrics && measuredParts(sim, index, partMetrics).includes(part)
  return isMeasured ? partMetrics.metrics : []
}

function partsOf(sim: Simulation, found: Found | undefined): MeasuredParts | null {
  const kind = found?.behaviour.partMetrics
  if (!kind) return null
  const parts = measuredParts(sim, found.index, kind)
  return {
    dimension: kind.dimension,
    howTo: kind.howTo,
    parts: parts.map((part) => ({ part, name: kind.nameOf(part) })),
  }
}
