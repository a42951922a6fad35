import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

const nodes = (VisibilityTimeout: number) => [
  part('producer', 'invoices', [COLUMN.producer, 60], {
    ratePerSecond: 0.5,
    stopAfterCount: 40,
    startAfterS: 1,
  }),
  part('sqs', 'to-print', [COLUMN.queue, 60], {
    VisibilityTimeout,
    duplicateChance: 0,
    reorderChance: 0,
  }),
  part('consumer', 'printers', [COLUMN.fleet, 60], {
    instances: 6,
    serviceTime: 'exponential',
    serviceTimeMs: 4_000,
    crashChance: 0.05,
  }),
  part('sqs', 'printed', [COLUMN.fleet, 60 + ROW]),
]
const wires = [
  wire('invoices', 'to-print'),
  wire('to-print', 'printers'),
  wire('printers', 'printed'),
]

export const compareTimeouts = entry({
  id: 'compare-visibility-timeouts',
  title: 'Visibility timeout: 5 or 60 seconds',
  summary: 'The same invoices, printers and crashes twice; only the visibility timeout differs.',
  watchFor:
    'A printer takes 4 seconds on average, now and then much longer, and sometimes crashes. In A (5 s) long jobs are printed twice, but an invoice whose printer crashed is soon back. In B (60 s) hardly anything is printed twice, and after a crash the invoice waits a minute. The table below shows what it comes to.',
  group: 'A and B',
  description:
    'The visibility timeout is a bet on how long the work takes. Too short, and messages are worked on twice while the first worker is still busy. Too long, and after a crash the message waits for nothing. Choose it longer than the work usually takes, and let workers extend it by a heartbeat when they need more.',
  nodes: nodes(60),
  wires,
  reference: { title: '5 seconds', nodes: nodes(5), wires },
})
