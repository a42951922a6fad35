/**
 * Doubly linked lists threaded through the message table, and timers built on them. A timer list
 * keeps messages in order of their due time; constant timeouts arrive in order and cost O(1), the
 * rare one that does not goes to a small indexed heap. Each list arms at most one event in the
 * agenda, with the head's own (time, seq). Why: ENGINE.md part 3.
 */
import type { SimUs } from '../base/units.ts'
import {
  addToHeap,
  createHeap,
  removeFromHeap,
  type HeapColumns,
  type IndexedHeap,
} from './heap.ts'
import type { MessageTable } from './messages.ts'

/** A list in the order of arrival, by `next` and `prev`. */
export interface MessageList {
  head: number
  tail: number
  count: number
}

export const createList = (): MessageList => ({ head: -1, tail: -1, count: 0 })

/** Its messages, first to last. */
export function slotsOf(table: MessageTable, { head }: MessageList): number[] {
  const slots: number[] = []
  for (let slot = head; slot >= 0; slot = table.next[slot]) slots.push(slot)
  return slots
}

export function append(table: MessageTable, list: MessageList, slot: number): void {
  table.prev[slot] = list.tail
  table.next[slot] = -1
  if (list.tail >= 0) table.next[list.tail] = slot
  else list.head = slot
  list.tail = slot
  list.count++
}

/** Puts `slot` right before `before`, which is in the list. */
export function insertBefore(
  table: MessageTable,
  list: MessageList,
  slot: number,
  before: number,
): void {
  const prev = table.prev[before]
  table.prev[slot] = prev
  table.next[slot] = before
  table.prev[before] = slot
  if (prev >= 0) table.next[prev] = slot
  else list.head = slot
  list.count++
}

export function unlink(table: MessageTable, list: MessageList, slot: number): void {
  const prev = table.prev[slot]
  const next = table.next[slot]
  if (prev >= 0) table.next[prev] = next
  else list.head = next
  if (next >= 0) table.prev[next] = prev
  else list.tail = prev
  table.prev[slot] = -1
  table.next[slot] = -1
  list.count--
}

/** Messages waiting for `dueUs`; the earliest is `firstDue`. */
export interface TimerList {
  /** In order of (dueUs, dueSeq). */
  list: MessageList
  /** Those that came out of order; places in `heapPlace`. */
  heap: IndexedHeap
  /** seq of the event armed in the agenda, 0 = none. */
  armedSeq: number
  armedUs: SimUs
}

export const createTimers = (): TimerList => ({
  list: createList(),
  heap: createHeap(),
  armedSeq: 0,
  armedUs: 0,
})

export const timerCount = (timers: TimerList): number => timers.list.count + timers.heap.size

/** Adds a message whose `dueUs` and `dueSeq` are set. */
export function addTimer(table: MessageTable, timers: TimerList, slot: number): void {
  const tail = timers.list.tail
  if (tail < 0 || isBefore(table, tail, slot)) append(table, timers.list, slot)
  else addToHeap(timers.heap, byDue(table), slot)
}

export function removeTimer(table: MessageTable, timers: TimerList, slot: number): void {
  if (table.heapPlace[slot] >= 0) removeFromHeap(timers.heap, byDue(table), slot)
  else unlink(table, timers.list, slot)
}

/** The message due first, or -1. */
export function firstDue(table: MessageTable, timers: TimerList): number {
  const head = timers.list.head
  if (timers.heap.size === 0) return head
  const top = timers.heap.members[0]
  return head < 0 || isBefore(table, top, head) ? top : head
}

/** Whether the first timer needs an event of its own: none is armed, or only a later one. */
export function needsArming(table: MessageTable, timers: TimerList): boolean {
  const first = firstDue(table, timers)
  if (first < 0) return false
  if (timers.armedSeq === 0) return true
  const due: SimUs = table.dueUs[first]
  return due < timers.armedUs || (due === timers.armedUs && table.dueSeq[first] < timers.armedSeq)
}

const byDue = (table: MessageTable): HeapColumns => ({
  first: table.dueUs,
  second: table.dueSeq,
  place: table.heapPlace,
})

function isBefore(table: MessageTable, a: number, b: number): boolean {
  const timeA: SimUs = table.dueUs[a]
  const timeB: SimUs = table.dueUs[b]
  return timeA < timeB || (timeA === timeB && table.dueSeq[a] < table.dueSeq[b])
}
