import { ROW, entry, part, wire } from '../entry.ts'

export const topicFanOut = entry({
  id: 'fan-out',
  title: 'One event, three queues',
  summary: 'A topic gives every order to three teams, each with a queue of its own.',
  watchFor:
    'One message goes in, three copies come out. The analytics team is slow: its queue grows, and nobody else notices. Crash a fleet and watch its queue wait for it.',
  group: 'Fan-out',
  description:
    'The shop publishes once and knows nobody. Each queue keeps its copies until its own consumers have worked on them, so a team may be slow, down, or new tomorrow, and loses nothing. That is what SNS and SQS are for together.',
  nodes: [
    part('producer', 'shop', [60, 60 + ROW], { pattern: 'poisson', ratePerSecond: 1 }),
    part('sns', 'order-placed', [340, 60 + ROW]),
    part('sqs', 'shipping', [640, 60], { duplicateChance: 0 }),
    part('sqs', 'billing', [640, 60 + ROW], { duplicateChance: 0 }),
    part('sqs', 'analytics', [640, 60 + 2 * ROW], { duplicateChance: 0 }),
    part('consumer', 'shipping-workers', [1000, 60], { instances: 2, serviceTimeMs: 800 }),
    part('consumer', 'billing-workers', [1000, 60 + ROW], { instances: 2, serviceTimeMs: 400 }),
    part('consumer', 'analytics-workers', [1000, 60 + 2 * ROW], { serviceTimeMs: 2500 }),
  ],
  wires: [
    wire('shop', 'order-placed'),
    wire('order-placed', 'shipping'),
    wire('order-placed', 'billing'),
    wire('order-placed', 'analytics'),
    wire('shipping', 'shipping-workers'),
    wire('billing', 'billing-workers'),
    wire('analytics', 'analytics-workers'),
  ],
})
