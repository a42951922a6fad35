/** For tests: a stream, programs that put records into it, and an application that reads it. */
import { toBase64 } from '../../base/base64.ts'
import { US_PER_S } from '../../base/units.ts'
import { totalsOf } from '../../engine/totals.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { Config } from '../../scenario/scenario.ts'
import { design, simulate } from '../lab.ts'
import behaviour from './behaviour.ts'

const encoder = new TextEncoder()

/** A result as it stands in the inspector's table: the window, then the values. */
export type Result = readonly [span: string, ...values: string[]]

export class AnalyticsBed {
  readonly sim: Simulation
  private readonly app: number

  /** Results go to a stream of their own, `out`. */
  constructor(config: Config = {}, stream: Config = { ShardCount: 2 }) {
    this.sim = simulate(
      design({
        nodes: {
          s: ['kinesis', stream],
          app: ['analytics', { start: 'TRIM_HORIZON', ...config }],
          out: ['kinesis', { ShardCount: 1 }],
        },
        wires: [
          ['s', 'app'],
          ['app', 'out'],
        ],
      }),
    )
    this.app = this.sim.world.nodes.findIndex(({ id }) => id === 'app')
  }

  /** A record that arrives at this second of the run. */
  put(atS: number, record: unknown, partitionKey = 'k'): void {
    this.until(atS)
    const text = typeof record === 'string' ? record : JSON.stringify(record)
    this.ask('s', 'PutRecord', {
      Data: toBase64(encoder.encode(text)),
      PartitionKey: partitionKey,
    })
  }

  ask(stream: string, operation: string, input: Config) {
    return this.sim.callFromOutside('kinesis', operation, { StreamName: stream, ...input })
  }

  until(second: number): void {
    this.sim.advance(Math.round(second * US_PER_S))
  }

  configure(config: Config): void {
    const drawn = this.sim.world.scenario.nodes.find(({ id }) => id === 'app')!
    const changed = { ...drawn, config: { ...drawn.config, ...config } }
    this.sim.intervene({ type: 'edit', atUs: 0, diff: { nodes: { app: changed }, wires: {} } })
  }

  /** Oldest window first; its rows as the query gave them. */
  get results(): Result[] {
    const { rows } = behaviour.table!(this.sim, this.app, 0, 100)
    const results = rows.map(([, until, ...rest]): Result => [
      `${rest.at(-1)}–${until}`,
      ...rest.slice(0, -1),
    ])
    const ends = [...new Set(results.map(endOf))].toReversed()
    return ends.flatMap((end) => results.filter((result) => endOf(result) === end))
  }

  get digest() {
    return behaviour.digest(this.sim, this.app)
  }

  get figures(): Readonly<Record<string, number>> {
    return this.digest.figures
  }

  get broken(): readonly string[] {
    return totalsOf(this.sim).invariants.broken
  }

  /** What came out at the end, as JSON. */
  get written(): unknown[] {
    const { output } = this.ask('out', 'ListShards', {})
    const [{ ShardId }] = (output as { Shards: { ShardId: string }[] }).Shards
    const { output: iterator } = this.ask('out', 'GetShardIterator', {
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    })
    const { output: read } = this.sim.callFromOutside('kinesis', 'GetRecords', iterator as Config)
    return (read as { Records: { Data: string }[] }).Records.map(({ Data }) =>
      JSON.parse(atob(Data)),
    )
  }
}

const endOf = ([span]: Result): string => span.split('–')[1]
