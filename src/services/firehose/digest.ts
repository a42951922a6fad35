/** What a delivery stream's card shows, pages of its lists, and its gauges. */
import { US_PER_S, type SimUs } from '../../base/units.ts'
import type { NodeDigest } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { recentValues } from '../recent.ts'
import { COUNTERS, heldBy } from './books.ts'
import { flushesAtUs } from './buffer.ts'
import { DESTINATION } from './destinations.ts'
import { GAUGE } from './metricNames.ts'
import { stateOf, type State } from './state.ts'

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const state = stateOf(sim, node)
  const { counters } = sim.world.nodes[node]
  const flushUs = flushesAtUs(state)
  const figures: Record<string, number> = {
    bufferedBytes: state.buffer.bytes,
    bufferedRecords: state.buffer.records.count,
    bufferLimitBytes: state.settings.sizeBytes,
    // Whole seconds, so that the card changes once a second.
    ...(flushUs < Infinity && { flushInS: Math.ceil((flushUs - sim.nowUs) / US_PER_S) }),
    underway: state.batches.length,
    retrying: state.batches.filter(isRetrying).length,
    held: heldBy(sim, node),
    dataFreshnessUs: freshnessUs(sim, node),
    isDown: state.isDown ? 1 : 0,
  }
  COUNTERS.forEach((name, index) => (figures[name] = counters[index]))
  return {
    rows: [],
    figures,
    spark: recentValues(state.recent, sim.nowUs, 0),
    advice: adviceFor(sim, node, state),
  }
}

const isRetrying = ({ tries, stage }: State['batches'][number]): boolean =>
  stage === 'deliver' && tries > 1

/** Age of the oldest record that is still here; 0 when there is none. */
export function freshnessUs(sim: Simulation, node: number): SimUs {
  const { buffer, batches } = stateOf(sim, node)
  const { enteredUs } = sim.world.messages
  let oldestUs = sim.nowUs
  for (const { records } of [buffer, ...batches]) {
    if (records.head >= 0) oldestUs = Math.min(oldestUs, enteredUs[records.head])
  }
  return sim.nowUs - oldestUs
}

function adviceFor(sim: Simulation, node: number, state: State): string[] {
  const advice: string[] = []
  const here = sim.world.nodes[node]
  const { settings } = state
  const retrying = state.batches.find(isRetrying)
  if (retrying) {
    const fate = settings.destination === 's3' ? 'lost' : 'moved to the backup bucket'
    advice.push(
      `${DESTINATION[settings.destination].title} refuses deliveries; records are ${fate} when the retries are over.`,
    )
  }
  if (here.counters[COUNTERS.indexOf('readThrottled')] > 0) {
    advice.push('Reads of the stream are refused: all its readers share five GetRecords a second.')
  }
  if (here.counters[COUNTERS.indexOf('lost')] > 0) {
    advice.push('Records were lost: Firehose keeps them for 24 hours and cannot replay them.')
  }
  if (here.counters[COUNTERS.indexOf('ThrottledRecords')] > 0) {
    advice.push('Over the Direct PUT quota: senders must repeat what was refused.')
  }
  const { maxSizeMiB, maxIntervalS } = DESTINATION[settings.destination]
  if (
    Number(here.config.SizeInMBs) > maxSizeMiB ||
    Number(here.config.IntervalInSeconds) > maxIntervalS
  ) {
    advice.push(
      `${DESTINATION[settings.destination].title} takes at most ${maxSizeMiB} MiB and ${maxIntervalS} s.`,
    )
  }
  return advice
}

/** The lists of the Messages tab: what waits in the buffer, and what is on its way. */
export function pageOf(
  sim: Simulation,
  node: number,
  list: string,
  offset: number,
  limit: number,
): { total: number; slots: number[] } {
  const { buffer, batches } = stateOf(sim, node)
  const sources = list === 'underway' ? batches.map(({ records }) => records) : [buffer.records]
  const slots: number[] = []
  let place = 0
  for (const { head } of sources) {
    for (
      let slot = head;
      slot >= 0 && place < offset + limit;
      slot = sim.world.messages.next[slot]
    ) {
      if (place++ >= offset) slots.push(slot)
    }
  }
  return { total: sources.reduce((sum, { count }) => sum + count, 0), slots }
}

export function gauges(sim: Simulation, node: number, into: Float64Array): void {
  into[GAUGE.bufferedBytes] = stateOf(sim, node).buffer.bytes
  into[GAUGE.freshness] = freshnessUs(sim, node) / US_PER_S
}
