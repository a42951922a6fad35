/** For tests: a delivery stream in few words, put to through the API. */
import { fromSeconds } from '../../base/units.ts'
import { logEntry, logPage } from '../../engine/views.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import type { Config } from '../../scenario/scenario.ts'
import { design, simulate } from '../lab.ts'
import behaviour from './behaviour.ts'

export const STREAM = 'to-lake'
const NODE = 0

/** A request that a destination got, by the log. */
export interface Delivery {
  readonly operation: string
  readonly error: string
  readonly input: Readonly<Record<string, unknown>>
}

export class Firehose {
  readonly sim: Simulation

  constructor(config: Config = {}) {
    this.sim = simulate(
      design({
        nodes: { [STREAM]: ['firehose', { deliveryMs: 0, directPutMiBps: 0, ...config }] },
        wires: [],
      }),
    )
  }

  ask(operation: string, input: Config = {}) {
    const { output, error } = this.sim.callFromOutside('firehose', operation, {
      DeliveryStreamName: STREAM,
      ...input,
    })
    return { output: output as Readonly<Record<string, unknown>> | undefined, error }
  }

  /** So many records of so many bytes each, in batches as large as they may be. */
  put(count: number, bytes = 10): void {
    const record = { Data: btoa('x'.repeat(bytes)) }
    const most = Math.max(1, Math.min(500, Math.floor((4 * 1_048_576) / bytes)))
    for (let left = count; left > 0; left -= most) {
      this.ask('PutRecordBatch', {
        Records: Array.from({ length: Math.min(most, left) }, () => record),
      })
    }
  }

  /** To this second of the run. */
  until(second: number): void {
    this.sim.advance(fromSeconds(second))
  }

  get figures(): Readonly<Record<string, number>> {
    return behaviour.digest(this.sim, NODE).figures
  }

  get broken(): readonly string[] {
    return totalsOf(this.sim).invariants.broken
  }

  /** Oldest first. */
  get deliveries(): Delivery[] {
    const { rows } = logPage(this.sim, 0, 200, {})
    return rows
      .toReversed()
      .filter(({ from, isCall }) => isCall && from === STREAM)
      .map((row) => {
        const { request } = logEntry(this.sim, row.row)!
        return {
          operation: row.operation,
          error: row.error,
          input: request as Readonly<Record<string, unknown>>,
        }
      })
  }
}
