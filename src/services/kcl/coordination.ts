/**
 * A worker's rounds: it scans the lease table, sees to it that every shard has a lease (when the table
 * is empty, when it has read a shard to its end, and now and then the leader), and takes what leases
 * it should have.
 */
import { fromMs } from '../../base/units.ts'
import { nextBelow } from '../../base/random.ts'
import type { OutsideCall } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import {
  PATIENCE_US,
  askStream,
  askTable,
  failoverUs,
  isThrottled,
  streamOf,
  tableName,
} from './calls.ts'
import { missingLeases, needlessLeases } from './discovery.ts'
import { hold } from './holding.ts'
import { creation, deletion, leaseIn, numberOf, takeover } from './leases.ts'
import type { Lease, ListedShard } from './leases.ts'
import { EVENT, count, ownerName, stateOf, type Worker } from './state.ts'
import { leasesToTake } from './taking.ts'

/** Scans now, and again after twice the failover time. */
export function round(sim: Simulation, node: number, worker: Worker): void {
  scan(sim, node, worker)
  sim.at(sim.nowUs + 2 * failoverUs(sim, node), node, EVENT.round, worker.life)
}

export function scan(sim: Simulation, node: number, worker: Worker): void {
  worker.scanned = []
  askScan(sim, node, worker)
}

function askScan(sim: Simulation, node: number, worker: Worker, from?: unknown): void {
  askTable(sim, node, worker, worker.life, 'Scan', {
    TableName: tableName(sim, node),
    ...(from !== undefined && { ExclusiveStartKey: from }),
  })
}

interface Page {
  readonly Items: readonly Parameters<typeof leaseIn>[0][]
  readonly LastEvaluatedKey?: unknown
}

export function scanned(sim: Simulation, node: number, worker: Worker, told: OutsideCall): void {
  if (!told.output) {
    isThrottled(sim, node, told)
    sim.at(sim.nowUs + PATIENCE_US, node, EVENT.scan, worker.life)
    return
  }
  const { Items, LastEvaluatedKey } = told.output as Page
  worker.scanned.push(...Items.map(leaseIn))
  if (LastEvaluatedKey !== undefined) {
    askScan(sim, node, worker, LastEvaluatedKey)
    return
  }
  notice(sim, worker)
  if (needsSync(sim, node, worker)) listShards(sim, node, worker)
  else take(sim, node, worker)
}

/** What it now knows of the leases, and since when each counter stands still. */
function notice(sim: Simulation, worker: Worker): void {
  const before = new Map(worker.known.map((lease) => [lease.shard, lease]))
  const sinceUs: Record<number, number> = {}
  for (const { shard, counter, owner } of worker.scanned) {
    const known = before.get(shard)
    const stands = known?.counter === counter && known.owner === owner
    sinceUs[shard] = stands ? worker.sinceUs[shard] : sim.nowUs
  }
  worker.known = worker.scanned
  worker.scanned = []
  worker.sinceUs = sinceUs
}

function needsSync(sim: Simulation, node: number, worker: Worker): boolean {
  if (worker.creating > 0) return false
  if (worker.known.length === 0 || worker.wantsSync) return true
  const everyUs = fromMs(Number(sim.world.nodes[node].config.shardSyncIntervalMillis))
  return isLeader(worker) && sim.nowUs - stateOf(sim, node).syncedUs >= everyUs
}

/** Of those that hold leases, the first by name. */
function isLeader(worker: Worker): boolean {
  const me = ownerName(worker)
  return worker.known.every(({ owner }) => owner === '' || owner >= me)
}

const MOST_SHARDS = 10_000

const listShards = (sim: Simulation, node: number, worker: Worker): void =>
  askStream(sim, node, worker, worker.life, 'ListShards', {
    StreamName: sim.world.nodes[streamOf(sim, node)].name,
    MaxResults: MOST_SHARDS,
  })

/** Makes the leases that the table lacks, and deletes those that are done with. */
export function listed(sim: Simulation, node: number, worker: Worker, told: OutsideCall): void {
  if (!told.output) {
    // The stream may be on its way in.
    sim.at(sim.nowUs + PATIENCE_US, node, EVENT.scan, worker.life)
    return
  }
  const { Shards } = told.output as { readonly Shards: readonly ListedShard[] }
  stateOf(sim, node).syncedUs = sim.nowUs
  worker.wantsSync = false
  const table = tableName(sim, node)
  for (const { shard } of needlessLeases(Shards, worker.known)) {
    askTable(sim, node, worker, worker.life, 'DeleteItem', deletion(table, shard))
  }
  const start = String(sim.world.nodes[node].config.start)
  const missing = missingLeases(Shards, worker.known, start)
  worker.creating = missing.length
  for (const { shard, checkpoint } of missing) {
    askTable(sim, node, worker, worker.life, 'PutItem', creation(table, shard, checkpoint))
  }
  if (missing.length === 0) take(sim, node, worker)
}

/** One was made, by it or by another; when all are, it looks again. */
export function created(sim: Simulation, node: number, worker: Worker, told: OutsideCall): void {
  if (isThrottled(sim, node, told)) worker.wantsSync = true
  if (--worker.creating > 0) return
  if (worker.wantsSync) sim.at(sim.nowUs + PATIENCE_US, node, EVENT.scan, worker.life)
  else scan(sim, node, worker)
}

function take(sim: Simulation, node: number, worker: Worker): void {
  const { config } = sim.world.nodes[node]
  const state = stateOf(sim, node)
  const waitUs = failoverUs(sim, node)
  const me = ownerName(worker)
  const wanted = leasesToTake({
    leases: worker.known,
    me,
    isExpired: ({ shard }) => sim.nowUs - worker.sinceUs[shard] >= waitUs,
    maxLeases: Number(config.maxLeasesForWorker),
    maxToSteal: Number(config.maxLeasesToStealAtOneTime),
    choose: (n) => nextBelow(sim.world.random, state.choice, n),
  })
  for (const lease of wanted) {
    const isMine = worker.held.some(({ shard }) => shard === lease.shard)
    if (isMine || worker.taking.includes(lease.shard)) continue
    worker.taking.push(lease.shard)
    const update = takeover(tableName(sim, node), lease, me)
    askTable(sim, node, worker, worker.life, 'UpdateItem', update)
  }
}

interface LeaseInput {
  readonly Key: { readonly leaseKey: { readonly S: string } }
}

/** The table has answered a take. */
export function taken(sim: Simulation, node: number, worker: Worker, told: OutsideCall): void {
  const shard = numberOf((told.input as unknown as LeaseInput).Key.leaseKey.S)
  worker.taking = worker.taking.filter((each) => each !== shard)
  isThrottled(sim, node, told)
  const lease = worker.known.find((each) => each.shard === shard)
  if (told.error || !lease) return
  count(sim, node, 'taken')
  if (isStolen(sim, node, worker, lease)) count(sim, node, 'stolen')
  hold(sim, node, worker, lease)
}

const isStolen = (sim: Simulation, node: number, worker: Worker, lease: Lease): boolean =>
  lease.owner !== '' && sim.nowUs - worker.sinceUs[lease.shard] < failoverUs(sim, node)
