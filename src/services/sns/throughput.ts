/** How much a FIFO topic takes within a second (FACTS 3.3). */
import { US_PER_S, type SimUs } from '../../base/units.ts'

/** Of a message group, whatever the scope. */
const GROUP_MESSAGES_PER_S = 300
/** Of a topic whose FifoThroughputScope is Topic. */
const TOPIC_MESSAGES_PER_S = 3_000
const TOPIC_BYTES_PER_S = 20 * 1_048_576

/** What was taken within the second that runs. */
export interface Throughput {
  second: number
  messages: number
  bytes: number
  groups: Map<string, number>
}

export const createThroughput = (): Throughput => ({
  second: -1,
  messages: 0,
  bytes: 0,
  groups: new Map(),
})

/** Counts a message, unless the topic or its group has taken enough already: then false. */
export function takes(
  taken: Throughput,
  nowUs: SimUs,
  group: string,
  bytes: number,
  hasTopicScope: boolean,
): boolean {
  const second = Math.floor(nowUs / US_PER_S)
  if (second !== taken.second) {
    Object.assign(taken, { second, messages: 0, bytes: 0 })
    taken.groups.clear()
  }
  const ofGroup = taken.groups.get(group) ?? 0
  const isFull = taken.messages >= TOPIC_MESSAGES_PER_S || taken.bytes + bytes > TOPIC_BYTES_PER_S
  if (ofGroup >= GROUP_MESSAGES_PER_S || (hasTopicScope && isFull)) return false
  taken.messages++
  taken.bytes += bytes
  taken.groups.set(group, ofGroup + 1)
  return true
}
