/**
 * Doubly linked lists threaded through the message table, and timers built on them. A timer list
 * keeps messages in order of their due time; constant timeouts arrive in order and cost O(1), the
 * rare one that does not goes to a small indexed heap. Each list arms at most one event in the
 * agenda, with the head's own (time, seq). Why: ENGINE.md part 3.
 */
import type { SimUs } from '../base/units.ts'
import type { MessageTable } from './messages.ts'

/** A list in the order of arrival, by `next` and `prev`. */
export interface MessageList {
  head: number
  tail: number
  count: number
}

export const createList = (): MessageList => ({ head: -1, tail: -1, count: 0 })

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
  /** Those that came out of order: a binary heap of slots, places in `heapPlace`. */
  heap: Int32Array
  heapSize: number
  /** seq of the event armed in the agenda, 0 = none. */
  armedSeq: number
}

export const createTimers = (): TimerList => ({
  list: createList(),
  heap: new Int32Array(0),
  heapSize: 0,
  armedSeq: 0,
})

export const timerCount = (timers: TimerList): number => timers.list.count + timers.heapSize

/** Adds a message whose `dueUs` and `dueSeq` are set. */
export function addTimer(table: MessageTable, timers: TimerList, slot: number): void {
  const tail = timers.list.tail
  if (tail < 0 || isBefore(table, tail, slot)) append(table, timers.list, slot)
  else pushHeap(table, timers, slot)
}

export function removeTimer(table: MessageTable, timers: TimerList, slot: number): void {
  if (table.heapPlace[slot] >= 0) removeFromHeap(table, timers, slot)
  else unlink(table, timers.list, slot)
}

/** The message due first, or -1. */
export function firstDue(table: MessageTable, timers: TimerList): number {
  const head = timers.list.head
  if (timers.heapSize === 0) return head
  const top = timers.heap[0]
  return head < 0 || isBefore(table, top, head) ? top : head
}

function isBefore(table: MessageTable, a: number, b: number): boolean {
  const timeA: SimUs = table.dueUs[a]
  const timeB: SimUs = table.dueUs[b]
  return timeA < timeB || (timeA === timeB && table.dueSeq[a] < table.dueSeq[b])
}

function pushHeap(table: MessageTable, timers: TimerList, slot: number): void {
  if (timers.heapSize === timers.heap.length) {
    const bigger = new Int32Array(Math.max(16, timers.heap.length * 2))
    bigger.set(timers.heap)
    timers.heap = bigger
  }
  siftUp(table, timers, timers.heapSize++, slot)
}

function removeFromHeap(table: MessageTable, timers: TimerList, slot: number): void {
  const place = table.heapPlace[slot]
  table.heapPlace[slot] = -1
  const last = timers.heap[--timers.heapSize]
  if (last === slot) return
  if (place > 0 && isBefore(table, last, timers.heap[(place - 1) >> 1])) {
    siftUp(table, timers, place, last)
  } else {
    siftDown(table, timers, place, last)
  }
}

function siftUp(table: MessageTable, timers: TimerList, from: number, slot: number): void {
  const heap = timers.heap
  let place = from
  while (place > 0) {
    const parent = (place - 1) >> 1
    if (isBefore(table, heap[parent], slot)) break
    heap[place] = heap[parent]
    table.heapPlace[heap[place]] = place
    place = parent
  }
  heap[place] = slot
  table.heapPlace[slot] = place
}

function siftDown(table: MessageTable, timers: TimerList, from: number, slot: number): void {
  const heap = timers.heap
  const size = timers.heapSize
  let place = from
  for (;;) {
    let child = place * 2 + 1
    if (child >= size) break
    if (child + 1 < size && isBefore(table, heap[child + 1], heap[child])) child++
    if (isBefore(table, slot, heap[child])) break
    heap[place] = heap[child]
    table.heapPlace[heap[place]] = place
    place = child
  }
  heap[place] = slot
  table.heapPlace[slot] = place
}
