/**
 * The groups of a FIFO queue whose first message may be received, in the order in which receives come to
 * them: smallest turn first, of two the one that stands here longer.
 */
import { grown } from '../../../base/columns.ts'
import { addToHeap, createHeap, removeFromHeap, type IndexedHeap } from '../../../engine/heap.ts'

export interface Ring {
  heap: IndexedHeap
  /** By index of the group. */
  turn: Float64Array
  entry: Float64Array
  /** Place in the heap, -1 = not in the ring. */
  place: Int32Array
  nextEntry: number
}

export const createRing = (): Ring => ({
  heap: createHeap(),
  turn: new Float64Array(0),
  entry: new Float64Array(0),
  place: new Int32Array(0),
  nextEntry: 0,
})

/** There is a group of this index, which is not in the ring. */
export function makeRoom(ring: Ring, group: number): void {
  if (group >= ring.place.length) {
    const capacity = Math.max(16, group * 2)
    ring.turn = grown(ring.turn, capacity)
    ring.entry = grown(ring.entry, capacity)
    ring.place = grown(ring.place, capacity)
  }
  ring.place[group] = -1
}

/** The group whose turn it is, -1 = none. */
export const firstInRing = ({ heap }: Ring): number => (heap.size > 0 ? heap.members[0] : -1)

export const isInRing = ({ place }: Ring, group: number): boolean => place[group] >= 0

export function enterRing(ring: Ring, group: number, turn: number): void {
  ring.turn[group] = turn
  ring.entry[group] = ring.nextEntry++
  addToHeap(ring.heap, columnsOf(ring), group)
}

export const leaveRing = (ring: Ring, group: number): void =>
  removeFromHeap(ring.heap, columnsOf(ring), group)

/** Puts a group that has just left the ring back to where it stood. */
export const returnToRing = (ring: Ring, group: number): void =>
  addToHeap(ring.heap, columnsOf(ring), group)

const columnsOf = ({ turn, entry, place }: Ring) => ({ first: turn, second: entry, place })
