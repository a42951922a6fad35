import { ROW, entry, part, wire } from '../entry.ts'

/** One reading in forty is broken, and no try can mend it. */
const sensors = (id: string, y: number) =>
  part('producer', id, [60, y], {
    pattern: 'constant',
    ratePerSecond: 4,
    keys: 24,
    template: '{"reading":{{n}},"value":{{int 0 39}}}',
  })
const stream = (id: string, y: number) => part('kinesis', id, [320, y], { ShardCount: 3 })
const reading = (id: string, y: number) =>
  part('lambda', id, [720, y], {
    serviceTimeMs: 40,
    poison: 'field',
    poisonField: 'value',
    poisonOperator: '=',
    poisonValue: '7',
  })

const lower = 60 + 2 * ROW

export const stalledShard = entry({
  id: 'lambda-stalled-shard',
  title: 'Lambda: a poison record stalls its shard',
  summary:
    'A broken reading blocks everything behind it, or is found by halving and given up alone.',
  watchFor:
    'Above, the first broken reading fails its batch; Lambda tries it again and again, and IteratorAge grows while the other shards flow, until they meet theirs. Below, each failing batch is split in halves until the broken reading is alone; after two retries it is given up, and told to the queue on the right.',
  group: 'Streams',
  description:
    'Order is what a stream promises, so Lambda may not pass over a batch that fails: by default it tries until the record expires, which can take days. BisectBatchOnFunctionError isolates the record, MaximumRetryAttempts ends the tries, and an on-failure destination keeps where the record was. These are settings of the wire from the stream to the function.',
  nodes: [
    sensors('sensors-1', 60),
    stream('readings-1', 60),
    reading('patient', 60),
    sensors('sensors-2', lower),
    stream('readings-2', lower),
    reading('halving', lower),
    part('sqs', 'given-up', [1060, lower]),
  ],
  wires: [
    wire('sensors-1', 'readings-1'),
    wire('readings-1', 'patient', { BatchSize: 20 }),
    wire('sensors-2', 'readings-2'),
    wire('readings-2', 'halving', {
      BatchSize: 20,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 2,
    }),
    wire('halving', 'given-up', { use: 'onFailure' }),
  ],
})
