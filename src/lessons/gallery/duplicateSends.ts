import { COLUMN, entry, part, wire } from '../entry.ts'

const payments = {
  pattern: 'poisson',
  ratePerSecond: 0.7,
  stopAfterCount: 60,
  duplicateShare: 0.25,
  backoffMs: 1500,
  keys: 3,
  template: '{"payment":{{n}},"customer":"{{key}}","amount":{{int 5 90}}}',
}
const cashier = { instances: 3, serviceTimeMs: 700 }

export const duplicateSends = entry({
  id: 'duplicate-sends',
  title: 'Duplicate sends are swallowed for 5 minutes',
  summary: 'A shop that is not sure whether its message arrived sends it once more.',
  watchFor:
    'Above, in a standard queue, the second copy is a message like any other and the customer pays twice. Below, the FIFO queue knows the deduplication id: it answers as if all were well, and puts nothing into the queue. The card says of which message it was a duplicate.',
  group: 'Order',
  description:
    'One payment in four is sent again after a second and a half, as a program does that got no answer. The FIFO queue remembers each deduplication id for five minutes, counted from the first send, even when that message is long deleted. A duplicate is answered with 200 and the first MessageId: it is accepted, not refused. After five minutes the same id would be a new message, so consumers should still bear a message that comes twice.',
  nodes: [
    part('producer', 'shop-standard', [COLUMN.producer, 60], payments),
    part('sqs', 'payments', [COLUMN.queue, 60], { duplicateChance: 0 }),
    part('consumer', 'cashier-standard', [COLUMN.fleet, 60], cashier),
    part('producer', 'shop-fifo', [COLUMN.producer, 280], payments),
    part('sqs', 'payments.fifo', [COLUMN.queue, 280], { FifoQueue: true }),
    part('consumer', 'cashier-fifo', [COLUMN.fleet, 280], cashier),
  ],
  wires: [
    wire('shop-standard', 'payments'),
    wire('payments', 'cashier-standard'),
    wire('shop-fifo', 'payments.fifo'),
    wire('payments.fifo', 'cashier-fifo'),
  ],
})
