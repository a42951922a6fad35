/**
 * A binary heap of places in a table (messages, calls), ordered by two of the table's columns, that
 * can give up any of its members: each member's place in the heap is kept in a third column.
 * A plain object of numbers, so that a snapshot can copy it.
 */
export interface IndexedHeap {
  members: Int32Array
  size: number
}

/** The columns a heap goes by: smallest `first`, then smallest `second`. */
export interface HeapColumns {
  readonly first: Float64Array
  readonly second: Float64Array | Uint32Array
  /** Place in the heap by member, -1 for those that are in none. */
  readonly place: Int32Array
}

export const createHeap = (): IndexedHeap => ({ members: new Int32Array(0), size: 0 })

export function addToHeap(heap: IndexedHeap, columns: HeapColumns, member: number): void {
  if (heap.size === heap.members.length) {
    const bigger = new Int32Array(Math.max(16, heap.size * 2))
    bigger.set(heap.members)
    heap.members = bigger
  }
  siftUp(heap, columns, heap.size++, member)
}

export function removeFromHeap(heap: IndexedHeap, columns: HeapColumns, member: number): void {
  const place = columns.place[member]
  columns.place[member] = -1
  const last = heap.members[--heap.size]
  if (last === member) return
  if (place > 0 && isBefore(columns, last, heap.members[(place - 1) >> 1])) {
    siftUp(heap, columns, place, last)
  } else {
    siftDown(heap, columns, place, last)
  }
}

function isBefore(columns: HeapColumns, a: number, b: number): boolean {
  const { first, second } = columns
  return first[a] < first[b] || (first[a] === first[b] && second[a] < second[b])
}

function siftUp(heap: IndexedHeap, columns: HeapColumns, from: number, member: number): void {
  const { members } = heap
  let place = from
  while (place > 0) {
    const parent = (place - 1) >> 1
    if (!isBefore(columns, member, members[parent])) break
    members[place] = members[parent]
    columns.place[members[place]] = place
    place = parent
  }
  members[place] = member
  columns.place[member] = place
}

function siftDown(heap: IndexedHeap, columns: HeapColumns, from: number, member: number): void {
  const { members, size } = heap
  let place = from
  for (;;) {
    let child = place * 2 + 1
    if (child >= size) break
    if (child + 1 < size && isBefore(columns, members[child + 1], members[child])) child++
    if (!isBefore(columns, members[child], member)) break
    members[place] = members[child]
    columns.place[members[place]] = place
    place = child
  }
  members[place] = member
  columns.place[member] = place
}
