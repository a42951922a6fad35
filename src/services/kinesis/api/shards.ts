/** Shards listed, split, merged and counted (FACTS 5, 6.4). */
import { fromSeconds } from '../../../base/units.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { ACCOUNT, epochMs, simUs } from '../../aws.ts'
import { begin } from '../changes.ts'
import {
  invalidArgument,
  limitExceeded,
  resourceInUse,
  shardNotFound,
  streamNotFound,
  validation,
} from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { compareKeys, hashKeyText, parseHashKey, toBig } from '../hashKeys.ts'
import { streamArn } from '../names.ts'
import { areAdjacent } from '../reshard.ts'
import {
  isUsable,
  parseShardId,
  retentionUs,
  shardId,
  streamOf,
  type Shard,
  type StreamState,
} from '../stream.ts'
import { activeStream, plainOperation } from './plain.ts'
import { livingShards, shardJson } from './shardJson.ts'
import { checkQuota } from './streams.ts'
import { readToken, writeToken } from './tokens.ts'
import { HASH_KEY, SHARD_ID, STREAM, STREAM_NAME, type Input } from './validate.ts'

const FILTERS = [
  'AFTER_SHARD_ID',
  'AT_TRIM_HORIZON',
  'FROM_TRIM_HORIZON',
  'AT_LATEST',
  'AT_TIMESTAMP',
  'FROM_TIMESTAMP',
]

export const listShards = plainOperation({
  name: 'ListShards',
  rules: {
    MaxResults: { min: 1, max: 10_000 },
    ExclusiveStartShardId: SHARD_ID,
    NextToken: { minLength: 1, maxLength: 1_048_576 },
    ShardFilter: {
      members: { Type: { required: true, oneOf: FILTERS }, ShardId: SHARD_ID },
    },
    ...STREAM,
    StreamName: STREAM_NAME,
  },
  check(sim, node, input) {
    const { name } = sim.world.nodes[node]
    if (!isUsable(streamOf(sim, node))) {
      const { status } = streamOf(sim, node)
      if (status === 'DELETING') throw new Refusal(streamNotFound(name))
      throw new Refusal(
        resourceInUse(
          `Stream ${name} under account ${ACCOUNT} not ACTIVE, instead in state ${status}`,
        ),
      )
    }
    checkFilter(input.ShardFilter as Input | undefined)
  },
  output(sim, node, input) {
    const state = streamOf(sim, node)
    const token = readToken(input.NextToken)
    const after = token
      ? Number(token.after)
      : parseShardId(String(input.ExclusiveStartShardId ?? ''))
    const filter = token ? (token.filter as Input | undefined) : (input.ShardFilter as Input)
    const shards = filtered(sim, state, filter).filter(({ index }) => index > after)
    const page = shards.slice(0, Number(input.MaxResults ?? 1000))
    const more = page.length < shards.length
    const { name } = sim.world.nodes[node]
    return {
      Shards: page.map(shardJson),
      ...(more && {
        NextToken: writeToken(sim, { stream: name, after: page.at(-1)!.index, filter }),
      }),
    }
  },
})

/** @throws Refusal */
function checkFilter(filter: Input | undefined): void {
  if (!filter) return
  const { Type, ShardId, Timestamp } = filter
  if (Type === 'AFTER_SHARD_ID' && ShardId === undefined) {
    throw new Refusal(
      invalidArgument('ShardId must be specified for ShardFilter type AFTER_SHARD_ID.'),
    )
  }
  if (String(Type).endsWith('_TIMESTAMP') && Timestamp === undefined) {
    throw new Refusal(
      invalidArgument(`Timestamp must be specified for ShardFilter type ${String(Type)}.`),
    )
  }
}

const openAt =
  (atUs: number) =>
  ({ createdUs, closedUs }: Shard): boolean =>
    createdUs <= atUs && (closedUs < 0 || closedUs > atUs)
const notClosedBefore =
  (atUs: number) =>
  ({ closedUs }: Shard): boolean =>
    closedUs < 0 || closedUs > atUs

function filtered(
  sim: Simulation,
  state: StreamState,
  filter: Input | undefined,
): readonly Shard[] {
  const shards = livingShards(state)
  if (!filter) return shards
  const horizonUs = Math.max(state.createdUs, sim.nowUs - retentionUs(state))
  const givenUs = Math.max(horizonUs, simUs(Number(filter.Timestamp ?? epochMs(0) / 1000)))
  switch (filter.Type) {
    case 'AFTER_SHARD_ID':
      return shards.filter(({ index }) => index > parseShardId(String(filter.ShardId)))
    case 'AT_LATEST':
      return shards.filter(({ closedUs }) => closedUs < 0)
    case 'AT_TRIM_HORIZON':
      return shards.filter(openAt(horizonUs))
    case 'AT_TIMESTAMP':
      return shards.filter(openAt(givenUs))
    case 'FROM_TIMESTAMP':
      return shards.filter(notClosedBefore(givenUs))
    default:
      return shards
  }
}

/** Of a stream that has not said itself how many shards it has. @throws Refusal */
function provisioned(sim: Simulation, node: number, operation: string): StreamState {
  const state = streamOf(sim, node)
  if (!state.settings.onDemand) return state
  const { name } = sim.world.nodes[node]
  throw new Refusal(
    validation(
      `Request is invalid. ${operation} is not supported for stream ${name} under account ${ACCOUNT}, which is in ON_DEMAND mode.`,
    ),
  )
}

