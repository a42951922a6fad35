/** How a stream and its consumers are named (FACTS 5). */
import type { Simulation } from '../../engine/simulation.ts'
import { arn } from '../aws.ts'

export const streamArn = (name: string): string => arn('kinesis', `stream/${name}`)

const ARN = /^arn:aws[\w-]*:kinesis:[\w-]*:\d{12}:stream\/([A-Za-z0-9_.-]+)(?:\/consumer\/(.+))?$/

/** The stream that an ARN names, and what stands behind it of a consumer's. */
export function readArn(text: string): { stream: string; consumer: string } | null {
  const parts = ARN.exec(text)
  return parts && { stream: parts[1], consumer: parts[2] ?? '' }
}

/** The stream with a name, or -1. */
export const streamNamed = (sim: Simulation, name: string): number =>
  sim.world.nodes.findIndex((node) => node.alive && node.kind === 'kinesis' && node.name === name)

type Input = Readonly<Record<string, unknown>>

/** What an input calls its stream, by its name or in an ARN; undefined when it does not. */
export function streamIn({ StreamName, StreamARN, ConsumerARN, ResourceARN }: Input) {
  const arn = StreamARN ?? ConsumerARN ?? ResourceARN
  if (arn !== undefined) return readArn(String(arn))?.stream ?? ''
  return StreamName === undefined ? undefined : String(StreamName)
}

/** The stream that an input names, or -1. */
export const namedStream = (sim: Simulation, input: Input): number =>
  streamNamed(sim, streamIn(input) ?? '')
