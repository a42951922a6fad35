import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

const load = { ratePerSecond: 10, keys: 12 }
const row = (n: number): number => 60 + n * ROW * 1.2

export const queueTopicStream = entry({
  id: 'queue-topic-stream',
  title: 'Queue, topic, stream and Kafka',
  summary:
    'The same rate of messages through SQS, SNS, Kinesis Data Streams and Amazon MSK, side by side.',
  watchFor:
    'From the queue each message goes to one worker and is gone. The topic keeps nothing: it copies each to both queues. The stream and the Kafka topic keep every record; press “Read everything again” on the reader, or “Crash a member” on the group.',
  group: 'Streams',
  description:
    'A queue hands work out, a topic hands copies out, a stream keeps a log that anybody may read from any place. A Kafka topic is such a log too; its consumer groups remember how far they are.',
  nodes: [
    part('producer', 'to-queue', [COLUMN.producer, row(0)], load),
    part('sqs', 'work', [COLUMN.queue, row(0)]),
    part('consumer', 'workers', [COLUMN.fleet, row(0)], { concurrency: 4 }),
    part('producer', 'to-topic', [COLUMN.producer, row(1.5)], load),
    part('sns', 'news', [COLUMN.queue, row(1.5)]),
    part('sqs', 'billing', [COLUMN.fleet, row(1)]),
    part('sqs', 'search', [COLUMN.fleet, row(2)]),
    part('producer', 'to-stream', [COLUMN.producer, row(3)], load),
    part('kinesis', 'clicks', [COLUMN.queue, row(3)], { ShardCount: 2 }),
    part('reader', 'dashboard', [COLUMN.fleet, row(3)]),
    part('producer', 'to-kafka', [COLUMN.producer, row(4)], load),
    part('msk', 'purchases', [COLUMN.queue, row(4)], { partitions: 3 }),
    part('mskgroup', 'fraud-check', [COLUMN.fleet, row(4)], { members: 2 }),
  ],
  wires: [
    wire('to-queue', 'work'),
    wire('work', 'workers'),
    wire('to-topic', 'news'),
    wire('news', 'billing'),
    wire('news', 'search'),
    wire('to-stream', 'clicks'),
    wire('clicks', 'dashboard'),
    wire('to-kafka', 'purchases'),
    wire('purchases', 'fraud-check'),
  ],
})
