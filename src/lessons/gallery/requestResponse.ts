import { ROW, entry, part, wire } from '../entry.ts'

/** Replies come back to the left, so that each requester sends to the right as elsewhere. */
const COLUMN = { replies: 60, requester: 400, requests: 700, responder: 1060 } as const

const requester = (id: string, y: number, ratePerSecond: number) =>
  part('producer', id, [COLUMN.requester, y], {
    pattern: 'poisson',
    ratePerSecond,
    template: '{"quote":{{n}},"article":"{{key}}"}',
    awaitReply: 'request',
    replyTimeoutS: 6,
  })
const replies = (id: string, y: number) =>
  part('sqs', id, [COLUMN.replies, y], { duplicateChance: 0 })

export const requestResponse = entry({
  id: 'request-response',
  title: 'Request and response over queues',
  summary: 'Two shops ask one price service for quotes, and each gets its own answers.',
  watchFor:
    'Each request names the queue that its reply goes to, with a virtual queue behind the “#”. The service needs to know nobody: it answers to where the message says. At times a quote takes longer than six seconds: the shop gives up, and the reply that still comes is late, an orphan.',
  group: 'Reliability',
  description:
    'A queue is one-way. For an answer the requester listens at a queue of its own and says so in every request, together with something that tells the replies apart. AWS’s Temporary Queue Client does that with virtual queues: names within one real queue, made and deleted without a call, so a queue for each request costs nothing. A request ends with its reply or at its timeout; the work is done either way, so a responder must bear that nobody waits any more.',
  nodes: [
    requester('web-shop', 60, 0.8),
    replies('web-replies', 60),
    part('sqs', 'quote-requests', [COLUMN.requests, 60 + ROW], { duplicateChance: 0 }),
    requester('partner-shop', 60 + 2 * ROW, 0.4),
    replies('partner-replies', 60 + 2 * ROW),
    part('consumer', 'price-service', [COLUMN.responder, 60 + ROW], {
      reply: true,
      concurrency: 5,
      serviceTime: 'lognormal',
      serviceTimeMs: 1500,
      serviceTimeSigma: 0.9,
    }),
  ],
  wires: [
    wire('web-shop', 'quote-requests'),
    wire('partner-shop', 'quote-requests'),
    wire('quote-requests', 'price-service'),
    wire('price-service', 'web-replies'),
    wire('price-service', 'partner-replies'),
    wire('web-replies', 'web-shop'),
    wire('partner-replies', 'partner-shop'),
  ],
})
