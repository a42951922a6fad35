import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

export const redriveAfterFix = entry({
  id: 'redrive-after-fix',
  title: 'Redrive after a fix',
  summary: 'A bug sends every order to the dead-letter queue; the fix brings them back.',
  watchFor:
    'Wait until orders-dlq holds some orders. Then set the chance of a failure of order-workers to 0, which is the fix, select orders-dlq and press Redrive: the orders go back to where they came from, and are processed.',
  group: 'Reliability',
  description:
    'A dead-letter queue keeps what could not be processed until somebody knows why. A redrive (StartMessageMoveTask) moves it back, oldest first; there each message is a new one, with a new MessageId, a new time stamp and no receives. Redrive before the fix, and the orders come straight back.',
  nodes: [
    part('producer', 'checkout', [COLUMN.producer, 60], {
      ratePerSecond: 1,
      stopAfterCount: 30,
    }),
    part('sqs', 'orders', [COLUMN.queue, 60], { VisibilityTimeout: 4, duplicateChance: 0 }),
    part('sqs', 'orders-dlq', [COLUMN.queue, 60 + ROW], { MessageRetentionPeriod: 1_209_600 }),
    part('consumer', 'order-workers', [COLUMN.fleet, 60], {
      instances: 4,
      serviceTimeMs: 500,
      failureChance: 1,
    }),
  ],
  wires: [
    wire('checkout', 'orders'),
    wire('orders', 'order-workers'),
    wire('orders', 'orders-dlq', { maxReceiveCount: 2 }),
  ],
})
