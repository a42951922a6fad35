/** Streams built from the product's own parts: put by a producer, read by a reader, resharded by API. */
import { Simulation } from '../../src/engine/simulation.ts'
import { totalsOf } from '../../src/engine/totals.ts'
import { emptyScenario, type Config, type Scenario } from '../../src/scenario/scenario.ts'
import { kinds } from '../../src/services/kinds.ts'

const SHARDS = 1_000
const PER_SECOND = 100_000

const node = (id: string, kind: string, config: Config) =>
  ({ id, kind, name: id, x: 0, y: 0, config }) as const

function scenario(records: number, isRead: boolean): Scenario {
  return {
    ...emptyScenario('streams'),
    seed: 7,
    settings: { network: 'instant', limits: 'today' },
    nodes: [
      node('p', 'producer', {
        ratePerSecond: PER_SECOND,
        recordsPerCall: 500,
        keys: 10_000,
        stopAfterCount: records,
      }),
      node('s', 'kinesis', { ShardCount: SHARDS }),
      ...(isRead ? [node('r', 'reader', { recordMs: 0, everyMs: 250 })] : []),
    ],
    wires: [
      { id: 'w1', from: 'p', to: 's', config: {} },
      ...(isRead ? [{ id: 'w2', from: 's', to: 'r', config: {} }] : []),
    ],
  }
}

function check(sim: Simulation): Record<string, Record<string, number>> {
  const { nodes, invariants } = totalsOf(sim)
  if (!invariants.ok) throw new Error(invariants.broken.join(' '))
  return Object.fromEntries(Object.entries(nodes).map(([name, { totals }]) => [name, totals]))
}

/** PutRecords of 500 over a thousand shards. Returns the world that holds them. */
export function putRecords(records: number): Simulation {
  const sim = new Simulation(scenario(records, false), [], kinds)
  sim.advance((records / PER_SECOND + 5) * 1e6)
  const { s } = check(sim)
  if (s.IncomingRecords !== records) throw new Error(`stored ${s.IncomingRecords} of ${records}`)
  return sim
}

/** The same, and every record read once while they come. */
export function putAndGetRecords(records: number): Simulation {
  const sim = new Simulation(scenario(records, true), [], kinds)
  sim.advance((records / PER_SECOND + 5) * 1e6)
  const { r } = check(sim)
  if (r.records !== records) throw new Error(`read ${r.records} of ${records}`)
  return sim
}

/** Doubles the shards of a stream, to the end of the change. */
export function reshard(sim: Simulation): void {
  const { error } = sim.callFromOutside('kinesis', 'UpdateShardCount', {
    StreamName: 's',
    TargetShardCount: SHARDS * 2,
    ScalingType: 'UNIFORM_SCALING',
  })
  if (error) throw new Error(error.message)
  sim.advance(sim.nowUs + 60e6)
  check(sim)
}
