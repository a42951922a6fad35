import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

/** On one server a short poll sees all of the queue, so the order is exact. */
const exact = { duplicateChance: 0, reorderChance: 0, servers: 1 }

export const priority = entry({
  id: 'priority-by-two-queues',
  title: 'Priority by two queues',
  summary: 'A queue has no priorities, but two queues do.',
  watchFor:
    'Each time both bursts arrive, the workers empty the gold queue before they touch silver again. The wire’s priority says who is asked first.',
  group: 'Receiving',
  description:
    'SQS hands out messages in the order of arrival, whoever sent them. To serve some first, give them a queue of their own. The workers ask the gold queue first, by a short poll, and only when it is empty wait at the silver one. Paying customers wait less; silver waits longer, but is served whenever gold is quiet.',
  nodes: [
    part('producer', 'gold-customers', [COLUMN.producer, 60], {
      pattern: 'burst',
      burstSize: 8,
      burstEveryS: 30,
      startAfterS: 1,
    }),
    part('sqs', 'gold', [COLUMN.queue, 60], exact),
    part('producer', 'silver-customers', [COLUMN.producer, 60 + ROW], {
      pattern: 'burst',
      burstSize: 16,
      burstEveryS: 30,
      startAfterS: 1,
    }),
    part('sqs', 'silver', [COLUMN.queue, 60 + ROW], exact),
    part('consumer', 'support-agents', [COLUMN.fleet, 60 + ROW / 2], {
      instances: 2,
      serviceTimeMs: 1000,
    }),
  ],
  wires: [
    wire('gold-customers', 'gold'),
    wire('silver-customers', 'silver'),
    wire('gold', 'support-agents', { priority: 1 }),
    wire('silver', 'support-agents', { priority: 2 }),
  ],
})
