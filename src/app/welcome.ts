/** What a first visitor sees: small, and worth pressing play for. */
import { emptyScenario, type Scenario } from '../scenario/scenario.ts'

export const welcome: Scenario = {
  ...emptyScenario('A first queue'),
  description:
    'A shop sends orders to a queue; workers receive, process and delete them. One order in four cannot be processed and ends in the dead-letter queue. Press play, then click any message.',
  nodes: [
    { id: 'n1', kind: 'producer', name: 'checkout', x: 40, y: 100, config: {} },
    {
      id: 'n2',
      kind: 'sqs',
      name: 'orders',
      x: 360,
      y: 100,
      config: { VisibilityTimeout: 10, ReceiveMessageWaitTimeSeconds: 20 },
    },
    {
      id: 'n3',
      kind: 'sqs',
      name: 'orders-dlq',
      x: 360,
      y: 320,
      config: { MessageRetentionPeriod: 1_209_600 },
    },
    {
      id: 'n4',
      kind: 'consumer',
      name: 'order-workers',
      x: 720,
      y: 100,
      config: { concurrency: 3, serviceTimeMs: 2000, poison: 'share', poisonShare: 0.25 },
    },
  ],
  wires: [
    { id: 'w1', from: 'n1', to: 'n2', config: {} },
    { id: 'w2', from: 'n2', to: 'n4', config: {} },
    { id: 'w3', from: 'n2', to: 'n3', config: { maxReceiveCount: 2 } },
  ],
}
