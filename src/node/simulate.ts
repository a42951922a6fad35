/** Runs a document without a screen. */
import { formatClock, formatCount } from '../base/format.ts'
import type { SimUs } from '../base/units.ts'
import { costsOf } from '../engine/costs.ts'
import type { Costs, Totals } from '../engine/frame.ts'
import { Simulation } from '../engine/simulation.ts'
import { totalsOf } from '../engine/totals.ts'
import type { SharedDocument } from '../scenario/scenario.ts'
import { kinds } from '../services/kinds.ts'

export interface Report extends Totals {
  readonly title: string
  readonly seed: number
  /** How long the run took on this machine. */
  readonly wallMs: number
  readonly costs: Costs
}

/** Events between two looks at the wall clock. */
const EVENTS_A_LOOK = 50_000
const PROGRESS_EVERY_MS = 1_000

/**
 * What its kinds need is loaded already (`engine/prepare.ts`).
 * @param seed instead of the document's own
 * @param say is told now and then how far it is
 */
export function simulate(
  { scenario, interventions }: SharedDocument,
  untilUs: SimUs,
  seed: number | undefined,
  say: (line: string) => void,
): Report {
  const chosen = seed === undefined ? scenario : { ...scenario, seed }
  for (const { kind, name } of chosen.nodes) {
    if (!kinds.behaviour(kind)) say(`“${name}” is left out: this version does not know “${kind}”.`)
  }
  const startMs = performance.now()
  const sim = new Simulation(chosen, interventions, kinds)
  let saidMs = startMs
  while (!sim.advance(untilUs, EVENTS_A_LOOK)) {
    if (performance.now() - saidMs < PROGRESS_EVERY_MS) continue
    saidMs = performance.now()
    say(`${formatClock(sim.nowUs)} of ${formatClock(untilUs)}, ${countOf(sim)} events`)
  }
  const wallMs = Math.round(performance.now() - startMs)
  say(`${formatClock(sim.nowUs)}, ${countOf(sim)} events in ${wallMs} ms`)
  return { title: chosen.title, seed: chosen.seed, wallMs, ...totalsOf(sim), costs: costsOf(sim) }
}

const countOf = (sim: Simulation): string => formatCount(sim.world.events)
