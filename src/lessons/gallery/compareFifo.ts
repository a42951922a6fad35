import { COLUMN, entry, part, wire } from '../entry.ts'

const producer = part('producer', 'tills', [COLUMN.producer, 60], {
  ratePerSecond: 4,
  stopAfterCount: 120,
  keys: 3,
})
const fleet = part('consumer', 'ledger', [COLUMN.fleet, 60], {
  instances: 6,
  serviceTime: 'exponential',
  serviceTimeMs: 1_200,
})
const wires = [wire('tills', 'sales'), wire('sales', 'ledger')]

/** The same id, so that both are the same part of the design. */
const queue = (name: string, config: Readonly<Record<string, unknown>>) => ({
  ...part('sqs', 'sales', [COLUMN.queue, 60], config),
  name,
})

export const compareFifo = entry({
  id: 'compare-standard-and-fifo',
  title: 'Standard or FIFO',
  summary:
    'The same sales through a standard queue and through a FIFO queue with a group per till.',
  watchFor:
    'In A (standard) all six workers are busy, sales overtake each other, and some are handed out twice. In B (FIFO) each till is one message group: its next sale waits until the last one is booked, so that only three workers ever work, and the oldest sale gets older.',
  group: 'A and B',
  description:
    'A FIFO queue keeps the order within a message group and delivers once; the price is that a group is worked on one message at a time. Three tills are three groups, so that more than three workers are of no use. Standard queues have no order and deliver at least once, and every worker can work.',
  nodes: [
    producer,
    queue('sales.fifo', { FifoQueue: true, ContentBasedDeduplication: true }),
    fleet,
  ],
  wires,
  reference: {
    title: 'Standard queue',
    nodes: [producer, queue('sales', { duplicateChance: 0.05, reorderChance: 0.2 }), fleet],
    wires,
  },
})
