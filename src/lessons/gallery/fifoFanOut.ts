import { ROW, entry, part, wire } from '../entry.ts'

export const fifoFanOut = entry({
  id: 'fifo-fan-out',
  title: 'FIFO fan-out',
  summary:
    'A FIFO topic keeps the order of each account for a FIFO queue, and also feeds a standard one.',
  watchFor:
    'Changes of one account have one colour and stay in order on the upper way: a lane for each group. The lower queue is a standard one: it gets the same messages without group and order, and its workers overtake each other.',
  group: 'Fan-out',
  description:
    'A standard topic cannot deliver to a FIFO queue. A FIFO topic can: it hands on the message group and the deduplication id, so order holds from the publisher to the consumer. Since 2023 it may also deliver to standard queues, where order ends.',
  nodes: [
    part('producer', 'bank', [60, 60 + ROW / 2 - 40], {
      pattern: 'poisson',
      ratePerSecond: 2,
      keys: 4,
    }),
    part('sns', 'changes.fifo', [340, 60 + ROW / 2 - 40], { FifoTopic: true }),
    part('sqs', 'ledger.fifo', [640, 60], { FifoQueue: true }),
    part('sqs', 'reports', [640, 60 + ROW + 60], { reorderChance: 0.3 }),
    part('consumer', 'ledger-workers', [1000, 60], { instances: 3, serviceTimeMs: 700 }),
    part('consumer', 'report-workers', [1000, 60 + ROW + 60], {
      instances: 3,
      serviceTimeMs: 700,
    }),
  ],
  wires: [
    wire('bank', 'changes.fifo'),
    wire('changes.fifo', 'ledger.fifo', { RawMessageDelivery: true }),
    wire('changes.fifo', 'reports', { RawMessageDelivery: true }),
    wire('ledger.fifo', 'ledger-workers'),
    wire('reports', 'report-workers'),
  ],
})
