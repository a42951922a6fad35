/** Streams made, told of, listed and deleted (FACTS 5). */
import type { AccountOperation } from '../../../engine/behaviour.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { ACCOUNT, REGION, epochMs } from '../../aws.ts'
import { freeId, freePlace } from '../../layout.ts'
import { begin, finish } from '../changes.ts'
import { limitExceeded, resourceInUse, validation } from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { streamArn, streamNamed } from '../names.ts'
import { isUsable, parseShardId, streamOf, type StreamState } from '../stream.ts'
import schema from '../schema.ts'
import { plainOperation } from './plain.ts'
import { livingShards, shardJson } from './shardJson.ts'
import { TAGS, readTags } from './tags.ts'
import { SHARD_ID, STREAM, STREAM_NAME, check, type Input } from './validate.ts'

const MOST_CREATING = 5
/** Shards of an account (FACTS 6.4). */
export const SHARD_QUOTA = 20_000

const MODES = ['PROVISIONED', 'ON_DEMAND']
const STRATEGIES = ['USER_PARTITION_KEY', 'AUTO']

/** An operation on no stream that is there. */
const account = (
  name: string,
  run: (sim: Simulation, input: Input) => unknown,
): AccountOperation => ({
  name,
  run(sim, input) {
    let output: unknown = {}
    const error = reading(() => {
      output = run(sim, input) ?? {}
    })
    return error ? { error } : { output }
  },
})

export const createStream = account('CreateStream', (sim, input) => {
  check(input, {
    ShardCount: { min: 1 },
    StreamName: { ...STREAM_NAME, required: true },
    StreamModeDetails: { members: { StreamMode: { required: true, oneOf: MODES } } },
    Tags: TAGS,
    MaxRecordSizeInKiB: { min: 1024, max: 10_240 },
    RecordDistributionStrategy: { oneOf: STRATEGIES },
  })
  const name = String(input.StreamName)
  const mode = modeOf(input)
  const { ShardCount, RecordDistributionStrategy } = input
  if (mode === 'PROVISIONED' && ShardCount === undefined) {
    throw new Refusal(validation('ShardCount must be specified in PROVISIONED mode.'))
  }
  if (mode === 'ON_DEMAND' && ShardCount !== undefined) {
    throw new Refusal(
      validation('ShardCount cannot be specified while creating a stream in ON_DEMAND mode.'),
    )
  }
  if (mode === 'PROVISIONED' && RecordDistributionStrategy === 'AUTO') {
    throw new Refusal(validation('AUTO record distribution needs a stream in ON_DEMAND mode.'))
  }
  if (streamNamed(sim, name) >= 0) {
    throw new Refusal(resourceInUse(`Stream ${name} under account ${ACCOUNT} already exists.`))
  }
  const creating = streamsOf(sim).filter(({ state }) => state.status === 'CREATING')
  if (creating.length >= MOST_CREATING) throw new Refusal(TOO_MANY_CREATING)
  checkQuota(sim, mode === 'PROVISIONED' ? Number(ShardCount) : 4)
  const tags = readTags(input.Tags)
  sim.edit({
    nodes: {
      ...additionFor(sim, name, {
        ...(mode === 'PROVISIONED' ? { ShardCount: Number(ShardCount) } : { StreamMode: mode }),
        ...(input.MaxRecordSizeInKiB !== undefined && {
          MaxRecordSizeInKiB: Number(input.MaxRecordSizeInKiB),
        }),
        ...(RecordDistributionStrategy !== undefined &&
          mode === 'ON_DEMAND' && {
            RecordDistributionStrategy: String(RecordDistributionStrategy),
          }),
      }),
    },
    wires: {},
  })
  const node = streamNamed(sim, name)
  streamOf(sim, node).tags = tags
  begin(sim, node, { type: 'create' })
})

function additionFor(sim: Simulation, name: string, config: Record<string, string | number>) {
  const id = freeId(sim, 'stream')
  return { [id]: { id, kind: schema.kind, name, ...freePlace(sim.world.scenario), config } }
}

