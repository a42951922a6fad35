/** Long polls that wait for a message: served in the order they came, given up when their time ends. */
import {
  addToHeap,
  createHeap,
  removeFromHeap,
  type HeapColumns,
  type IndexedHeap,
} from '../../engine/heap.ts'
import type { CallTable } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { SimUs } from '../../base/units.ts'
import { EVENT } from './events.ts'

export interface Waiters {
  head: number
  tail: number
  count: number
  byDue: IndexedHeap
  /** seq and time of the one event armed; seq 0 = none. */
  armedSeq: number
  armedUs: SimUs
}

export const createWaiters = (): Waiters => ({
  head: -1,
  tail: -1,
  count: 0,
  byDue: createHeap(),
  armedSeq: 0,
  armedUs: 0,
})

/** Keeps a call waiting until somebody unparks it, at most until `dueUs`. */
export function park(
  sim: Simulation,
  node: number,
  waiters: Waiters,
  call: number,
  dueUs: SimUs,
): void {
  const { calls } = sim.world
  calls.dueUs[call] = dueUs
  calls.dueSeq[call] = sim.takeSeq()
  calls.prev[call] = waiters.tail
  calls.next[call] = -1
  if (waiters.tail >= 0) calls.next[waiters.tail] = call
  else waiters.head = call
  waiters.tail = call
  waiters.count++
  addToHeap(waiters.byDue, byDue(calls), call)
  armWaiters(sim, node, waiters)
}

export function unpark(calls: CallTable, waiters: Waiters, call: number): void {
  const prev = calls.prev[call]
  const next = calls.next[call]
  if (prev >= 0) calls.next[prev] = next
  else waiters.head = next
  if (next >= 0) calls.prev[next] = prev
  else waiters.tail = prev
  waiters.count--
  removeFromHeap(waiters.byDue, byDue(calls), call)
}

/** The poll whose time has come now, or -1. */
export function outOfPatience(sim: Simulation, waiters: Waiters): number {
  if (waiters.count === 0) return -1
  const first = waiters.byDue.members[0]
  return sim.world.calls.dueUs[first] <= sim.world.nowUs ? first : -1
}

/** An event armed earlier stays: polls come and go far more often than their time ends. */
export function armWaiters(sim: Simulation, node: number, waiters: Waiters): void {
  if (waiters.count === 0) return
  const { calls } = sim.world
  const first = waiters.byDue.members[0]
  if (waiters.armedSeq > 0 && waiters.armedUs <= calls.dueUs[first]) return
  waiters.armedSeq = calls.dueSeq[first]
  waiters.armedUs = calls.dueUs[first]
  sim.arm(waiters.armedUs, waiters.armedSeq, node, EVENT.poll)
}

const byDue = (calls: CallTable): HeapColumns => ({
  first: calls.dueUs,
  second: calls.dueSeq,
  place: calls.heapPlace,
})
