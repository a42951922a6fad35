/**
 * Records that are not all delivered together (FACTS 8): those of a partition have a buffer and objects of
 * their own, and those that cannot be given a partition or converted are put aside under the error prefix.
 */
import { jsonObject } from '../../base/json.ts'
import type { MessageList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { backUp, openBatch, toBackup } from './batches.ts'
import { count } from './books.ts'
import { partitionOf } from './partitionQuery.ts'
import { createBuffer, stateOf, type Buffer, type State } from './state.ts'

/** Of a delivery stream, with and without records that wait to be delivered. */
const MAX_PARTITIONS = 500

/** AWS's error-output-type of records that are put aside. */
type Failure = 'processing-failed' | 'activePartitionExceeded' | 'format-conversion-failed'

const WHY: Readonly<Record<Failure, { readonly code: string; readonly message: string }>> = {
  'processing-failed': {
    code: 'DynamicPartitioning.MetadataExtractionFailed',
    message: 'The partition keys could not be extracted from the record.',
  },
  activePartitionExceeded: {
    code: 'DynamicPartitioning.ActivePartitionsLimitExceeded',
    message: 'The limit of active partitions was exceeded.',
  },
  'format-conversion-failed': {
    code: 'DataFormatConversion.ParseError',
    message: 'The record is no JSON object.',
  },
}

/** The buffer that a record waits in for its delivery. */
export function bufferFor(sim: Simulation, node: number, slot: number): Buffer {
  const state = stateOf(sim, node)
  const { partitionKeys, convertTo } = state.settings
  if (!partitionKeys && convertTo === '') return state.buffers.deliver
  const record = jsonObject(sim.contentOf(slot).body)
  const bytes = sim.world.messages.sizeBytes[slot]
  if (convertTo !== '') {
    count(sim, node, record ? 'SucceedConversion.Records' : 'FailedConversion.Records')
    if (!record) return lot(state, 'format-conversion-failed', '')
    count(sim, node, 'billedConversionBytes', bytes)
  }
  if (!partitionKeys) return state.buffers.deliver
  const values = record && partitionOf(record, partitionKeys)
  if (!values) return lot(state, 'processing-failed', '')
  const partition = JSON.stringify(values)
  const isActive = state.lots.has(nameOf('', partition))
  if (isActive || activePartitions(state) < MAX_PARTITIONS) {
    count(sim, node, 'billedPartitionBytes', bytes)
    return lot(state, '', partition)
  }
  count(sim, node, 'PartitionCountExceeded')
  return lot(state, 'activePartitionExceeded', '')
}

const nameOf = (failure: Failure | '', partition: string): string => `${failure}/${partition}`

function lot(state: State, failure: Failure | '', partition: string): Buffer {
  const name = nameOf(failure, partition)
  const known = state.lots.get(name)
  if (known) return known
  const made = createBuffer(state.nextBuffer++, { name, partition, failure })
  state.lots.set(name, made)
  return made
}

/** Partitions with records that are not delivered yet. */
export function activePartitions({ lots, batches }: State): number {
  const active = new Set<string>()
  for (const { partition } of lots.values()) if (partition !== '') active.add(partition)
  for (const { partition } of batches) if (partition !== '') active.add(partition)
  return active.size
}

/** Records that cannot be delivered as they are to be: under the error prefix, with the reason. */
export function putAside(
  sim: Simulation,
  node: number,
  records: MessageList,
  bytes: number,
  failure: string,
): void {
  const state = stateOf(sim, node)
  const batch = openBatch(sim, state, 'deliver', records, bytes)
  if (!state.transform) backUp(sim, node, batch)
  const why = WHY[failure as Failure]
  batch.problem = Object.freeze({ ...why, attempts: 1, lambda: '', endedUs: sim.nowUs })
  toBackup(sim, node, batch, failure)
}
