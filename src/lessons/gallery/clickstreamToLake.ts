import { ROW, entry, part, wire } from '../entry.ts'

export const clickstreamToLake = entry({
  id: 'clickstream-to-lake',
  title: 'Clickstream to a lake, cleaned on the way',
  summary: 'Firehose reads a stream, has a function look at each click, and fills a bucket.',
  watchFor:
    'Every 10 s a batch goes to the function: bots are dropped, broken clicks go to processing-failed/, the others lose their agent and gain a site. Look into an object of each bucket. What came back waits in a second buffer until it is written to the lake. The other bucket gets everything as it came. Set the function’s reserved concurrency to 0 and see batches skipped after three retries.',
  group: 'Streams',
  description:
    'Firehose invokes the function synchronously with each batch. The function answers for every record: Ok with new data, Dropped, or ProcessingFailed. A batch whose invocation fails is tried three times more, and then put aside, so that delivery goes on. As nothing can be replayed from Firehose, the backup of all source records is what a mistake in the function is repaired from.',
  nodes: [
    part('producer', 'website', [60, 60 + ROW], {
      pattern: 'poisson',
      ratePerSecond: 40,
      keys: 12,
      template: '{"page":"/item/{{int 1 500}}","agent":"{{choice phone desktop bot}}","n":{{n}}}',
    }),
    part('kinesis', 'clicks', [340, 60 + ROW], { ShardCount: 2 }),
    part('firehose', 'to-lake', [700, 60 + ROW], { IntervalInSeconds: 30, backsUpAll: true }),
    part('lambda', 'clean-clicks', [1060, 60 + ROW], {
      serviceTimeMs: 1,
      Timeout: 60,
      dropBy: 'field',
      removeFields: 'agent',
      addFields: '{"site":"shop"}',
      poison: 'share',
      poisonShare: 0.01,
    }),
    part('s3', 'lake', [1060, 60]),
    part('s3', 'raw-clicks', [1060, 60 + 2 * ROW]),
  ],
  wires: [
    wire('website', 'clicks'),
    wire('clicks', 'to-lake'),
    wire('to-lake', 'clean-clicks', { BufferIntervalInSeconds: 10 }),
    wire('to-lake', 'lake'),
    wire('to-lake', 'raw-clicks', { use: 'backup' }),
  ],
})
