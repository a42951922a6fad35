/** Kinesis data streams in the engine (FACTS parts 5 and 6). */
import { because } from './because.ts'
import type { Behaviour, CallView, ItemView } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT } from '../aws.ts'
import { clockText } from './clockText.ts'
import { readIterator } from './api/iterators.ts'
import { actions } from './actions.ts'
import { ACCOUNT_OPERATIONS, OPERATIONS } from './api/operations.ts'
import { locate } from './api/locate.ts'
import { broken } from './books.ts'
import { charges } from './charges.ts'
import { begin, changeDue } from './changes.ts'
import { settle } from './consumers.ts'
import { digestOf } from './digest.ts'
import { ERRORS } from './errors.ts'
import { COUNTERS, EVENT, NEWS_WORDS } from './events.ts'
import { METRICS, gauges } from './metrics.ts'
import { endAll, forget, pushDue, subscriptionOver } from './push.ts'
import { shardIn } from '../shards.ts'
import { armRetention, expire } from './retention.ts'
import { scale } from './scaling.ts'
import { readSettings } from './settings.ts'
import { measureShards, partMetrics } from './shardMetrics.ts'
import { findStored, pageOf } from './stored.ts'
import { createStream, shardId, streamOf } from './stream.ts'
import { settleUsage } from './usage.ts'

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: ERRORS,
  fill,
  operations: OPERATIONS,
  accountOperations: ACCOUNT_OPERATIONS,
  news: NEWS_WORDS,
  because,
  cloudWatch: { namespace: 'AWS/Kinesis', dimension: 'StreamName' },
  metrics: METRICS,
  partMetrics,

  create: createStream,
  configured(sim, node) {
    const state = streamOf(sim, node)
    const before = state.settings
    const settings = readSettings(sim.world.nodes[node].config)
    settleUsage(state, sim.nowUs)
    state.settings = settings
    const counts = !settings.onDemand && settings.shardCount !== before.shardCount
    if (counts && settings.shardCount !== state.open.length && state.status === 'ACTIVE') {
      begin(sim, node, { type: 'reshard', target: settings.shardCount })
    }
    measureShards(state)
    if (settings.retentionHours < before.retentionHours) expire(sim, node)
    armRetention(sim, node, state)
  },
  removed: (sim, node) => endAll(sim, streamOf(sim, node)),

  event(sim, node, type, a, b) {
    if (type === EVENT.push) pushDue(sim, node, a, b)
    else if (type === EVENT.retention) expire(sim, node)
    else if (type === EVENT.change) changeDue(sim, node, a)
    else if (type === EVENT.scale) scale(sim, node)
    else if (type === EVENT.subscription) subscriptionOver(sim, node, a, b)
    else settle(streamOf(sim, node), a, sim.nowUs)
  },

  locate,
  subject: ({ StreamName, StreamARN }) =>
    String(StreamName ?? String(StreamARN ?? '').replace(/^.*stream\//, '')),
  hungUp: (sim, node, call) => forget(streamOf(sim, node), call),
  actions,
  digest: digestOf,
  gauges,
  stored: { page: pageOf, find: findStored },
  charges,
  broken,
}

/** Values that the texts of run-time errors name. */
function fill(
  sim: Simulation,
  node: number,
  placeholder: string,
  call: CallView,
  item: ItemView | undefined = call.items[0],
): string {
  switch (placeholder) {
    case 'stream':
      return sim.world.nodes[node].name
    case 'shard':
      return shardId(item ? shardIn(item.receipt) : call.arg)
    case 'subscription':
      return subscriptionOf(sim, node, call)
    case 'limit':
      return String(streamOf(sim, node).settings.maxRecordBytes)
    case 'created':
      return clockText(iteratorMadeUs(call) ?? sim.nowUs)
    default:
      return clockText(sim.nowUs)
  }
}

/** Whose subscription to which shard is in the way, as AWS names it. */
function subscriptionOf(sim: Simulation, node: number, { arg, arg3 }: CallView): string {
  const consumer = streamOf(sim, node).consumers.find(({ id }) => id === arg3)
  return [ACCOUNT, sim.world.nodes[node].name, shardId(arg), consumer?.name].join(':')
}

/** When the iterator of a GetRecords from outside was made. */
const iteratorMadeUs = ({ outside }: CallView): number | undefined =>
  readIterator(String(outside?.input.ShardIterator ?? ''))?.createdUs

export default behaviour
