/** For tests: a stream, programs that call it, and a part that reads it. */
import type { Behaviour } from '../../engine/behaviour.ts'
import type { Kinds } from '../../engine/build.ts'
import type { ApiError } from '../../engine/calls.ts'
import { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { toBase64 } from '../../base/base64.ts'
import type { Config } from '../../scenario/scenario.ts'
import { kinds } from '../kinds.ts'
import { design, simulate } from '../lab.ts'

type Input = Readonly<Record<string, unknown>>

export interface Put {
  readonly ShardId: string
  readonly SequenceNumber: string
}
export interface Child {
  readonly ShardId: string
  readonly ParentShards: readonly string[]
  readonly HashKeyRange: { readonly StartingHashKey: string; readonly EndingHashKey: string }
}
export interface Read {
  readonly Records: readonly {
    readonly SequenceNumber: string
    readonly ApproximateArrivalTimestamp: number
    readonly Data: string
    readonly PartitionKey: string
  }[]
  readonly NextShardIterator?: string
  readonly MillisBehindLatest: number
  readonly ChildShards?: readonly Child[]
}

/** The words of what was read. */
export const words = ({ Records }: Read): string[] => Records.map(({ Data }) => atob(Data))

const encoder = new TextEncoder()
export const data = (text: string): string => toBase64(encoder.encode(text))

/** A world with the stream 's' in it, and how a program calls it. */
export function streamBed(config: Config = {}, producer?: Config) {
  const sim = simulate(
    design({
      nodes: {
        s: ['kinesis', config],
        ...(producer && { p: ['producer', producer] as const }),
      },
      wires: producer ? [['p', 's']] : [],
    }),
  )
  return { sim, ...callsOf(sim) }
}

export function callsOf(sim: Simulation) {
  const ticket = (operation: string, input: Input = {}) => {
    const asked = sim.callFromOutside('kinesis', operation, input)
    sim.advance(sim.nowUs)
    return asked
  }
  /** The output; throws when the call was refused. */
  const call = <T>(operation: string, input: Input = {}): T => {
    const { output, error } = ticket(operation, input)
    if (error) throw new Error(`${error.code}: ${error.message}`)
    return output as T
  }
  return {
    ticket,
    call,
    refusal: (operation: string, input: Input = {}): ApiError | undefined =>
      ticket(operation, input).error,
    put: (key: string, text = 'x'): Put =>
      call('PutRecord', { StreamName: 's', Data: data(text), PartitionKey: key }),
    iterator: (shard: number, type = 'TRIM_HORIZON', more: Input = {}): string =>
      call<{ ShardIterator: string }>('GetShardIterator', {
        StreamName: 's',
        ShardId: `shardId-${String(shard).padStart(12, '0')}`,
        ShardIteratorType: type,
        ...more,
      }).ShardIterator,
    read: (ShardIterator: string, Limit?: number): Read =>
      call('GetRecords', { ShardIterator, ...(Limit && { Limit }) }),
    balanced: (): readonly string[] => totalsOf(sim).invariants.broken,
  }
}

/** A world in which the part 'c' behaves as `reader` says. */
export function readerBed(config: Config, producer: Config, reader: Partial<Behaviour>) {
  const watching: Kinds = {
    ...kinds,
    behaviour(kind) {
      const known = kinds.behaviour(kind)
      return kind === 'consumer' && known ? { ...known, ...reader } : known
    },
  }
  const scenario = design({
    nodes: { p: ['producer', producer], s: ['kinesis', config], c: ['consumer'] },
    wires: [['p', 's']],
  })
  return new Simulation(scenario, [], watching)
}
