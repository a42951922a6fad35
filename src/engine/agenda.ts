/**
 * What happens next. Events are plain data, ordered by (time, seq): ties go to whoever was scheduled
 * first. One 4-ary heap with inline keys, and a few *lanes*: first-in-first-out rings for delays that
 * are the same for everyone (a call's travel time), where appending already keeps the order.
 * Why this shape: ENGINE.md parts 1 and 7.
 */
import { grown } from '../base/columns.ts'
import type { SimUs } from '../base/units.ts'

/** Events whose times never decrease: the first one in fields, as most lanes hold no other; the rest in a ring. */
interface Lane {
  /** When the first is due; Infinity = the lane is empty. */
  firstUs: SimUs
  firstSeq: number
  firstType: number
  firstA: number
  /** Of the one added last. */
  lastUs: SimUs
  /** The others, LANE_ROW numbers an event: time, seq, type, a. */
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
  /** Two numbers an entry, time and seq; and which event it is. */
  heapKeys: Float64Array
  heapEvent: Int32Array
  lanes: Lane[]
  /** The heap's events: a pool with a free list threaded through their targets. */
  top: number
  freeHead: number
  /** EVENT_ROW numbers an event: target, type, a. */
  events: Int32Array
  b: Float64Array
}

/*
 * Rows are as wide as a power of two, and `|` finds a number in a row: unlike `+` it cannot overflow,
 * so that no check for it is compiled in.
 */
const EVENT_ROW_SHIFT = 2
const TARGET = 0
const TYPE = 1
const A = 2

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
    heapKeys: new Float64Array(FIRST_CAPACITY << 1),
    heapEvent: new Int32Array(FIRST_CAPACITY),
    lanes: Array.from({ length: lanes }, () => ({
      firstUs: Infinity,
      firstSeq: 0,
      firstType: 0,
      firstA: 0,
      lastUs: 0,
      rows: new Float64Array(FIRST_CAPACITY * LANE_ROW),
      mask: FIRST_CAPACITY - 1,
      head: 0,
      count: 0,
    })),
    top: 0,
    freeHead: NONE,
    events: new Int32Array(FIRST_CAPACITY << EVENT_ROW_SHIFT),
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
  let event = agenda.freeHead
  if (event !== NONE) {
    agenda.freeHead = agenda.events[event << EVENT_ROW_SHIFT]
  } else {
    event = agenda.top++
    if (event === agenda.b.length) growPool(agenda)
  }
  const { events } = agenda
  const row = event << EVENT_ROW_SHIFT
  events[row | TARGET] = target
  events[row | TYPE] = type
  events[row | A] = a
  agenda.b[event] = b
  pushHeap(agenda, at, seq, event)
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
  if (ring.firstUs === Infinity) {
    ring.firstUs = at
    ring.firstSeq = seq
    ring.firstType = type
    ring.firstA = a
    ring.lastUs = at
  } else if (at >= ring.lastUs) {
    ring.lastUs = at
    pushLane(ring, at, seq, type, a)
  } else {
    schedule(agenda, at, seq, LANE_TARGET, type, a, 0)
  }
}

function pushLane(ring: Lane, at: SimUs, seq: number, type: number, a: number): void {
  if (ring.count > ring.mask) growLane(ring)
  const { rows } = ring
  const end = ((ring.head + ring.count++) & ring.mask) * LANE_ROW
  rows[end] = at
  rows[end + 1] = seq
  rows[end + 2] = type
  rows[end + 3] = a
}

export const takeSeq = (agenda: Agenda): number => agenda.nextSeq++

/** Time of the next event, or Infinity when there is none. */
export function nextTime(agenda: Agenda): SimUs {
  let time = agenda.heapSize > 0 ? agenda.heapKeys[0] : Infinity
  for (const ring of agenda.lanes) if (ring.firstUs < time) time = ring.firstUs
  return time
}

