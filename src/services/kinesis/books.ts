/** Checks that no record is lost (FACTS 6.7): put = retained + expired. */
import type { Simulation } from '../../engine/simulation.ts'
import { COUNTER } from './events.ts'
import { compareKeys, toBig } from './hashKeys.ts'
import { retainedCount, streamOf, type StreamState } from './stream.ts'

export function broken(sim: Simulation, node: number): string | null {
  const state = streamOf(sim, node)
  const { counters } = sim.world.nodes[node]
  const put = counters[COUNTER.IncomingRecords]
  const known = retainedCount(state) + counters[COUNTER.expired]
  if (put !== known) return `put ${put}, but retained + expired is ${known}`
  const bytes = state.shards.reduce((sum, { log }) => sum + log.bytes, 0)
  if (counters[COUNTER.IncomingBytes] !== bytes + counters[COUNTER.expiredBytes]) {
    return `put ${counters[COUNTER.IncomingBytes]} bytes, but retained ${bytes}`
  }
  return gap(state)
}

/** The open shards cover every hash key exactly once. */
function gap({ open, shards }: StreamState): string | null {
  let next = 0n
  for (const index of open) {
    const { start, end } = shards[index]
    if (toBig(start) !== next || compareKeys(start, end) > 0) {
      return `the ranges of the open shards do not meet at ${next}`
    }
    next = toBig(end) + 1n
  }
  return next === 1n << 128n ? null : 'the ranges of the open shards end too early'
}
