/** For tests: a producer, a stream, an application and its lease table, and the table as it stands. */
import { totalsOf } from '../../engine/totals.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { Config, ScenarioSettings } from '../../scenario/scenario.ts'
import { design, simulate } from '../lab.ts'
import { leaseIn, type Lease } from './leases.ts'
import { stateOf, type State } from './state.ts'

const S = 1_000_000

interface Bed {
  readonly app?: Config
  readonly stream?: Config
  readonly table?: Config
  readonly producer?: Config
  readonly queue?: boolean
  readonly seed?: number
  readonly network?: ScenarioSettings['network']
}

export function kclBed({ app, stream, table, producer, queue, seed, network }: Bed = {}) {
  const sim = simulate(
    design({
      seed,
      nodes: {
        p: ['producer', { ratePerSecond: 40, recordsPerCall: 10, keys: 40, ...producer }],
        s: ['kinesis', { ShardCount: 4, ...stream }],
        app: ['kcl', app],
        leases: ['dynamodb', { partitionKey: 'leaseKey', ...table }],
        ...(queue && { q: ['sqs', {}] as const }),
      },
      wires: [
        ['p', 's'],
        ['s', 'app'],
        ['app', 'leases'],
        ...(queue ? ([['app', 'q']] as const) : []),
      ],
      network: network ?? 'realistic',
    }),
  )
  return new KclBed(sim)
}

export class KclBed {
  readonly sim: Simulation

  constructor(sim: Simulation) {
    this.sim = sim
  }

  /** To this second of the run. */
  until(second: number): this {
    this.sim.advance(second * S)
    return this
  }

  act(node: string, action: string): this {
    this.sim.intervene({ type: 'action', atUs: 0, node, action, args: {} })
    return this
  }

  get state(): State {
    return stateOf(this.sim, 2)
  }

  /** By the table. */
  get leases(): Lease[] {
    const { output } = this.sim.callFromOutside('dynamodb', 'Scan', { TableName: 'leases' })
    const { Items } = output as { readonly Items: Parameters<typeof leaseIn>[0][] }
    return Items.map(leaseIn)
  }

  /** How many open leases each owner has, by the table: [2, 2]. */
  get shares(): number[] {
    const counts = new Map<string, number>()
    for (const { owner, checkpoint } of this.leases) {
      if (checkpoint !== 'SHARD_END') counts.set(owner, (counts.get(owner) ?? 0) + 1)
    }
    return [...counts.values()].sort((a, b) => a - b)
  }

  totals(node: string): Readonly<Record<string, number>> {
    return totalsOf(this.sim).nodes[node].totals
  }

  get broken(): readonly string[] {
    return totalsOf(this.sim).invariants.broken
  }
}