/** A stream of which no mode and no number of shards is said is on-demand. */
const modeOf = ({ StreamModeDetails, ShardCount }: Input): string =>
  String(
    (StreamModeDetails as Input | undefined)?.StreamMode ??
      (ShardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED'),
  )

const TOO_MANY_CREATING = limitExceeded(
  `Simultaneous CreateStream limit reached. Only ${MOST_CREATING} streams may be in the CREATING state.`,
)

const streamsOf = (sim: Simulation): { node: number; name: string; state: StreamState }[] =>
  sim.world.nodes
    .filter(({ alive, kind }) => alive && kind === schema.kind)
    .map(({ index, name }) => ({ node: index, name, state: streamOf(sim, index) }))

export const openShards = (sim: Simulation): number =>
  streamsOf(sim).reduce((sum, { state }) => sum + state.open.length, 0)

/** @throws Refusal when the account would have too many shards */
export function checkQuota(sim: Simulation, more: number): void {
  const present = openShards(sim)
  if (present + more <= SHARD_QUOTA) return
  throw new Refusal(
    limitExceeded(
      `This request would exceed the shard limit for the account ${ACCOUNT} in ${REGION}. Current shard count for the account: ${present}. Limit: ${SHARD_QUOTA}. Number of additional shards that would have resulted from this request: ${more}. Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`,
    ),
  )
}

export const deleteStream = plainOperation({
  name: 'DeleteStream',
  rules: STREAM,
  check(sim, node, input) {
    const state = streamOf(sim, node)
    const { name } = sim.world.nodes[node]
    if (state.consumers.length > 0 && input.EnforceConsumerDeletion !== true) {
      throw new Refusal(
        resourceInUse(
          `DeleteStream can’t delete ${ACCOUNT}:${name} because there are consumers associated with this data stream. To delete ${name} anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
        ),
      )
    }
  },
  run(sim, node) {
    if (streamOf(sim, node).status !== 'DELETING') begin(sim, node, { type: 'delete' })
  },
})

/** A page of all streams by name. */
export const listStreams = account('ListStreams', (sim, input) => {
  check(input, {
    ExclusiveStartStreamName: STREAM_NAME,
    Limit: { min: 1, max: 10_000 },
    NextToken: { minLength: 1 },
  })
  const after = String(input.NextToken ?? input.ExclusiveStartStreamName ?? '')
  const all = streamsOf(sim)
    .filter(({ name }) => name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const page = all.slice(0, Number(input.Limit ?? 100))
  const HasMoreStreams = page.length < all.length
  return {
    StreamNames: page.map(({ name }) => name),
    HasMoreStreams,
    ...(HasMoreStreams && { NextToken: page.at(-1)!.name }),
    StreamSummaries: page.map(({ name, state }) => ({
      StreamName: name,
      StreamARN: streamArn(name),
      StreamStatus: state.status,
      StreamModeDetails: modeDetails(state),
      StreamCreationTimestamp: epochMs(state.createdUs) / 1000,
    })),
  }
})

/** Whoever has seen what is under way need not wait for it (`changes.ts`). */
export function seen(sim: Simulation, node: number): void {
  finish(sim, node)
}

const MOST_SHARDS_TOLD = 100

export const describeStream = plainOperation({
  name: 'DescribeStream',
  rules: { Limit: { min: 1, max: 10_000 }, ExclusiveStartShardId: SHARD_ID, ...STREAM },
  output(sim, node, input) {
    const state = streamOf(sim, node)
    const after = parseShardId(String(input.ExclusiveStartShardId ?? ''))
    const shards = isUsable(state) ? livingShards(state).filter(({ index }) => index > after) : []
    const limit = Math.min(Number(input.Limit ?? MOST_SHARDS_TOLD), MOST_SHARDS_TOLD)
    return {
      StreamDescription: {
        ...description(sim, node, state),
        Shards: shards.slice(0, limit).map(shardJson),
        HasMoreShards: shards.length > limit,
      },
    }
  },
  told: seen,
})

export const describeStreamSummary = plainOperation({
  name: 'DescribeStreamSummary',
  rules: STREAM,
  output(sim, node) {
    const state = streamOf(sim, node)
    return {
      StreamDescriptionSummary: {
        ...description(sim, node, state),
        OpenShardCount: isUsable(state) ? state.open.length : 0,
        ConsumerCount: state.consumers.length,
        MaxRecordSizeInKiB: state.settings.maxRecordBytes / 1024,
        ...(state.settings.onDemand && {
          RecordDistributionStrategy: state.settings.auto ? 'AUTO' : 'USER_PARTITION_KEY',
        }),
      },
    }
  },
  told: seen,
})

export const modeDetails = ({ settings }: StreamState) => ({
  StreamMode: settings.onDemand ? 'ON_DEMAND' : 'PROVISIONED',
})

const description = (sim: Simulation, node: number, state: StreamState) => ({
  StreamName: sim.world.nodes[node].name,
  StreamARN: streamArn(sim.world.nodes[node].name),
  StreamStatus: state.status,
  StreamModeDetails: modeDetails(state),
  RetentionPeriodHours: state.settings.retentionHours,
  StreamCreationTimestamp: epochMs(state.createdUs) / 1000,
  EnhancedMonitoring: [{ ShardLevelMetrics: state.settings.shardMetrics }],
  EncryptionType: state.keyId === '' ? 'NONE' : 'KMS',
  ...(state.keyId !== '' && { KeyId: state.keyId }),
})

export const describeLimits = account('DescribeLimits', (sim) => ({
  ShardLimit: SHARD_QUOTA,
  OpenShardCount: openShards(sim),
  OnDemandStreamCount: streamsOf(sim).filter(({ state }) => state.settings.onDemand).length,
  OnDemandStreamCountLimit: 50,
}))

export const describeAccountSettings = account('DescribeAccountSettings', () => ({
  MinimumThroughputBillingCommitment: { Status: 'DISABLED' },
}))
