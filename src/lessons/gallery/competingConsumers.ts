import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

export const competingConsumers = entry({
  id: 'competing-consumers',
  title: 'Competing consumers',
  summary: 'Three workers of different speed share one queue.',
  watchFor:
    'Every order goes to exactly one worker. Nobody deals them out: whoever is free asks, so the fast worker does most. Crash one and watch the others take over.',
  group: 'Scaling',
  description:
    'A queue balances load by itself. Each worker asks for a message when it has nothing to do, so each gets as much as it can manage. To get through more, add a worker; there is nothing to configure.',
  nodes: [
    part('producer', 'checkout', [COLUMN.producer, 60 + ROW], {
      pattern: 'poisson',
      ratePerSecond: 1,
    }),
    part('sqs', 'orders', [COLUMN.queue, 60 + ROW], { duplicateChance: 0 }),
    part('consumer', 'fast-worker', [COLUMN.fleet, 60], { serviceTimeMs: 500 }),
    part('consumer', 'steady-worker', [COLUMN.fleet, 60 + ROW], { serviceTimeMs: 1500 }),
    part('consumer', 'slow-worker', [COLUMN.fleet, 60 + 2 * ROW], { serviceTimeMs: 5000 }),
  ],
  wires: [
    wire('checkout', 'orders'),
    wire('orders', 'fast-worker'),
    wire('orders', 'steady-worker'),
    wire('orders', 'slow-worker'),
  ],
})
