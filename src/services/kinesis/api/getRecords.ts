/** GetShardIterator and GetRecords (FACTS 5, 6.3); see `services/records.ts` for their numbers. */
import { counted } from '../../../base/format.ts'
import type { CallView } from '../../../engine/behaviour.ts'
import { CODE } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { ACCOUNT, epochMs, simUs } from '../../aws.ts'
import { ITERATOR, ITERATOR_LIFE_US, LIMITS, SHARDS, writeAsk } from '../../records.ts'
import { invalidArgument, shardDoesNotExist, shardNotFound, streamNotFound } from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { batchOf, getRecords as read, getShardIterator as find } from '../get.ts'
import { MOST_BYTES_PER_READ, MOST_RECORDS_PER_READ } from '../limits.ts'
import { childShardsJson, millisBehind, recordsJson } from '../recordJson.ts'
import { positionOf } from '../../recordLog.ts'
import { firstSequence, parseSequence, sequenceAsRead } from '../../sequence.ts'
import {
  isUsable,
  parseShardId,
  shardId,
  streamOf,
  type Shard,
  type StreamState,
} from '../stream.ts'
import { readIterator, writeIterator } from './iterators.ts'
import type { CheckedOperation } from './plain.ts'
import { SEQUENCE_NUMBER, SHARD_ID, STREAM, STREAM_ARN, type Input } from './validate.ts'

export const TYPES: Readonly<Record<string, number>> = {
  AFTER_SEQUENCE_NUMBER: ITERATOR.afterSequenceNumber,
  LATEST: ITERATOR.latest,
  AT_TIMESTAMP: ITERATOR.atTimestamp,
  AT_SEQUENCE_NUMBER: ITERATOR.atSequenceNumber,
  TRIM_HORIZON: ITERATOR.trimHorizon,
}

export const getShardIterator: CheckedOperation = {
  name: 'GetShardIterator',
  rules: {
    ShardId: { ...SHARD_ID, required: true },
    ShardIteratorType: { required: true, oneOf: Object.keys(TYPES) },
    StartingSequenceNumber: SEQUENCE_NUMBER,
    ...STREAM,
  },
  shardIds: ['ShardId'],
  carries: 'records',
  run: find,
  parse: (sim, node, call, input) =>
    reading(() => {
      const state = streamOf(sim, node)
      const { name } = sim.world.nodes[node]
      if (!isUsable(state)) throw new Refusal(streamNotFound(name))
      const shard = knownShard(state, name, String(input.ShardId))
      const start = readStart(sim, name, shard, input, 'ShardIteratorType', 'GetShardIterator')
      const { calls } = sim.world
      calls.arg[call] = shard.index + SHARDS * start.type
      calls.arg2[call] = start.at
    }),
  request: (sim, node, call) => ({
    StreamName: sim.world.nodes[node].name,
    ShardId: shardId(call.arg % SHARDS),
    ShardIteratorType: typeName(call),
  }),
  response: (sim, node, call) => ({
    ShardIterator: iteratorAt(sim, node, call.arg % SHARDS, call.arg3),
  }),
  gist: (_sim, call) => ({ input: `shard-${call.arg % SHARDS}, ${typeName(call)}`, output: '' }),
}

const typeName = ({ arg }: CallView): string =>
  Object.keys(TYPES).find((name) => TYPES[name] === Math.floor(arg / SHARDS)) ?? ''

function iteratorAt(
  sim: Simulation,
  node: number,
  shard: number,
  position: number,
  reads = 0,
): string {
  const { id, name } = sim.world.nodes[node]
  return writeIterator({ node: id, stream: name, shard, position, createdUs: sim.nowUs, reads })
}

/** Reads that led to what a GetRecords asked with; parts keep no iterators. */
const readsBefore = ({ outside }: CallView): number =>
  readIterator(String(outside?.input.ShardIterator ?? ''))?.reads ?? 0

