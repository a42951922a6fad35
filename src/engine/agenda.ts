/**
 * What happens next. Events are plain data, ordered by (time, seq): ties go to whoever was scheduled
 * first. One 4-ary heap with inline keys, and a few *lanes*: first-in-first-out rings for delays that
 * are the same for everyone (a call's travel time), where appending already keeps the order.
 * Why this shape: ENGINE.md parts 1 and 7.
 */
import type { SimUs } from '../base/units.ts'

/** A ring of events whose times never decrease; whole events, as they need no place in the pool. */
interface Lane {
  /** LANE_ROW numbers an event: time, seq, type, a. */
  rows: Float64Array
  /** Places in the ring, less one; a power of two less one. */
  mask: number
  head: number
  count: number
}
const LANE_ROW = 4

/** Target of all events in lanes. */
export const LANE_TARGET = -1

export interface Agenda {
  /** Serial number of the next thing scheduled. */
  nextSeq: number
  /** The event taken last. */
  takenUs: SimUs
  takenTarget: number
  takenType: number
  takenA: number
  takenB: number
  heapSize: number
  heapTime: Float64Array
  heapSeq: Float64Array
  heapEvent: Int32Array
  lanes: Lane[]
  /** The events themselves: a pool with a free list threaded through `target`. */
  top: number
  freeHead: number
  target: Int32Array
  type: Int32Array
  a: Int32Array
  b: Float64Array
}

const FIRST_CAPACITY = 64
const NONE = -1

export function createAgenda(lanes: number): Agenda {
  return {
    nextSeq: 1,
    takenUs: 0,
    takenTarget: 0,
    takenType: 0,
    takenA: 0,
    takenB: 0,
    heapSize: 0,
    heapTime: new Float64Array(FIRST_CAPACITY),
    heapSeq: new Float64Array(FIRST_CAPACITY),
    heapEvent: new Int32Array(FIRST_CAPACITY),
    lanes: Array.from({ length: lanes }, () => ({
      rows: new Float64Array(FIRST_CAPACITY * LANE_ROW),
      mask: FIRST_CAPACITY - 1,
      head: 0,
      count: 0,
    })),
    top: 0,
    freeHead: NONE,
    target: new Int32Array(FIRST_CAPACITY),
    type: new Int32Array(FIRST_CAPACITY),
    a: new Int32Array(FIRST_CAPACITY),
    b: new Float64Array(FIRST_CAPACITY),
  }
}

/** Schedules an event in the heap. `seq` must come from `takeSeq`, at the moment the thing was decided. */
export function schedule(
  agenda: Agenda,
  at: SimUs,
  seq: number,
  target: number,
  type: number,
  a: number,
  b: number,
): void {
  pushHeap(agenda, at, seq, newEvent(agenda, target, type, a, b))
}

/** Schedules in a lane when the time fits its order, else in the heap. */
export function scheduleInLane(
  agenda: Agenda,
  lane: number,
  at: SimUs,
  type: number,
  a: number,
): void {
  const ring = agenda.lanes[lane]
  const seq = agenda.nextSeq++
  const last = ((ring.head + ring.count - 1) & ring.mask) * LANE_ROW
  if (ring.count > 0 && ring.rows[last] > at) {
    pushHeap(agenda, at, seq, newEvent(agenda, LANE_TARGET, type, a, 0))
    return
  }
  if (ring.count > ring.mask) growLane(ring)
  const { rows } = ring
  const end = ((ring.head + ring.count++) & ring.mask) * LANE_ROW
  rows[end] = at
  rows[end + 1] = seq
  rows[end + 2] = type
  rows[end + 3] = a
}

export const takeSeq = (agenda: Agenda): number => agenda.nextSeq++

const FROM_HEAP = -1
const NOTHING = -2

/** Where the next event waits: a lane's index, FROM_HEAP or NOTHING. */
function nextSource(agenda: Agenda): number {
  let source = NOTHING
  let time = Infinity
  let seq = Infinity
  if (agenda.heapSize > 0) {
    source = FROM_HEAP
    time = agenda.heapTime[0]
    seq = agenda.heapSeq[0]
  }
  const lanes = agenda.lanes
  for (let i = 0; i < lanes.length; i++) {
    const ring = lanes[i]
    if (ring.count === 0) continue
    const { rows } = ring
    const first = ring.head * LANE_ROW
    const laneTime = rows[first]
    if (laneTime < time || (laneTime === time && rows[first + 1] < seq)) {
      source = i
      time = laneTime
      seq = rows[first + 1]
    }
  }
  return source
}

/** Time of the next event, or Infinity when there is none. */
export function nextTime(agenda: Agenda): SimUs {
  let time = agenda.heapSize > 0 ? agenda.heapTime[0] : Infinity
  for (const ring of agenda.lanes) {
    const first = ring.head * LANE_ROW
    if (ring.count > 0 && ring.rows[first] < time) time = ring.rows[first]
  }
  return time
}

