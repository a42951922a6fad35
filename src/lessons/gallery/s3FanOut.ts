import { ROW, entry, part, wire } from '../entry.ts'

export const s3FanOut = entry({
  id: 's3-event-fan-out',
  title: 'One upload, three jobs',
  summary: 'A bucket tells a topic of each image, and three queues get a copy.',
  watchFor:
    'One notification leaves the bucket, three copies leave the topic. The first message in each queue is the test event that S3 sends when the wire is made. Uploads that are no images are kept, and nobody is told.',
  group: 'Fan-out',
  description:
    'A bucket can tell one destination of one kind of event and key. For several consumers the destination is a topic, and each consumer has its own queue, in which its work waits while it is slow or down. Notifications come at least once and in no certain order.',
  nodes: [
    part('producer', 'cameras', [60, 60], { pattern: 'poisson', ratePerSecond: 0.5 }),
    part('producer', 'scanners', [60, 60 + 2 * ROW], { pattern: 'poisson', ratePerSecond: 0.3 }),
    part('s3', 'uploads', [340, 60 + ROW]),
    part('sns', 'new-image', [800, 60 + ROW]),
    part('sqs', 'thumbnails', [1120, 60], { duplicateChance: 0 }),
    part('sqs', 'moderation', [1120, 60 + ROW], { duplicateChance: 0 }),
    part('sqs', 'index', [1120, 60 + 2 * ROW], { duplicateChance: 0 }),
    part('consumer', 'thumbnailers', [1480, 60], { serviceTimeMs: 800 }),
    part('consumer', 'moderators', [1480, 60 + ROW], { serviceTimeMs: 3000 }),
    part('consumer', 'indexers', [1480, 60 + 2 * ROW], { serviceTimeMs: 400 }),
  ],
  wires: [
    wire('cameras', 'uploads', { keyPrefix: 'images/', keySuffix: '.jpg' }),
    wire('scanners', 'uploads', { keyPrefix: 'scans/', keySuffix: '.pdf' }),
    wire('uploads', 'new-image', { event: 's3:ObjectCreated:Put', suffix: '.jpg' }),
    wire('new-image', 'thumbnails', { RawMessageDelivery: true }),
    wire('new-image', 'moderation', { RawMessageDelivery: true }),
    wire('new-image', 'index', { RawMessageDelivery: true }),
    wire('thumbnails', 'thumbnailers'),
    wire('moderation', 'moderators'),
    wire('index', 'indexers'),
  ],
})
