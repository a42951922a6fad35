import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

export const streamAndFirehose = entry({
  id: 'stream-and-firehose',
  title: 'A stream beside Firehose',
  summary: 'The same clicks read at once from a stream, and delivered in batches by Firehose.',
  watchFor:
    'The reader sees a click within a second. Firehose fills its buffer and delivers after 60 s. Press “Read everything again” on the reader, then look for the same at Firehose: it has kept nothing. Press “Break destination” and see it try again.',
  group: 'Streams',
  description:
    'A Kinesis data stream keeps records for every reader, in shards that somebody must count. Firehose has no shards, no readers and no replay: it carries batches to a store. Often both stand together, as here: Firehose is one more reader of the stream.',
  nodes: [
    part('producer', 'clickstream', [COLUMN.producer, 60 + ROW / 2], {
      ratePerSecond: 20,
      keys: 12,
    }),
    part('kinesis', 'eu-clicks', [COLUMN.queue, 60 + ROW / 2], { ShardCount: 2 }),
    part('reader', 'live-counter', [COLUMN.fleet, 60]),
    part('firehose', 'to-lake', [COLUMN.fleet, 60 + ROW], { IntervalInSeconds: 60 }),
  ],
  wires: [
    wire('clickstream', 'eu-clicks'),
    wire('eu-clicks', 'live-counter'),
    wire('eu-clicks', 'to-lake'),
  ],
})
