/** A small scenario for this folder's tests: every kind, every role, and a part from the future. */
import type { Config, Scenario, ScenarioNode, Wire } from '../scenario/scenario.ts'
import { emptyScenario } from '../scenario/scenario.ts'

const part = (id: string, kind: string, config: Config = {}): ScenarioNode => ({
  id,
  kind,
  name: id,
  x: 0,
  y: 0,
  config,
})
const wire = (from: string, to: string, config: Config = {}): Wire => ({
  id: `${from}-${to}`,
  from,
  to,
  config,
})

export const shop: Scenario = {
  ...emptyScenario('Shop'),
  nodes: [
    part('checkout', 'producer'),
    part('orders', 'sqs'),
    part('failed', 'sqs'),
    part('workers', 'consumer'),
    part('results', 'sqs'),
    part('clicks', 'pigeon'),
  ],
  wires: [
    wire('checkout', 'orders'),
    wire('orders', 'failed', { maxReceiveCount: 5 }),
    wire('orders', 'workers', { priority: 2 }),
    wire('workers', 'results'),
    wire('checkout', 'clicks'),
  ],
}