/** Takes the next event into `taken...` if it is due at or before `until`; false when none is. */
export function takeNext(agenda: Agenda, until: SimUs): boolean {
  const { lanes, heapKeys } = agenda
  let first: Lane | undefined
  let time = Infinity
  let seq = 0
  if (agenda.heapSize > 0) {
    time = heapKeys[0]
    seq = heapKeys[1]
  }
  for (let i = 0; i < lanes.length; i++) {
    const ring = lanes[i]
    if (ring.firstUs < time || (ring.firstUs === time && ring.firstSeq < seq)) {
      first = ring
      time = ring.firstUs
      seq = ring.firstSeq
    }
  }
  if (time > until || time === Infinity) return false
  agenda.takenUs = time
  if (first === undefined) {
    takeFromHeap(agenda)
    return true
  }
  agenda.takenTarget = LANE_TARGET
  agenda.takenType = first.firstType
  agenda.takenA = first.firstA
  if (first.count === 0) first.firstUs = Infinity
  else advanceLane(first)
  return true
}

/** The ring's head becomes the lane's first. */
function advanceLane(ring: Lane): void {
  const { rows, head } = ring
  const row = head * LANE_ROW
  ring.firstUs = rows[row]
  ring.firstSeq = rows[row + 1]
  ring.firstType = rows[row + 2] | 0
  ring.firstA = rows[row + 3] | 0
  ring.head = (head + 1) & ring.mask
  ring.count--
}

function takeFromHeap(agenda: Agenda): void {
  const event = popHeap(agenda)
  const { events } = agenda
  const row = event << EVENT_ROW_SHIFT
  agenda.takenTarget = events[row | TARGET]
  agenda.takenType = events[row | TYPE]
  agenda.takenA = events[row | A]
  agenda.takenB = agenda.b[event]
  events[row | TARGET] = agenda.freeHead
  agenda.freeHead = event
}

function pushHeap(agenda: Agenda, at: SimUs, seq: number, event: number): void {
  let hole = agenda.heapSize++
  if (hole === agenda.heapEvent.length) growHeap(agenda)
  const { heapKeys, heapEvent } = agenda
  while (hole > 0) {
    const parent = (hole - 1) >> 2
    const parentTime = heapKeys[parent << 1]
    const parentSeq = heapKeys[(parent << 1) | 1]
    if (parentTime < at || (parentTime === at && parentSeq < seq)) break
    heapKeys[hole << 1] = parentTime
    heapKeys[(hole << 1) | 1] = parentSeq
    heapEvent[hole] = heapEvent[parent]
    hole = parent
  }
  heapKeys[hole << 1] = at
  heapKeys[(hole << 1) | 1] = seq
  heapEvent[hole] = event
}

function popHeap(agenda: Agenda): number {
  const { heapKeys, heapEvent } = agenda
  const event = heapEvent[0]
  const size = --agenda.heapSize
  if (size === 0) return event
  const at = heapKeys[size << 1]
  const seq = heapKeys[(size << 1) | 1]
  let hole = 0
  for (;;) {
    const first = (hole << 2) + 1
    if (first >= size) break
    const end = first + 4 < size ? first + 4 : size
    let least = first
    let leastTime = heapKeys[first << 1]
    for (let child = first + 1; child < end; child++) {
      const time = heapKeys[child << 1]
      if (time > leastTime) continue
      if (time === leastTime && heapKeys[(child << 1) | 1] > heapKeys[(least << 1) | 1]) continue
      least = child
      leastTime = time
    }
    const leastSeq = heapKeys[(least << 1) | 1]
    if (leastTime > at || (leastTime === at && leastSeq > seq)) break
    heapKeys[hole << 1] = leastTime
    heapKeys[(hole << 1) | 1] = leastSeq
    heapEvent[hole] = heapEvent[least]
    hole = least
  }
  heapKeys[hole << 1] = at
  heapKeys[(hole << 1) | 1] = seq
  heapEvent[hole] = heapEvent[size]
  return event
}

function growHeap(agenda: Agenda): void {
  const capacity = agenda.heapEvent.length * 2
  agenda.heapKeys = grown(agenda.heapKeys, capacity << 1)
  agenda.heapEvent = grown(agenda.heapEvent, capacity)
}

function growPool(agenda: Agenda): void {
  const capacity = agenda.b.length * 2
  agenda.events = grown(agenda.events, capacity << EVENT_ROW_SHIFT)
  agenda.b = grown(agenda.b, capacity)
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
