import { COLUMN, entry, part, wire } from '../entry.ts'

const load = { ratePerSecond: 1800, recordsPerCall: 100, retries: 2 }
const hot = { ...load, keyDistribution: 'hot', hotShare: 0.8, keys: 40 }
const stream = { ShardCount: 3, ShardLevelMetrics: 'ALL' }

export const hotPartition = entry({
  id: 'hot-partition',
  title: 'A hot partition and its three cures',
  summary: 'One customer sends 80 % of 1 800 records a second: its shard takes 1 000.',
  watchFor:
    'In the first stream one shard is red and records bounce back amber, while two shards are nearly idle: more shards would not help one key. The other three streams take the same load.',
  group: 'Streams',
  description:
    'A shard takes 1 000 records and 1 MB a second, and all records of one key go to one shard. Cures: (1) a key that spreads (here one for each record; in practice the customer and a small random number), for the price of the order within a customer. (2) Fewer, larger records: the limit here is their number, so the Kinesis Producer Library puts many user records into one record of the stream, and consumers take them apart again. (3) An on-demand stream with AUTO distribution, which ignores keys and adds shards.',
  nodes: [
    part('producer', 'one-hot-key', [COLUMN.producer, 60], hot),
    part('kinesis', 'hot', [COLUMN.queue, 60], stream),
    part('producer', 'spread-keys', [COLUMN.producer, 300], { ...hot, partitionKey: 'unique' }),
    part('kinesis', 'spread', [COLUMN.queue, 300], stream),
    part('producer', 'with-kpl', [COLUMN.producer, 540], { ...hot, AggregationEnabled: true }),
    part('kinesis', 'aggregated', [COLUMN.queue, 540], stream),
    part('producer', 'ignore-keys', [COLUMN.producer, 780], hot),
    part('kinesis', 'auto', [COLUMN.queue, 780], {
      StreamMode: 'ON_DEMAND',
      RecordDistributionStrategy: 'AUTO',
    }),
  ],
  wires: [
    wire('one-hot-key', 'hot'),
    wire('spread-keys', 'spread'),
    wire('with-kpl', 'aggregated'),
    wire('ignore-keys', 'auto'),
  ],
})