/** Takes the next event into `taken...` if it is due at or before `until`; false when none is. */
export function takeNext(agenda: Agenda, until: SimUs): boolean {
  const source = nextSource(agenda)
  if (source === NOTHING) return false
  if (source === FROM_HEAP) {
    const time = agenda.heapTime[0]
    if (time > until) return false
    const event = popHeap(agenda)
    agenda.takenUs = time
    agenda.takenTarget = agenda.target[event]
    agenda.takenType = agenda.type[event]
    agenda.takenA = agenda.a[event]
    agenda.takenB = agenda.b[event]
    agenda.target[event] = agenda.freeHead
    agenda.freeHead = event
    return true
  }
  const ring = agenda.lanes[source]
  const { rows, head } = ring
  const first = head * LANE_ROW
  if (rows[first] > until) return false
  agenda.takenUs = rows[first]
  agenda.takenTarget = LANE_TARGET
  agenda.takenType = rows[first + 2] | 0
  agenda.takenA = rows[first + 3] | 0
  ring.head = (head + 1) & ring.mask
  ring.count--
  return true
}

function newEvent(agenda: Agenda, target: number, type: number, a: number, b: number): number {
  let event = agenda.freeHead
  if (event !== NONE) {
    agenda.freeHead = agenda.target[event]
  } else {
    event = agenda.top++
    if (event === agenda.target.length) growPool(agenda)
  }
  agenda.target[event] = target
  agenda.type[event] = type
  agenda.a[event] = a
  agenda.b[event] = b
  return event
}

function pushHeap(agenda: Agenda, at: SimUs, seq: number, event: number): void {
  let hole = agenda.heapSize++
  if (hole === agenda.heapTime.length) growHeap(agenda)
  const { heapTime, heapSeq, heapEvent } = agenda
  while (hole > 0) {
    const parent = (hole - 1) >> 2
    const parentTime = heapTime[parent]
    if (parentTime < at || (parentTime === at && heapSeq[parent] < seq)) break
    heapTime[hole] = parentTime
    heapSeq[hole] = heapSeq[parent]
    heapEvent[hole] = heapEvent[parent]
    hole = parent
  }
  heapTime[hole] = at
  heapSeq[hole] = seq
  heapEvent[hole] = event
}

function popHeap(agenda: Agenda): number {
  const { heapTime, heapSeq, heapEvent } = agenda
  const event = heapEvent[0]
  const size = --agenda.heapSize
  if (size === 0) return event
  const at = heapTime[size]
  const seq = heapSeq[size]
  let hole = 0
  for (;;) {
    const first = (hole << 2) + 1
    if (first >= size) break
    const end = first + 4 < size ? first + 4 : size
    let least = first
    let leastTime = heapTime[first]
    for (let child = first + 1; child < end; child++) {
      const time = heapTime[child]
      if (time < leastTime || (time === leastTime && heapSeq[child] < heapSeq[least])) {
        least = child
        leastTime = time
      }
    }
    if (leastTime > at || (leastTime === at && heapSeq[least] > seq)) break
    heapTime[hole] = leastTime
    heapSeq[hole] = heapSeq[least]
    heapEvent[hole] = heapEvent[least]
    hole = least
  }
  heapTime[hole] = at
  heapSeq[hole] = seq
  heapEvent[hole] = heapEvent[size]
  return event
}

function growHeap(agenda: Agenda): void {
  const capacity = agenda.heapTime.length * 2
  agenda.heapTime = copyInto(new Float64Array(capacity), agenda.heapTime)
  agenda.heapSeq = copyInto(new Float64Array(capacity), agenda.heapSeq)
  agenda.heapEvent = copyInto(new Int32Array(capacity), agenda.heapEvent)
}

function growPool(agenda: Agenda): void {
  const capacity = agenda.target.length * 2
  agenda.target = copyInto(new Int32Array(capacity), agenda.target)
  agenda.type = copyInto(new Int32Array(capacity), agenda.type)
  agenda.a = copyInto(new Int32Array(capacity), agenda.a)
  agenda.b = copyInto(new Float64Array(capacity), agenda.b)
}

/** A full ring from its head on, at the start of a larger one. */
function growLane(ring: Lane): void {
  const { rows } = ring
  const head = ring.head * LANE_ROW
  const bigger = new Float64Array(rows.length * 2)
  bigger.set(rows.subarray(head))
  bigger.set(rows.subarray(0, head), rows.length - head)
  ring.rows = bigger
  ring.mask = ring.mask * 2 + 1
  ring.head = 0
}

function copyInto<T extends Float64Array | Int32Array>(to: T, from: T): T {
  to.set(from)
  return to
}
