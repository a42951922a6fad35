import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

export const poisonMessage = entry({
  id: 'poison-message-and-dlq',
  title: 'Poison message and dead-letter queue',
  summary: 'Some orders have a negative amount, and no worker can ever process them.',
  watchFor:
    'A poison order fails, comes back after 5 seconds and fails again: its badge counts x2, x3. On the next receive it walks the dashed wire to the dead-letter queue, and the others are free of it.',
  group: 'Reliability',
  description:
    'About one order in ten has a negative amount, and every attempt at it fails. Without a dead-letter queue it would come back until the retention period ends, and waste the workers’ time. With maxReceiveCount 3 it is received three times and moved when it would be received once more. Look at the messages of orders-dlq to see what is wrong with them.',
  nodes: [
    part('producer', 'checkout', [COLUMN.producer, 60], {
      pattern: 'poisson',
      ratePerSecond: 0.8,
      stopAfterCount: 60,
      template: '{"order":{{n}},"customer":"{{key}}","amount":{{int -10 90}}}',
    }),
    part('sqs', 'orders', [COLUMN.queue, 60], { VisibilityTimeout: 5, duplicateChance: 0 }),
    part('sqs', 'orders-dlq', [COLUMN.queue, 60 + ROW], { MessageRetentionPeriod: 1_209_600 }),
    part('consumer', 'order-workers', [COLUMN.fleet, 60], {
      instances: 3,
      serviceTimeMs: 800,
      poison: 'field',
      poisonField: 'amount',
      poisonOperator: '<',
      poisonValue: '0',
    }),
  ],
  wires: [
    wire('checkout', 'orders'),
    wire('orders', 'order-workers'),
    wire('orders', 'orders-dlq', { maxReceiveCount: 3 }),
  ],
})
