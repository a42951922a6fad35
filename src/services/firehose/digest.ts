/** What a delivery stream's card shows, pages of its lists, and its gauges. */
import { US_PER_MS, US_PER_S, type SimUs } from '../../base/units.ts'
import type { NodeDigest } from '../../engine/frame.ts'
import type { MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { recentSum, recentValues } from '../recent.ts'
import { COUNTERS, heldBy, listsOf } from './books.ts'
import { deliverBuffers, flushesAtUs } from './buffer.ts'
import { DESTINATION } from './destinations.ts'
import { activePartitions } from './lots.ts'
import { placeOf } from './metricNames.ts'
import { LEAST_MIB, RECENT, settingsOf, stateOf, type Buffer, type State } from './state.ts'

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const state = stateOf(sim, node)
  const { counters } = sim.world.nodes[node]
  const { transform } = state.buffers
  const waiting = deliverBuffers(state)
  const figures: Record<string, number> = {
    bufferedBytes: sumOf(waiting, ({ bytes }) => bytes),
    bufferedRecords: sumOf(waiting, ({ records }) => records.count),
    fullestBytes: Math.max(...waiting.map(({ bytes }) => bytes)),
    bufferLimitBytes: state.settings.sizeBytes,
    ...remaining(sim, state, waiting, 'flushInS'),
    ...(state.settings.partitionKeys && { partitions: activePartitions(state) }),
    transforms: state.transform ? 1 : 0,
    toTransformBytes: transform.bytes,
    transforming: transformingIn(state),
    ...remaining(sim, state, [transform], 'transformInS'),
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
    spark: recentValues(state.recent, sim.nowUs, RECENT.delivered),
    advice: adviceFor(sim, node, state),
  }
}

const sumOf = (buffers: readonly Buffer[], of: (buffer: Buffer) => number): number =>
  buffers.reduce((sum, buffer) => sum + of(buffer), 0)

/** Until the first of them is emptied: whole seconds, so that the card changes once a second. */
function remaining(
  sim: Simulation,
  state: State,
  buffers: readonly Buffer[],
  figure: string,
): Record<string, number> {
  const atUs = Math.min(...buffers.map((buffer) => flushesAtUs(state, buffer)))
  return atUs < Infinity ? { [figure]: Math.ceil((atUs - sim.nowUs) / US_PER_S) } : {}
}

/** Records that the function has, or that wait for it in a batch. */
const transformingIn = ({ batches }: State): number =>
  batches.reduce((sum, { stage, records }) => sum + (stage === 'transform' ? records.count : 0), 0)

const isRetrying = ({ tries, stage }: State['batches'][number]): boolean =>
  stage === 'deliver' && tries > 1

/** Age of the oldest record that is still here; 0 when there is none. */
export function freshnessUs(sim: Simulation, node: number): SimUs {
  const { enteredUs } = sim.world.messages
  let oldestUs = sim.nowUs
  for (const { head } of listsOf(stateOf(sim, node))) {
    if (head >= 0) oldestUs = Math.min(oldestUs, enteredUs[head])
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
  if (here.counters[COUNTERS.indexOf('failedInvocations')] > 0) {
    advice.push(
      'Invocations for the transformation failed: look at the function’s timeout and concurrency. After the retries the batch goes to processing-failed/.',
    )
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
  return [...advice, ...formAdvice(here)]
}

/** On partitions and formats. */
function formAdvice({ config, counters }: Simulation['world']['nodes'][number]): string[] {
  const { partitionKeys, convertTo } = settingsOf(config)
  if (!partitionKeys && convertTo === '') return []
  const advice: string[] = []
  if (Number(config.SizeInMBs) < LEAST_MIB) {
    advice.push(`Partitioned or converted records are buffered up to ${LEAST_MIB} MiB at least.`)
  }
  if (partitionKeys && Number(config.IntervalInSeconds) === 0) {
    advice.push('There is no zero buffering with dynamic partitioning: 60 s.')
  }
  const unused = partitionKeys?.find(
    ({ name }) => !String(config.Prefix).includes(`!{partitionKeyFromQuery:${name}}`),
  )
  if (unused) {
    advice.push(`The key prefix lacks !{partitionKeyFromQuery:${unused.name}}.`)
  }
  if (counters[COUNTERS.indexOf('PartitionCountExceeded')] > 0) {
    advice.push('500 partitions are active: the records of others went to activePartitionExceeded.')
  }
  if (counters[COUNTERS.indexOf('FailedConversion.Records')] > 0) {
    advice.push('Only JSON objects can be converted: others are in format-conversion-failed.')
  }
  return advice
}

/** The lists of the Messages tab: what waits in the buffers, and what is on its way. */
export function pageOf(
  sim: Simulation,
  node: number,
  list: string,
  offset: number,
  limit: number,
): { total: number; slots: number[] } {
  const state = stateOf(sim, node)
  const holders: Readonly<Record<string, readonly { readonly records: MessageList }[]>> = {
    toTransform: [state.buffers.transform],
    buffered: deliverBuffers(state),
    underway: state.batches,
  }
  const sources = (holders[list] ?? []).map(({ records }) => records)
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

const GAUGE = {
  bufferedBytes: placeOf('bufferedBytes'),
  freshness: placeOf('DataFreshness'),
  freshnessOfS3: placeOf('DeliveryToS3.DataFreshness'),
  duration: placeOf('ExecuteProcessing.Duration'),
  success: placeOf('ExecuteProcessing.Success'),
  partitions: placeOf('PartitionCount'),
} as const

export function gauges(sim: Simulation, node: number, into: Float64Array): void {
  const state = stateOf(sim, node)
  const { buffers, recent, settings } = state
  const freshnessS = freshnessUs(sim, node) / US_PER_S
  into[GAUGE.bufferedBytes] =
    buffers.transform.bytes + sumOf(deliverBuffers(state), ({ bytes }) => bytes)
  into[GAUGE.freshness] = freshnessS
  into[GAUGE.freshnessOfS3] = settings.destination === 's3' ? freshnessS : NaN
  into[GAUGE.partitions] = settings.partitionKeys ? activePartitions(state) : NaN
  const invocations = recentSum(recent, sim.nowUs, RECENT.invocations)
  const invokedUs = recentSum(recent, sim.nowUs, RECENT.invokedUs)
  into[GAUGE.duration] = invocations > 0 ? invokedUs / invocations / US_PER_MS : 0
  // Where nothing was invoked nothing has failed.
  into[GAUGE.success] =
    invocations > 0 ? recentSum(recent, sim.nowUs, RECENT.successes) / invocations : 1
}