/** An open shard that a caller names. @throws Refusal */
function openShard(sim: Simulation, node: number, given: string): Shard {
  const { name } = sim.world.nodes[node]
  const index = parseShardId(given)
  const shard = streamOf(sim, node).shards.at(index)
  if (!shard || shard.expired) throw new Refusal(shardNotFound(shardId(index), name))
  if (shard.closedUs >= 0) {
    throw new Refusal(
      invalidArgument(
        `Shard ${shardId(index)} in stream ${name} under account ${ACCOUNT} has already been merged or split, and thus is not eligible for merging or splitting.`,
      ),
    )
  }
  return shard
}

export const splitShard = plainOperation({
  name: 'SplitShard',
  rules: {
    NewStartingHashKey: { ...HASH_KEY, required: true },
    ...STREAM,
    ShardToSplit: { ...SHARD_ID, required: true },
  },
  shardIds: ['ShardToSplit'],
  check(sim, node, input) {
    provisioned(sim, node, 'SplitShard')
    const shard = openShard(sim, node, String(input.ShardToSplit))
    const given = String(input.NewStartingHashKey)
    const key = parseHashKey(given)
    const inside = key && toBig(key) > toBig(shard.start) + 1n && compareKeys(key, shard.end) < 0
    if (!inside) {
      throw new Refusal(
        invalidArgument(
          `NewStartingHashKey ${given} used in SplitShard() on shard ${shardId(shard.index)} in stream ${sim.world.nodes[node].name} under account ${ACCOUNT} is not both greater than one plus the shard's StartingHashKey ${hashKeyText(shard.start)} and less than the shard's EndingHashKey ${hashKeyText(shard.end)}.`,
        ),
      )
    }
    activeStream(sim, node)
    checkQuota(sim, 1)
  },
  run(sim, node, input) {
    begin(sim, node, {
      type: 'split',
      shard: parseShardId(String(input.ShardToSplit)),
      at: parseHashKey(String(input.NewStartingHashKey))!,
    })
  },
})

export const mergeShards = plainOperation({
  name: 'MergeShards',
  rules: {
    ShardToMerge: { ...SHARD_ID, required: true },
    AdjacentShardToMerge: { ...SHARD_ID, required: true },
    ...STREAM,
  },
  shardIds: ['ShardToMerge', 'AdjacentShardToMerge'],
  check(sim, node, input) {
    provisioned(sim, node, 'MergeShards')
    const shard = openShard(sim, node, String(input.ShardToMerge))
    const other = openShard(sim, node, String(input.AdjacentShardToMerge))
    if (!areAdjacent(shard, other)) {
      throw new Refusal(
        invalidArgument(
          `Shards ${shardId(shard.index)} and ${shardId(other.index)} in stream ${sim.world.nodes[node].name} under account ${ACCOUNT} are not an adjacent pair of shards eligible for merging`,
        ),
      )
    }
    activeStream(sim, node)
  },
  run(sim, node, input) {
    const shard = parseShardId(String(input.ShardToMerge))
    begin(sim, node, {
      type: 'merge',
      shard,
      other: parseShardId(String(input.AdjacentShardToMerge)),
    })
  },
})

const MOST_SCALINGS = 10
const DAY_US = fromSeconds(86_400)
const MOST_SHARDS = 10_000

export const updateShardCount = plainOperation({
  name: 'UpdateShardCount',
  rules: {
    ScalingType: { required: true, oneOf: ['UNIFORM_SCALING'] },
    ...STREAM,
    TargetShardCount: { required: true, min: 1, max: 100_000 },
  },
  check(sim, node, input) {
    const state = provisioned(sim, node, 'UpdateShardCount')
    activeStream(sim, node)
    const { name } = sim.world.nodes[node]
    const target = Number(input.TargetShardCount)
    const current = state.open.length
    const counts = `Current open shard count: ${current}, Target shard count: ${target}`
    const beyond = (limit: string): Refusal => new Refusal(limitExceeded(`${limit}. ${counts}`))
    if (target > MOST_SHARDS) {
      throw beyond(
        `Target shard count or number of open shards cannot be greater than ${MOST_SHARDS}`,
      )
    }
    if (target > current * 2) {
      throw beyond('UpdateShardCount cannot scale up over double your current open shard count')
    }
    if (target < current / 2) {
      throw beyond('UpdateShardCount cannot scale down below half your current open shard count')
    }
    if (target === current) {
      throw new Refusal(
        invalidArgument(
          `Target shard count or number of open shards cannot be the same: TargetShardCount ${target}, open shards ${current}`,
        ),
      )
    }
    if (recentScalings(sim, state).length >= MOST_SCALINGS) {
      throw new Refusal(
        limitExceeded(
          `Request exceeded the limit of ${MOST_SCALINGS} scaling operations within 24 hours for stream ${name} under account ${ACCOUNT}.`,
        ),
      )
    }
    checkQuota(sim, Math.max(0, target - current))
  },
  run(sim, node, input) {
    const state = streamOf(sim, node)
    state.scalingsUs = [...recentScalings(sim, state), sim.nowUs]
    begin(sim, node, { type: 'reshard', target: Number(input.TargetShardCount) })
  },
  output(sim, node, input) {
    const { name } = sim.world.nodes[node]
    return {
      StreamName: name,
      CurrentShardCount: streamOf(sim, node).open.length,
      TargetShardCount: Number(input.TargetShardCount),
      StreamARN: streamArn(name),
    }
  },
})

const recentScalings = (sim: Simulation, { scalingsUs }: StreamState): number[] =>
  scalingsUs.filter((atUs) => sim.nowUs - atUs < DAY_US)
