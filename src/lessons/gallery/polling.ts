import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

const readings = { pattern: 'poisson', ratePerSecond: 0.2 }
const exact = { duplicateChance: 0 }

export const polling = entry({
  id: 'long-versus-short-polling',
  title: 'Long versus short polling',
  summary: 'The same trickle of messages, asked for in two ways.',
  watchFor:
    'Above, the worker asks five times a second and mostly gets nothing: look at the empty receives in the API log, each of which is billed. Below, one call waits up to 20 seconds and is answered the moment a message comes. Open Cost below to see what that makes a month.',
  group: 'Receiving',
  description:
    'A short poll (wait time 0) asks some of the queue’s servers and answers at once, often with nothing, sometimes although there is a message. A long poll asks all servers and waits for a message: fewer calls, no false emptiness, and no more delay.',
  nodes: [
    part('producer', 'sensor-short', [COLUMN.producer, 60], readings),
    part('sqs', 'short-polled', [COLUMN.queue, 60], exact),
    part('consumer', 'reader-short', [COLUMN.fleet, 60], {
      serviceTimeMs: 500,
      WaitTimeSeconds: 0,
      pollPauseMs: 200,
    }),
    part('producer', 'sensor-long', [COLUMN.producer, 60 + ROW], readings),
    part('sqs', 'long-polled', [COLUMN.queue, 60 + ROW], exact),
    part('consumer', 'reader-long', [COLUMN.fleet, 60 + ROW], {
      serviceTimeMs: 500,
      WaitTimeSeconds: 20,
    }),
  ],
  wires: [
    wire('sensor-short', 'short-polled'),
    wire('short-polled', 'reader-short'),
    wire('sensor-long', 'long-polled'),
    wire('long-polled', 'reader-long'),
  ],
})
