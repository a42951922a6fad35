/**
 * What happens next. Events are plain data, ordered by (time, seq): ties go to whoever was scheduled
 * first. One 4-ary heap with inline keys, and a few *lanes*: first-in-first-out rings for delays that
 * are the same for everyone (a call's travel time), where appending already keeps the order.
 * Why this shape: ENGINE.md parts 1 and 7.
 */
import type { SimUs } from '../base/units.ts'

/** A ring of events whose times never decrease. */
interface Lane {
  time: Float64Array
  seq: Float64Array
  event: Int32Array
  head: number
  count: number
}

export interface Agenda {
  /** Serial number of the next thing scheduled. */
  nextSeq: number
  /** Time of the event taken last. */
  takenUs: SimUs
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
    heapSize: 0,
    heapTime: new Float64Array(FIRST_CAPACITY),
    heapSeq: new Float64Array(FIRST_CAPACITY),
    heapEvent: new Int32Array(FIRST_CAPACITY),
    lanes: Array.from({ length: lanes }, () => ({
      time: new Float64Array(FIRST_CAPACITY),
      seq: new Float64Array(FIRST_CAPACITY),
      event: new Int32Array(FIRST_CAPACITY),
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
  target: number,
  type: number,
  a: number,
  b: number,
): void {
  const ring = agenda.lanes[lane]
  const event = newEvent(agenda, target, type, a, b)
  const seq = agenda.nextSeq++
  const last = (ring.head + ring.count - 1) & (ring.time.length - 1)
  if (ring.count > 0 && ring.time[last] > at) {
    pushHeap(agenda, at, seq, event)
    return
  }
  if (ring.count === ring.time.length) growLane(ring)
  const end = (ring.head + ring.count) & (ring.time.length - 1)
  ring.time[end] = at
  ring.seq[end] = seq
  ring.event[end] = event
  ring.count++
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
    const laneTime = ring.time[ring.head]
    if (laneTime < time || (laneTime === time && ring.seq[ring.head] < seq)) {
      source = i
      time = laneTime
      seq = ring.seq[ring.head]
    }
  }
  return source
}

/** Time of the next event, or Infinity when there is none. */
export function nextTime(agenda: Agenda): SimUs {
  let time = agenda.heapSize > 0 ? agenda.heapTime[0] : Infinity
  for (const ring of agenda.lanes) {
    if (ring.count > 0 && ring.time[ring.head] < time) time = ring.time[ring.head]
  }
  return time
}

/**
 * Takes the next event if it is due at or before `until`. Returns its pool index, to be read from
 * `target`, `type`, `a`, `b` before anything is scheduled, or -1.
 */
export function takeNext(agenda: Agenda, until: SimUs): number {
  const source = nextSource(agenda)
  if (source === NOTHING) return NONE
  let event: number
  if (source === FROM_HEAP) {
    if (agenda.heapTime[0] > until) return NONE
    agenda.takenUs = agenda.heapTime[0]
    event = popHeap(agenda)
  } else {
    const ring = agenda.lanes[source]
    if (ring.time[ring.head] > until) return NONE
    agenda.takenUs = ring.time[ring.head]
    event = ring.event[ring.head]
    ring.head = (ring.head + 1) & (ring.time.length - 1)
    ring.count--
  }
  return event
}

/** Gives a taken event's place back to the pool. */
export function freeEvent(agenda: Agenda, event: number): void {
  agenda.target[event] = agenda.freeHead
  agenda.freeHead = event
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

function growLane(ring: Lane): void {
  const mask = ring.time.length - 1
  const capacity = ring.time.length * 2
  const time = new Float64Array(capacity)
  const seq = new Float64Array(capacity)
  const event = new Int32Array(capacity)
  for (let i = 0; i < ring.count; i++) {
    const from = (ring.head + i) & mask
    time[i] = ring.time[from]
    seq[i] = ring.seq[from]
    event[i] = ring.event[from]
  }
  ring.time = time
  ring.seq = seq
  ring.event = event
  ring.head = 0
}

function copyInto<T extends Float64Array | Int32Array>(to: T, from: T): T {
  to.set(from)
  return to
}
