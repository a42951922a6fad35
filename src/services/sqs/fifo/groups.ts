/**
 * Message groups (FACTS 2.8). A group's visible messages stand in a list of their own, in the order of
 * their sequence; those in flight are at most ten, as only one run of a group is out at a time. Groups
 * whose first message may be received stand in a ring; receives take from its head and never look at a
 * locked group. As on AWS, the group with the oldest first message comes first, and one whose first
 * message came back stands behind all that was sent till then.
 */
import {
  append,
  createList,
  insertBefore,
  unlink,
  type MessageList,
} from '../../../engine/lists.ts'
import type { MessageTable } from '../../../engine/messages.ts'
import type { Arrivals } from '../arrivals.ts'
import { createRing, enterRing, isInRing, leaveRing, makeRoom, type Ring } from './ring.ts'

/** Groups are looked for among so many of the oldest messages (FACTS 2.2). */
export const BACKLOG_LOOKED_AT = 120_000

export interface Group {
  id: string
  hue: number
  visible: MessageList
  /** Slots, in no order. */
  inFlight: number[]
  /** Messages in any state. */
  count: number
}

export interface Groups {
  /** A message's `group` is the index. */
  all: Group[]
  /** Indices of groups that hold nothing. */
  free: number[]
  byId: Map<string, number>
  ring: Ring
  /** Visible messages of all groups. */
  visible: number
  /** Groups with messages in flight. */
  withInFlight: number
  nextSequence: number
  /** The last message of those that are looked at, -1 = all are. */
  horizon: number
  /** Groups that the card shows, each in a lane of its own. */
  lanes: Lane[]
  /** How often a group came that had no messages before. */
  opened: number
}

export interface Lane {
  id: string
  /** `Groups.opened` when its group was empty last. */
  emptyAt: number
}

const LANES = 4
/** An empty group gives its lane to another only when so many came since. */
const OPENINGS_KEPT = 8

export const createGroups = (): Groups => ({
  all: [],
  free: [],
  byId: new Map(),
  ring: createRing(),
  visible: 0,
  withInFlight: 0,
  nextSequence: 1,
  horizon: -1,
  lanes: [],
  opened: 0,
})

/** A message comes to the queue: it is the last of its arrivals already. */
export function join(
  messages: MessageTable,
  groups: Groups,
  arrivals: Arrivals,
  slot: number,
  id: string,
): void {
  const index = groups.byId.get(id) ?? open(groups, id, messages.hue[slot])
  groups.all[index].count++
  messages.group[slot] = index
  messages.sequence[slot] = groups.nextSequence++
  if (groups.horizon < 0 && arrivals.count > BACKLOG_LOOKED_AT) {
    groups.horizon = messages.newerThan[slot]
  }
}

/** A message that is in no list leaves the queue: it is still among its arrivals. */
export function part(
  messages: MessageTable,
  groups: Groups,
  arrivals: Arrivals,
  slot: number,
): void {
  const index = messages.group[slot]
  messages.group[slot] = -1
  if (--groups.all[index].count > 0) settle(messages, groups, index)
  else close(groups, index)
  moveHorizon(messages, groups, arrivals, slot)
}

/** A message that is in no list, or was in flight, can be received when its turn comes. */
export function show(messages: MessageTable, groups: Groups, slot: number): void {
  const index = messages.group[slot]
  const group = groups.all[index]
  unlock(groups, group, slot)
  insert(messages, group.visible, slot)
  groups.visible++
  settle(messages, groups, index)
}

/** The opposite; whoever calls it settles the group. */
export function hide(messages: MessageTable, groups: Groups, slot: number): void {
  unlink(messages, groups.all[messages.group[slot]].visible, slot)
  groups.visible--
}

/** A message is in flight: its group is locked from there on. */
export function lock(messages: MessageTable, groups: Groups, slot: number): void {
  const { inFlight } = groups.all[messages.group[slot]]
  if (inFlight.push(slot) === 1) groups.withInFlight++
}

