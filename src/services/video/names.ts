/** How a video stream is named (FACTS 10). */
import type { SimUs } from '../../base/units.ts'
import type { ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { arn, epochMs } from '../aws.ts'

/** Ends in the time of its creation, in milliseconds. */
export const streamArn = (name: string, createdUs: SimUs): string =>
  arn('kinesisvideo', `stream/${name}/${epochMs(createdUs)}`)

const ARN = /^arn:aws[\w-]*:kinesisvideo:[\w-]*:\d{12}:stream\/([A-Za-z0-9_.-]+)\/(\d+)$/

type Input = Readonly<Record<string, unknown>>

/** What an input calls its stream; '' when it does not. */
export const nameIn = ({ StreamName, StreamARN }: Input): string =>
  String(StreamName ?? ARN.exec(String(StreamARN ?? ''))?.[1] ?? '')

/** The stream with a name, or -1. */
export const streamNamed = (sim: Simulation, name: string): number =>
  sim.world.nodes.findIndex((node) => node.alive && node.kind === 'video' && node.name === name)

export const failure = (code: string, message: string, status = 400): ApiError => ({
  code,
  status,
  message,
})

export const NOT_FOUND = failure(
  'ResourceNotFoundException',
  'The requested stream is not found or not active.',
  404,
)

/** The stream that an outside call means, by its name or ARN. */
export function locate(sim: Simulation, _operation: string, input: Input): number | ApiError {
  if (input.StreamName === undefined && input.StreamARN === undefined) {
    return failure('InvalidArgumentException', 'Either streamName or streamARN should be provided.')
  }
  const node = streamNamed(sim, nameIn(input))
  return node >= 0
    ? node
    : failure('ResourceNotFoundException', 'The requested stream is not found or not active.', 404)
}
