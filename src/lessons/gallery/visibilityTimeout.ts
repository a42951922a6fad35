import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

const invoices = { ratePerSecond: 0.2, stopAfterCount: 20, startAfterS: 1 }
const printers = { instances: 4, serviceTimeMs: 10_000 }
const exact = { duplicateChance: 0, reorderChance: 0 }

export const visibilityTimeout = entry({
  id: 'visibility-timeout-too-short',
  title: 'Visibility timeout too short',
  summary: 'Work takes 10 seconds, but the message is hidden for only 4.',
  watchFor:
    'Above, the ring of a message in flight runs out while it is still being worked on; it becomes visible again and a second worker takes it (x2). The last invoices are printed over and over, for ever. Below, 30 seconds are enough and each is printed once.',
  group: 'Reliability',
  description:
    'A received message is not gone, it is hidden. If the worker has not deleted it when the visibility timeout ends, the queue must assume that the worker died, and hands it out again. A timeout shorter than the work therefore does the work twice or more. Worse: a delete with a receipt handle older than the latest receive is answered with success and deletes nothing, so an invoice that is always in the hands of two workers never goes away. Remedies: a longer timeout, or a heartbeat that extends it.',
  nodes: [
    part('producer', 'invoices-short', [COLUMN.producer, 60], invoices),
    part('sqs', 'timeout-4s', [COLUMN.queue, 60], { ...exact, VisibilityTimeout: 4 }),
    part('consumer', 'printers-short', [COLUMN.fleet, 60], printers),
    part('producer', 'invoices-long', [COLUMN.producer, 60 + ROW], invoices),
    part('sqs', 'timeout-30s', [COLUMN.queue, 60 + ROW], { ...exact, VisibilityTimeout: 30 }),
    part('consumer', 'printers-long', [COLUMN.fleet, 60 + ROW], printers),
  ],
  wires: [
    wire('invoices-short', 'timeout-4s'),
    wire('timeout-4s', 'printers-short'),
    wire('invoices-long', 'timeout-30s'),
    wire('timeout-30s', 'printers-long'),
  ],
})