export function unlock(groups: Groups, group: Group, slot: number): void {
  const { inFlight } = group
  const place = inFlight.indexOf(slot)
  if (place < 0) return
  inFlight[place] = inFlight[inFlight.length - 1]
  inFlight.pop()
  if (inFlight.length === 0) groups.withInFlight--
}

/** The sequence of a group's first message in flight: what comes after it must wait. */
export function barrier(messages: MessageTable, { inFlight }: Group): number {
  let first = Infinity
  for (const slot of inFlight) first = Math.min(first, messages.sequence[slot])
  return first
}

/** Whether the group has messages that wait behind one in flight, which is its first. */
export const isLocked = (messages: MessageTable, group: Group): boolean =>
  group.inFlight.length > 0 && !isOpen(messages, group)

const isOpen = (messages: MessageTable, group: Group): boolean =>
  group.visible.head >= 0 && messages.sequence[group.visible.head] < barrier(messages, group)

/** Puts the group into the ring, or takes it out, as its first message asks. */
export function settle(messages: MessageTable, groups: Groups, index: number): void {
  const { all, ring } = groups
  const first = all[index].visible.head
  const ready = isOpen(messages, all[index]) && isLookedAt(messages, groups, first)
  if (ready === isInRing(ring, index)) return
  if (ready) enterRing(ring, index, turnOf(messages, groups, first))
  else leaveRing(ring, index)
}

/** The sequence of a message, or of the last one sent before it came back. */
const turnOf = ({ receives, sequence }: MessageTable, groups: Groups, slot: number): number =>
  receives[slot] === 0 ? sequence[slot] : groups.nextSequence - 1

const isLookedAt = (messages: MessageTable, { horizon }: Groups, slot: number): boolean =>
  horizon < 0 || messages.sequence[slot] <= messages.sequence[horizon]

/** Messages mostly come back to the beginning, or are new and go to the end. */
function insert(messages: MessageTable, list: MessageList, slot: number): void {
  const { sequence, next } = messages
  if (list.tail < 0 || sequence[list.tail] < sequence[slot]) {
    append(messages, list, slot)
    return
  }
  let before = list.head
  while (sequence[before] < sequence[slot]) before = next[before]
  insertBefore(messages, list, slot, before)
}

/** A message among those looked at is gone, so the next one is looked at too. */
function moveHorizon(
  messages: MessageTable,
  groups: Groups,
  arrivals: Arrivals,
  slot: number,
): void {
  const { horizon } = groups
  if (horizon < 0) return
  const { sequence, olderThan, group } = messages
  const isInside = sequence[slot] <= sequence[horizon]
  const next = olderThan[horizon]
  const allInside = arrivals.count - 1 <= BACKLOG_LOOKED_AT
  if (allInside) groups.horizon = -1
  else if (isInside) groups.horizon = next
  if (isInside && next >= 0) settle(messages, groups, group[next])
}

function open(groups: Groups, id: string, hue: number): number {
  const index = groups.free.pop() ?? groups.all.length
  groups.all[index] = {
    id,
    hue,
    visible: createList(),
    inFlight: [],
    count: 0,
  }
  makeRoom(groups.ring, index)
  groups.byId.set(id, index)
  groups.opened++
  takeLane(groups, id)
  return index
}

function takeLane({ lanes, byId, opened }: Groups, id: string): void {
  if (lanes.some((lane) => lane.id === id)) return
  const lane = { id, emptyAt: opened }
  if (lanes.length < LANES) {
    lanes.push(lane)
    return
  }
  const left = lanes.findIndex((old) => !byId.has(old.id) && opened - old.emptyAt >= OPENINGS_KEPT)
  if (left >= 0) lanes[left] = lane
}

function close(groups: Groups, index: number): void {
  const group = groups.all[index]
  if (isInRing(groups.ring, index)) leaveRing(groups.ring, index)
  groups.byId.delete(group.id)
  const lane = groups.lanes.find(({ id }) => id === group.id)
  if (lane) lane.emptyAt = groups.opened
  groups.free.push(index)
}

/** A SequenceNumber as AWS writes it: 20 digits, growing, not consecutive (FACTS 1.4). */
export const sequenceText = (sequence: number): string =>
  `1887${String(sequence * 256).padStart(16, '0')}`
