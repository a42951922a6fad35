/** Which stream an outside call means: by name, by ARN, by a consumer's ARN or by a shard iterator. */
import type { ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import {
  invalidArgument,
  shardDoesNotExist,
  shardNotFound,
  streamNotFound,
  validation,
} from '../errors.ts'
import { reading } from '../../refusal.ts'
import { streamIn, streamNamed } from '../names.ts'
import { parseShardId } from '../stream.ts'
import { readIterator } from './iterators.ts'
import { OPERATIONS } from './operations.ts'
import type { CheckedOperation } from './plain.ts'
import { readToken, tokenProblem } from './tokens.ts'
import { check, type Input } from './validate.ts'

const OPERATION: ReadonlyMap<string, CheckedOperation> = new Map(
  OPERATIONS.map((operation) => [operation.name, operation]),
)

export function locate(sim: Simulation, operation: string, input: Input): number | ApiError {
  const { rules, shardIds = [] } = OPERATION.get(operation)!
  const problem = reading(() =>
    check(input, typeof rules === 'function' ? rules(sim, input) : rules),
  )
  if (problem) return problem
  if (operation === 'GetRecords') return locateIterator(sim, input)
  if (operation === 'ListShards' && input.NextToken !== undefined) return locateToken(sim, input)
  const name = streamIn(input)
  if (name === undefined) return operation === 'ListShards' ? NEITHER : NOT_NAMED
  const { StreamName } = input
  if (StreamName !== undefined && StreamName !== name) return DIFFERENT
  const node = streamNamed(sim, name)
  const shards = shardIds.map((member) => String(input[member]))
  const odd = shards.find((shard) => parseShardId(shard) < 0)
  if (odd !== undefined) return shardNotFound(odd, name)
  if (node >= 0) return node
  return operation === 'GetShardIterator'
    ? shardDoesNotExist(parseShardId(shards[0]), name)
    : streamNotFound(name)
}

const NOT_NAMED = validation(
  "1 validation error detected: Value null at 'streamName' failed to satisfy constraint: Member must not be null",
)
const NEITHER = invalidArgument('Either NextToken or StreamName should be provided.')
const DIFFERENT = invalidArgument('StreamName and StreamARN do not match.')

/** NextToken of ListShards says by itself which stream it is about (FACTS 5). */
function locateToken(sim: Simulation, input: Input): number | ApiError {
  if (input.StreamName !== undefined || input.ExclusiveStartShardId !== undefined) {
    return invalidArgument('NextToken and StreamName cannot be provided together.')
  }
  const problem = tokenProblem(sim, input.NextToken)
  if (problem) return problem
  const { stream } = readToken(input.NextToken)!
  const node = streamNamed(sim, stream)
  return node < 0 ? streamNotFound(stream) : node
}

function locateIterator(sim: Simulation, input: Input): number | ApiError {
  const iterator = readIterator(String(input.ShardIterator))
  if (!iterator) return invalidArgument('Invalid ShardIterator.')
  const { node: id, stream, shard } = iterator
  const node = sim.world.nodes.findIndex((candidate) => candidate.alive && candidate.id === id)
  return node < 0 ? shardDoesNotExist(shard, stream) : node
}
