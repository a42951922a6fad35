import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

export const crossAccount = entry({
  id: 'refused-cross-account',
  title: 'Refused: another account',
  summary: 'A partner’s producer sends to a queue whose policy does not know it.',
  watchFor:
    'The partner’s orders turn back with a no-entry sign, and the log says AccessDenied. Select the red wire: it shows the statement that is missing, and a button puts it into the queue’s policy. From then on they pass.',
  group: 'Access',
  description:
    'The shop is of the queue’s own account and needs no word of the queue’s policy. The partner is of the account 111122223333: besides its own permissions it needs an Allow in the policy of the queue. What is refused this way is not tried again, as it would not pass by itself: the producer counts it as failed.',
  nodes: [
    part('producer', 'shop', [COLUMN.producer, 60], { ratePerSecond: 0.5 }),
    part('producer', 'partner', [COLUMN.producer, 60 + ROW], {
      ratePerSecond: 0.5,
      startAfterS: 1,
      account: '111122223333',
    }),
    part('sqs', 'orders', [COLUMN.queue, 60], { duplicateChance: 0 }),
    part('consumer', 'order-workers', [COLUMN.fleet, 60], { instances: 2, serviceTimeMs: 600 }),
  ],
  wires: [wire('shop', 'orders'), wire('partner', 'orders'), wire('orders', 'order-workers')],
})
