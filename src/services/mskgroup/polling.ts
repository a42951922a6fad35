/**
 * How a group reads: each member polls its partitions in turn, works, and commits the offset. When
 * members come or go, all end their work and share the partitions anew; what a crashed member had not
 * committed is read again (at least once).
 */
import { fromMs } from '../../base/units.ts'
import type { RecordBatch } from '../../engine/batch.ts'
import { CODE } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { addRecent } from '../recent.ts'
import { answeredBatch } from '../records.ts'
import { COUNTER, NEWS, groupOf, type Group, type Member, type Reading } from './group.ts'

export const EVENT = { poll: 0, done: 1, session: 2, metadata: 3 } as const

/** fetch.max.wait.ms, and the pause after a refusal. */
const WAIT_US = fromMs(500)
/** metadata.max.age.ms: added partitions are found so late. */
const METADATA_US = fromMs(300_000)
/** Beyond every offset: the topic answers with its end. */
const LATEST = 0xffffffff
/** Calls and events tell generation and member as one number; more than the most members. */
const MEMBERS = 64
/** A partition as one number with its wire; more than the most partitions. */
const PARTITIONS = 256
const TOKENS = 6

/** The wires as they are now; partitions of those that stay go on where they were. */
export function connect(sim: Simulation, node: number): void {
  const { nodes, wires } = sim.world
  const group = groupOf(sim, node)
  const present = nodes[node].in.filter((wire) => wires[wire].role === 'fetch')
  const kept = group.readings.filter(({ wire }) => present.includes(wire))
  if (kept.length < group.readings.length) {
    group.readings = kept
    rebalance(sim, node)
  }
  for (const wire of present) {
    if (!kept.some((reading) => reading.wire === wire)) askMetadata(sim, node, wire)
  }
}

function askMetadata(sim: Simulation, node: number, wire: number): void {
  const to = sim.world.wires[wire].from
  sim.send(sim.call(node, to, sim.operationIndex(to, 'Metadata'), wire))
  sim.at(sim.nowUs + METADATA_US, node, EVENT.metadata, wire)
}

/** Members come or go, or partitions do. */
export function rebalance(sim: Simulation, node: number): void {
  groupOf(sim, node).joining = true
  shareOut(sim, node)
}

/** Once nobody works any more: partition by partition to the members in turn. */
function shareOut(sim: Simulation, node: number): void {
  const group = groupOf(sim, node)
  const { members, readings } = group
  if (!group.joining || members.some(({ alive, busy }) => alive && busy)) return
  const present = members.flatMap(({ alive }, index) => (alive ? [index] : []))
  group.joining = false
  group.generation++
  sim.world.nodes[node].counters[COUNTER.rebalances]++
  sim.news(node, NEWS.rebalanced, -1)
  readings.forEach((reading, n) => {
    reading.owner = present.length === 0 ? -1 : present[n % present.length]
    reading.position = reading.committed
  })
  for (const index of present) {
    members[index].empty = 0
    poll(sim, node, index)
  }
}

const tokenOf = ({ generation }: Group, member: number): number => generation * MEMBERS + member

/** The member that a call or an event belongs to, unless it has gone or its partitions have. */
function memberOf(group: Group, token: number): Member | undefined {
  const member = group.members[token % MEMBERS]
  return member?.alive && Math.floor(token / MEMBERS) === group.generation ? member : undefined
}

const placeOf = ({ wire, partition }: Pick<Reading, 'wire' | 'partition'>): number =>
  wire * PARTITIONS + partition
const readingAt = ({ readings }: Group, place: number): Reading | undefined =>
  readings.find((reading) => placeOf(reading) === place)

function poll(sim: Simulation, node: number, index: number): void {
  const { calls, nodes } = sim.world
  const group = groupOf(sim, node)
  const own = group.readings.filter(({ owner }) => owner === index)
  if (group.joining || own.length === 0) return
  const { wire, topic, partition, position } = own[group.members[index].turn++ % own.length]
  const { config } = nodes[node]
  const call = sim.call(node, topic, sim.operationIndex(topic, 'Fetch'), wire)
  calls.arg[call] = partition
  calls.arg2[call] = position >= 0 ? position : config.autoOffsetReset === 'latest' ? LATEST : 0
  calls.arg3[call] = Number(config.maxPollRecords)
  calls.token[call] = tokenOf(group, index)
  sim.send(call)
}

export function answered(sim: Simulation, node: number, call: number): void {
  const { calls } = sim.world
  const operation = sim.operationOf(call).name
  if (operation === 'Metadata' && calls.code[call] === CODE.ok) {
    learn(sim, node, calls.wire[call], calls.arg[call])
  } else if (operation === 'Fetch') {
    fetched(sim, node, call)
  }
}

