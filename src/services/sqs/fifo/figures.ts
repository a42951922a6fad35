/** Figures that only a FIFO queue has. */
import { US_PER_S, type SimUs } from '../../../base/units.ts'
import { rememberedCount } from '../../deduplication.ts'
import type { FifoState } from './state.ts'
import { busiest, callLimit } from './throughput.ts'

/** What the card says of them; times in whole seconds, so that the card changes once a second. */
export function fifoFigures(fifo: FifoState, nowUs: SimUs): Record<string, number> {
  const { of, untilUs } = fifo.lastDuplicate
  const leftUs = Math.max(0, Math.ceil((untilUs - nowUs) / US_PER_S) * US_PER_S)
  return {
    groups: fifo.groups.byId.size,
    groupsInFlight: fifo.groups.withInFlight,
    remembered: rememberedCount(fifo.memory, nowUs),
    duplicateOf: of,
    duplicateLeftUs: leftUs,
    callsPerSecond: busiest(fifo.throughput, nowUs),
    callLimit: callLimit(fifo.throughput),
  }
}
