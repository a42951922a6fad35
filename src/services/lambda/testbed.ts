/** For tests: a function between other parts, in few words. */
import { fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { logEntry, logPage } from '../../engine/views.ts'
import type { Config } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import behaviour from './behaviour.ts'

type Nodes = Readonly<Record<string, readonly [kind: string, config?: Config]>>
type Wires = readonly (readonly [from: string, to: string, config?: Config])[]

export const FUNCTION = 'fn'

/** A function that takes 100 ms for a record, without chance and cold starts. */
const QUICK: Config = { serviceTimeMs: 100, coldStartMs: 0 }

export class Bed {
  readonly sim: Simulation

  constructor(config: Config, nodes: Nodes = {}, wires: Wires = [], seed = 1) {
    this.sim = simulate(
      design({ nodes: { [FUNCTION]: ['lambda', { ...QUICK, ...config }], ...nodes }, wires, seed }),
    )
  }

  invoke(input: Config = {}) {
    return this.sim.callFromOutside('lambda', 'Invoke', { FunctionName: FUNCTION, ...input })
  }

  /** To this second of the run. */
  until(second: number): void {
    this.sim.advance(fromSeconds(second))
  }

  /** Books and metrics of a part; fails when a book does not add up. */
  of(name = FUNCTION): Readonly<Record<string, number>> {
    const { nodes, invariants } = totalsOf(this.sim)
    if (!invariants.ok) throw new Error(invariants.broken.join('; '))
    return { ...nodes[name].metrics, ...nodes[name].totals }
  }

  get figures(): Readonly<Record<string, number>> {
    return behaviour.digest(this.sim, 0).figures
  }

  get advice(): readonly string[] {
    return behaviour.digest(this.sim, 0).advice
  }

  /** Inputs of the calls of one operation, oldest first. */
  calls(operation: string) {
    const { rows } = logPage(this.sim, 0, 200, { operation })
    return rows.toReversed().map(({ row, atUs, error }) => {
      const { request, response } = logEntry(this.sim, row)!
      return { atS: atUs / 1_000_000, error, request, response } as {
        atS: number
        error: string
        request: Record<string, unknown>
        response: Record<string, unknown>
      }
    })
  }
}

/** A queue with so many messages at 1 s, wired to the function. */
export function queueBed(
  config: Config,
  mapping: Config,
  { messages = 10, queue = {}, deadLetters = false, producer = {} }: QueueParts = {},
): Bed {
  return new Bed(
    config,
    {
      source: ['producer', { pattern: 'once', onceAtS: 1, onceCount: messages, ...producer }],
      orders: ['sqs', { ...CERTAIN, ...queue }],
      ...(deadLetters && { dead: ['sqs', CERTAIN] }),
    },
    [
      ['source', 'orders'],
      ['orders', FUNCTION, mapping],
      ...(deadLetters ? [['orders', 'dead', { maxReceiveCount: 2 }] as const] : []),
    ],
  )
}

interface QueueParts {
  readonly messages?: number
  readonly queue?: Config
  readonly deadLetters?: boolean
  readonly producer?: Config
}
