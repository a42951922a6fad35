/** An hour of a thousand messages a second behind the worker's protocol, to be gone through. */
import { US_PER_S } from '../../src/base/units.ts'
import { emptyScenario, type Config, type Scenario } from '../../src/scenario/scenario.ts'
import { kinds } from '../../src/services/kinds.ts'
import { createHost } from '../../src/worker/host.ts'
import type { FromWorker } from '../../src/worker/protocol.ts'

const node = (id: string, kind: string, config: Config) =>
  ({ id, kind, name: id, x: 0, y: 0, config }) as const

/** Failures, duplicates and a dead-letter queue included. */
const scenario: Scenario = {
  ...emptyScenario('an hour'),
  settings: { network: 'realistic', limits: 'today' },
  nodes: [
    node('shop', 'producer', { pattern: 'poisson', ratePerSecond: 1_000 }),
    node('orders', 'sqs', { VisibilityTimeout: 5 }),
    node('dead', 'sqs', {}),
    node('workers', 'consumer', {
      instances: 4,
      concurrency: 10,
      MaxNumberOfMessages: 10,
      serviceTimeMs: 20,
      failureChance: 0.02,
      batchDelete: true,
    }),
  ],
  wires: [
    { id: 'in', from: 'shop', to: 'orders', config: {} },
    { id: 'out', from: 'orders', to: 'workers', config: {} },
    { id: 'redrive', from: 'orders', to: 'dead', config: { maxReceiveCount: 3 } },
  ],
}

export function openHour() {
  let atUs = 0
  let hops = 0
  const hear = (message: FromWorker): void => {
    if (message.type === 'failed') throw new Error(message.message)
    if (message.type !== 'frame') return
    atUs = message.frame.atUs
    hops = message.frame.hops.count
  }
  const ask = createHost(kinds, hear, () => performance.now())
  ask({ type: 'load', run: 1, scenario, interventions: [] })
  const onTo = (toUs: number): void => {
    for (;;) {
      if (atUs >= toUs) return
      ask({ type: 'advance', run: 1, toUs, wantDigests: false })
    }
  }
  return {
    play: (seconds: number) => onTo(seconds * US_PER_S),
    /** Answers of the worker included: digests of all cards, hops under way. */
    seek(seconds: number): number {
      const toUs = Math.round(seconds * US_PER_S)
      ask({ type: 'seek', run: 1, toUs })
      onTo(toUs)
      return hops
    },
    stepBack: () => ask({ type: 'stepBack', run: 1 }),
  }
}
