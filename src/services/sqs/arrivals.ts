/**
 * All messages of a queue in the order they came, and which of them expires first. The two orders are
 * one as long as messages come in order of `sentUs`; a dead-letter queue's need not, as they keep
 * their first time stamp (FACTS 2.4). From the first that comes out of order until those are gone,
 * arrivals also go to a heap: the list's messages outside the heap are then always its beginning.
 */
import {
  addToHeap,
  createHeap,
  removeFromHeap,
  type HeapColumns,
  type IndexedHeap,
} from '../../engine/heap.ts'
import type { MessageTable } from '../../engine/messages.ts'
import type { SimUs } from '../../base/units.ts'

export interface Arrivals {
  head: number
  tail: number
  count: number
  outOfOrder: IndexedHeap
  /** seq and time of the event armed for the first to expire; seq 0 = none. */
  armedSeq: number
  armedUs: SimUs
}

export const createArrivals = (): Arrivals => ({
  head: -1,
  tail: -1,
  count: 0,
  outOfOrder: createHeap(),
  armedSeq: 0,
  armedUs: 0,
})

export function addArrival(messages: MessageTable, arrivals: Arrivals, slot: number): void {
  const { tail, outOfOrder } = arrivals
  messages.newerThan[slot] = tail
  messages.olderThan[slot] = -1
  if (tail >= 0) messages.olderThan[tail] = slot
  else arrivals.head = slot
  arrivals.tail = slot
  arrivals.count++
  if (outOfOrder.size > 0 || (tail >= 0 && messages.sentUs[tail] > messages.sentUs[slot])) {
    addToHeap(outOfOrder, bySentTime(messages), slot)
  }
}

export function removeArrival(messages: MessageTable, arrivals: Arrivals, slot: number): void {
  const older = messages.newerThan[slot]
  const newer = messages.olderThan[slot]
  if (older >= 0) messages.olderThan[older] = newer
  else arrivals.head = newer
  if (newer >= 0) messages.newerThan[newer] = older
  else arrivals.tail = older
  arrivals.count--
  if (messages.retentionPlace[slot] >= 0) {
    removeFromHeap(arrivals.outOfOrder, bySentTime(messages), slot)
  }
}

/** The message that was sent first, and so expires first, or -1. */
export function firstSent(messages: MessageTable, arrivals: Arrivals): number {
  const { head, outOfOrder } = arrivals
  if (outOfOrder.size === 0) return head
  const top = outOfOrder.members[0]
  const headIsInHeap = messages.retentionPlace[head] >= 0
  return headIsInHeap || messages.sentUs[top] < messages.sentUs[head] ? top : head
}

const bySentTime = (messages: MessageTable): HeapColumns => ({
  first: messages.sentUs,
  second: messages.serial,
  place: messages.retentionPlace,
})
