import { COLUMN, entry, part, wire } from '../entry.ts'

export const replay = entry({
  id: 'replay',
  title: 'Replay after a bug',
  summary: 'A stream keeps what was read: with new iterators it is read again.',
  watchFor:
    'Let it run for a while, select “totals” and press “Read everything again”: its pins jump back to the oldest records and run forward once more. “mailer” is not disturbed, and no producer sends anything twice.',
  group: 'Streams',
  description:
    'A queue forgets a message when it was deleted; a stream keeps records for its retention period (a day, up to a year), whoever has read them. When totals were counted wrongly, the mended program begins at TRIM_HORIZON or AT_TIMESTAMP and counts again. What it does with a record must bear being done twice.',
  nodes: [
    part('producer', 'orders', [COLUMN.producer, 160], {
      ratePerSecond: 5,
      pattern: 'poisson',
      keys: 12,
    }),
    part('kinesis', 'order-log', [COLUMN.queue, 120], { ShardCount: 2 }),
    part('reader', 'totals', [COLUMN.fleet, 60], { Limit: 10, recordMs: 20 }),
    part('reader', 'mailer', [COLUMN.fleet, 280]),
  ],
  wires: [wire('orders', 'order-log'), wire('order-log', 'totals'), wire('order-log', 'mailer')],
})
