import { COLUMN, entry, part, wire } from '../entry.ts'

const cameras = (id: string, y: number) =>
  part('producer', id, [COLUMN.producer, y], {
    pattern: 'poisson',
    ratePerSecond: 0.8,
    sizeDistribution: 'lognormal',
    sizeBytes: 2_000_000,
    sizeMaxBytes: 200_000_000,
    extendedClient: 'large',
  })
const queue = (id: string, y: number) =>
  part('sqs', id, [COLUMN.queue, y], { VisibilityTimeout: 30, duplicateChance: 0 })

/** From a queue to the bucket below it. */
const DOWN = 160
const lower = 60 + 2 * DOWN + 20

export const claimCheck = entry({
  id: 'claim-check',
  title: 'Large messages: the claim check',
  summary: 'Clips of several megabytes go to a bucket, and the queue carries where they are.',
  watchFor:
    'Above, each clip is fetched from the bucket and deleted there before its message is: the bucket stays nearly empty. Below, the workers have no extended client: they work on pointers, and every clip is left behind, orphaned.',
  group: 'Reliability',
  description:
    'A queue takes at most 1 MiB. The extended client puts a larger body into a bucket first and sends a pointer. Whoever receives must know of it: read the object, and delete it together with the message. The two deletes are two calls, so one can happen without the other. An object whose message expired, was purged or was deleted by a stranger stays until a lifecycle rule of the bucket takes it.',
  nodes: [
    cameras('cameras', 60),
    queue('clips', 60),
    part('s3', 'clip-bodies', [COLUMN.queue, 60 + DOWN]),
    part('consumer', 'encoders', [COLUMN.fleet, 60], {
      extendedClient: true,
      concurrency: 3,
      serviceTimeMs: 900,
    }),
    cameras('cameras-2', lower),
    queue('clips-2', lower),
    part('s3', 'clip-bodies-2', [COLUMN.queue, lower + DOWN]),
    part('consumer', 'unaware-encoders', [COLUMN.fleet, lower], {
      concurrency: 3,
      serviceTimeMs: 900,
    }),
  ],
  wires: [
    wire('cameras', 'clips'),
    wire('cameras', 'clip-bodies'),
    wire('clips', 'encoders'),
    wire('clip-bodies', 'encoders'),
    wire('cameras-2', 'clips-2'),
    wire('cameras-2', 'clip-bodies-2'),
    wire('clips-2', 'unaware-encoders'),
  ],
})
