/** What a FIFO queue has beside a standard queue's state. */
import type { SimUs } from '../../../base/units.ts'
import type { Attempt } from './attempts.ts'
import { createGroups, type Groups } from './groups.ts'
import { createMemory, type Memory } from '../../deduplication.ts'
import { createThroughput, type Throughput } from './throughput.ts'

export interface FifoState {
  groups: Groups
  memory: Memory
  /** Whether deduplication ids count within their group only; fixed when the queue is made. */
  readonly perGroupMemory: boolean
  throughput: Throughput
  /** By ReceiveRequestAttemptId. */
  attempts: Map<string, Attempt>
  /** When a call was refused for the limit last, -Infinity = never. */
  throttledUs: SimUs
  /** The last send that was swallowed, for the card; serial 0 = none. */
  lastDuplicate: { of: number; untilUs: SimUs }
}

export const createFifo = (config: Readonly<Record<string, unknown>>): FifoState => ({
  groups: createGroups(),
  memory: createMemory(),
  perGroupMemory: config.DeduplicationScope === 'messageGroup',
  throughput: createThroughput(isHighThroughput(config)),
  attempts: new Map(),
  throttledUs: -Infinity,
  lastDuplicate: { of: 0, untilUs: 0 },
})

/** Both settings are needed (FACTS 2.8). */
export const isHighThroughput = (config: Readonly<Record<string, unknown>>): boolean =>
  config.DeduplicationScope === 'messageGroup' && config.FifoThroughputLimit === 'perMessageGroupId'

/** PurgeQueue clears what the queue remembers (FACTS 1.3). */
export function forgetAll(fifo: FifoState): void {
  fifo.memory = createMemory()
  fifo.attempts.clear()
  fifo.lastDuplicate = { of: 0, untilUs: 0 }
}
