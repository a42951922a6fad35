/** Which stream an outside call means: by name, by ARN, by a consumer's ARN or by a shard iterator. */
import type { ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { invalidArgument, streamNotFound, validation } from '../errors.ts'
import { reading } from '../../refusal.ts'
import { readArn, streamNamed } from '../names.ts'
import { readIterator } from './iterators.ts'
import { readToken, tokenProblem } from './tokens.ts'
import { checkGetRecords } from './getRecords.ts'
import { CONSUMER_ARN, STREAM, check, type Input } from './validate.ts'

export function locate(sim: Simulation, operation: string, input: Input): number | ApiError {
  if (operation === 'GetRecords') return locateIterator(sim, input)
  if (operation === 'ListShards' && input.NextToken !== undefined) return locateToken(sim, input)
  const problem = reading(() => check(input, { ...STREAM, ConsumerARN: CONSUMER_ARN }))
  if (problem) return problem
  const { StreamName, StreamARN, ConsumerARN, ResourceARN } = input
  const arn = StreamARN ?? ConsumerARN ?? ResourceARN
  const named = arn === undefined ? String(StreamName ?? '') : (readArn(String(arn))?.stream ?? '')
  if (StreamName === undefined && arn === undefined) return NOT_NAMED
  if (StreamName !== undefined && StreamARN !== undefined && StreamName !== named) return DIFFERENT
  const node = streamNamed(sim, named)
  return node < 0 ? streamNotFound(named) : node
}

const NOT_NAMED = validation(
  "1 validation error detected: Value null at 'streamName' failed to satisfy constraint: Member must not be null",
)
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
  const problem = reading(() => checkGetRecords(input))
  if (problem) return problem
  const { node: id, stream } = readIterator(String(input.ShardIterator))!
  const node = sim.world.nodes.findIndex((candidate) => candidate.alive && candidate.id === id)
  return node < 0 ? streamNotFound(stream) : node
}