export const getRecords: CheckedOperation = {
  name: 'GetRecords',
  rules: {
    Limit: { min: 1, max: MOST_RECORDS_PER_READ },
    ShardIterator: { required: true, minLength: 1, maxLength: 512 },
    StreamARN: STREAM_ARN,
  },
  carries: 'records',
  run: read,
  parse: (sim, _node, call, input) =>
    reading(() => {
      const iterator = readIterator(String(input.ShardIterator))!
      const cursor = {
        shard: iterator.shard,
        position: iterator.position,
        expiresUs: iterator.createdUs + ITERATOR_LIFE_US,
      }
      writeAsk(sim.world.calls, call, cursor, Number(input.Limit ?? MOST_RECORDS_PER_READ))
    }),
  request: (sim, node, call) => ({
    ShardIterator: iteratorAt(sim, node, call.arg, call.arg2),
    Limit: call.arg3 % LIMITS,
  }),
  response(sim, node, call) {
    const state = streamOf(sim, node)
    const shard = state.shards[call.arg]
    const count = Math.floor(call.arg3 / LIMITS)
    // Read once more: what is told of a call long ago is as much as is still there.
    const from = Math.max(call.arg2, shard.log.trimmed)
    const limit = Math.max(0, call.arg2 + count - from)
    const batch = batchOf(sim, shard, from, limit, MOST_BYTES_PER_READ)
    const next = call.arg2 + count
    const isOver = shard.closedUs >= 0 && next >= shard.log.end
    const isEmpty = call.items.length === 0
    return {
      Records: recordsJson(sim, state, batch),
      ...(!isOver && {
        NextShardIterator: iteratorAt(sim, node, call.arg, next, readsBefore(call) + 1),
      }),
      MillisBehindLatest: isEmpty ? 0 : millisBehind({ behindUs: call.items[0].receipt }),
      ...(isOver && childShardsJson(state, { ...batch, childShards: shard.children })),
    }
  },
  gist: (_sim, call) => {
    const count = Math.floor(call.arg3 / LIMITS)
    return {
      input: `shard-${call.arg} from ${call.arg2}`,
      output: count === 0 ? 'empty' : counted(count, 'record'),
    }
  },
  touches(sim, node, call, message) {
    if (call.code !== CODE.ok) return false
    const { log } = streamOf(sim, node).shards[call.arg]
    return positionOf(log, message, call.arg2, call.arg2 + Math.floor(call.arg3 / LIMITS)) >= 0
  },
}

/** A shard that a caller names, if it is still there. @throws Refusal */
export function knownShard(state: StreamState, stream: string, given: string): Shard {
  const index = parseShardId(given)
  const shard = index < 0 ? undefined : state.shards.at(index)
  if (shard && !shard.expired) return shard
  throw new Refusal(index < 0 ? shardNotFound(given, stream) : shardDoesNotExist(index, stream))
}

/**
 * Where to begin: a type, and the position or time it goes by. GetShardIterator and SubscribeToShard
 * take it alike.
 * @throws Refusal
 */
export function readStart(
  sim: Simulation,
  stream: string,
  shard: Shard,
  input: Input,
  typeMember: string,
  operation: string,
): { type: number; at: number } {
  const name = String(input[typeMember])
  const type = TYPES[name]
  const given = sequenceMember(input)
  if (name === 'AT_TIMESTAMP') {
    if (input.Timestamp === undefined) throw mustSpecifyTimestamp(name)
    const atUs = simUs(Number(input.Timestamp))
    if (Number(input.Timestamp) * 1000 > epochMs(sim.nowUs) + 1) {
      throw new Refusal(
        invalidArgument(
          `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${Math.floor(Number(input.Timestamp) * 1000)}, currentTimestampInMillis: ${epochMs(sim.nowUs)}`,
        ),
      )
    }
    return { type, at: atUs }
  }
  const needsSequence = name.endsWith('SEQUENCE_NUMBER')
  if (needsSequence !== (given !== undefined)) {
    throw new Refusal(
      invalidArgument(
        `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${name} and ${given === undefined ? 'no' : 'also a'} StartingSequenceNumber.`,
      ),
    )
  }
  if (given === undefined) return { type, at: 0 }
  return { type, at: readSequence(stream, shard, String(given), operation) }
}

const sequenceMember = (input: Input): unknown =>
  input.StartingSequenceNumber ?? input.SequenceNumber

const mustSpecifyTimestamp = (type: string): Refusal =>
  new Refusal(
    invalidArgument(
      `Must specify timestampInMillis parameter for iterator of type ${type}. Current request has no timestamp parameter.`,
    ),
  )

/** The position that a sequence number means in a shard. @throws Refusal */
function readSequence(stream: string, shard: Shard, given: string, operation: string): number {
  const sequence = parseSequence(given)
  const where = `used in ${operation} on shard ${shardId(shard.index)} in stream ${stream} under account ${ACCOUNT} is invalid`
  if (!sequence) {
    throw new Refusal(invalidArgument(`StartingSequenceNumber ${sequenceAsRead(given)} ${where}.`))
  }
  if (sequence.shard !== shard.index) {
    throw new Refusal(
      invalidArgument(
        `Invalid StartingSequenceNumber. It encodes ${shardId(sequence.shard)}, while it was used in a call to a shard with ${shardId(shard.index)}`,
      ),
    )
  }
  const ours = parseSequence(firstSequence(shard.createdUs, shard.index))
  if (!ours || sequence.createdS !== ours.createdS) {
    throw new Refusal(
      invalidArgument(
        `StartingSequenceNumber ${sequenceAsRead(given)} ${where} because it did not come from this stream.`,
      ),
    )
  }
  return sequence.position
}
