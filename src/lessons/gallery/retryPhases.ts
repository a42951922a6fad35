import { ROW, entry, part, wire } from '../entry.ts'

const POLICY = JSON.stringify({
  healthyRetryPolicy: {
    numRetries: 8,
    numNoDelayRetries: 1,
    numMinDelayRetries: 2,
    minDelayTarget: 5,
    maxDelayTarget: 20,
    numMaxDelayRetries: 2,
    backoffFunction: 'linear',
  },
})

export const retryPhases = entry({
  id: 'webhook-retries',
  title: 'A webhook that is down',
  summary: 'A topic tries a web server again and again, phase by phase, and then gives up.',
  watchFor:
    'The partner’s server is down from 10 s to 150 s. See the retries in the log: at once, before backoff, with backoff, after backoff. What runs out of retries is in the dead-letter queue; later events arrive late or at once. The mailbox gets its copies all the while.',
  group: 'Fan-out',
  description:
    'Only web servers let you set how SNS tries again: a delivery policy has four phases, and all of them together take at most one hour. A server that answers 5xx or 429, or does not answer within 15 s, is tried again; any other status ends the delivery at once. Without a dead-letter queue on the subscription what is given up is lost.',
  nodes: [
    part('producer', 'orders', [60, 60 + ROW / 2], { ratePerSecond: 0.1 }),
    part('sns', 'order-events', [340, 60 + ROW / 2]),
    part('endpoint', 'partner', [660, 60], {
      confirmsItself: true,
      downFromS: 10,
      downToS: 150,
    }),
    part('endpoint', 'support', [660, 60 + ROW], { protocol: 'email', confirmsItself: true }),
    part('sqs', 'partner-dlq', [1000, 60], { duplicateChance: 0 }),
  ],
  wires: [
    wire('orders', 'order-events'),
    wire('order-events', 'partner', { DeliveryPolicy: POLICY, deadLetterQueue: 'partner-dlq' }),
    wire('order-events', 'support'),
  ],
})