/** How many partitions the topic has. */
function learn(sim: Simulation, node: number, wire: number, count: number): void {
  const { readings } = groupOf(sim, node)
  const topic = sim.world.wires[wire].from
  const known = readings.filter((reading) => reading.wire === wire).length
  for (let partition = known; partition < count; partition++) {
    const start = { owner: -1, position: -1, committed: -1, seen: 0 }
    readings.push({ wire, topic, partition, ...start })
  }
  if (count > known) rebalance(sim, node)
}

function fetched(sim: Simulation, node: number, call: number): void {
  const { calls, nodes } = sim.world
  const group = groupOf(sim, node)
  const token = calls.token[call]
  const member = memberOf(group, token)
  const wire = calls.wire[call]
  const reading = readingAt(group, placeOf({ wire, partition: calls.arg[call] }))
  if (!member || group.joining || !reading) return
  const batch = answeredBatch(sim, call)
  if (batch && batch.count > 0) {
    member.empty = 0
    member.busy = true
    note(group, batch)
    // It goes back to the committed offset when the member crashes.
    if (reading.committed < 0) reading.committed = batch.first
    reading.position = batch.next
    const workUs = fromMs(Number(nodes[node].config.recordMs)) * batch.count
    sim.at(sim.nowUs + workUs, node, EVENT.done, token, placeOf(reading))
    return
  }
  if (batch) start(reading, batch.next)
  else nodes[node].counters[COUNTER.refused]++
  const own = group.readings.filter(({ owner }) => owner === token % MEMBERS).length
  if (batch && ++member.empty % own !== 0) poll(sim, node, token % MEMBERS)
  else sim.at(sim.nowUs + WAIT_US, node, EVENT.poll, token)
}

/** An empty poll says where a partition goes on that was never read. */
function start(reading: Reading, next: number): void {
  reading.position = next
  if (reading.committed < 0) {
    reading.committed = next
    reading.seen = next
  }
}

function note({ last }: Group, { count, serials, hues }: RecordBatch): void {
  for (let n = Math.max(0, count - TOKENS); n < count; n++) {
    last.unshift({ message: serials[n], hue: hues[n] })
  }
  last.length = Math.min(last.length, TOKENS)
}

export function due(sim: Simulation, node: number, type: number, a: number, b: number): void {
  const group = groupOf(sim, node)
  if (type === EVENT.session) missed(sim, node)
  else if (type === EVENT.metadata) refresh(sim, node, a)
  else if (!memberOf(group, a)) return
  else if (type === EVENT.poll) poll(sim, node, a % MEMBERS)
  else if (group.members[a % MEMBERS].busy) done(sim, node, a % MEMBERS, readingAt(group, b))
}

/** A session has timed out: unless it came back, its partitions go to others. */
function missed(sim: Simulation, node: number): void {
  const { members, readings } = groupOf(sim, node)
  if (readings.some(({ owner }) => members[owner]?.alive === false)) rebalance(sim, node)
}

function refresh(sim: Simulation, node: number, wire: number): void {
  if (sim.world.nodes[node].in.includes(wire)) askMetadata(sim, node, wire)
}

/** The records of a poll are worked on: their offset is committed. */
function done(sim: Simulation, node: number, index: number, reading: Reading | undefined): void {
  const { calls, nodes } = sim.world
  const group = groupOf(sim, node)
  const { counters } = nodes[node]
  group.members[index].busy = false
  if (reading) {
    const { committed, position, seen, topic, wire, partition } = reading
    counters[COUNTER.records] += position - committed
    counters[COUNTER.again] += Math.max(0, Math.min(seen, position) - committed)
    addRecent(group.recent, sim.nowUs, 0, position - committed)
    reading.seen = Math.max(seen, position)
    reading.committed = position
    const call = sim.call(node, topic, sim.operationIndex(topic, 'OffsetCommit'), wire)
    calls.arg[call] = partition
    calls.arg2[call] = position
    sim.send(call)
  }
  if (group.joining) shareOut(sim, node)
  else poll(sim, node, index)
}

/** One that has partitions ends at once: its work is done, but its offset is not committed. */
export function crash(sim: Simulation, node: number): void {
  const group = groupOf(sim, node)
  const index = group.members.findIndex(
    ({ alive }, n) => alive && group.readings.some(({ owner }) => owner === n),
  )
  if (index < 0) return
  const member = group.members[index]
  if (member.busy) {
    for (const reading of group.readings) {
      if (reading.owner === index) reading.seen = Math.max(reading.seen, reading.position)
    }
  }
  member.alive = false
  member.busy = false
  sim.news(node, NEWS.crashed, -1)
  sim.mark(node, 'crashed')
  const timeoutUs = fromMs(Number(sim.world.nodes[node].config.sessionTimeoutMs))
  sim.at(sim.nowUs + timeoutUs, node, EVENT.session)
  if (group.joining) shareOut(sim, node)
}

/** Members that crashed come back. */
export function restart(sim: Simulation, node: number): void {
  const { members } = groupOf(sim, node)
  if (members.every(({ alive }) => alive)) return
  for (const member of members) member.alive = true
  rebalance(sim, node)
}
