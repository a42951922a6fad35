import { COLUMN, entry, part, wire } from '../entry.ts'

const load = {
  pattern: 'ramp',
  ratePerSecond: 600,
  rampToPerSecond: 2400,
  rampOverS: 120,
  recordsPerCall: 50,
  keys: 200,
  retries: 2,
}

export const resharding = entry({
  id: 'resharding',
  title: 'Growing load: split by hand, or on-demand',
  summary: 'The load grows from 600 to 2 400 records a second. One shard takes 1 000.',
  watchFor:
    'Above, press “Split the hottest shard” in the first seconds, for it takes 20 and the shard turns red after half a minute: the parent is closed, its children take over its half of the hash keys, and the reader finishes the parent first. Below, the on-demand stream splits hot shards by itself.',
  group: 'Streams',
  description:
    'A provisioned stream has as many shards as you say. SplitShard makes two of one, MergeShards one of two, UpdateShardCount does it for all; each takes some tens of seconds, and reads and writes go on. No data moves: the closed parent keeps its records until they expire. An on-demand stream begins with four shards and splits those that take more than half of their limit.',
  nodes: [
    part('producer', 'growing', [COLUMN.producer, 60], load),
    part('kinesis', 'provisioned', [COLUMN.queue, 60], { ShardCount: 1 }),
    part('reader', 'reader', [COLUMN.fleet, 60], { recordMs: 0 }),
    part('producer', 'growing-too', [COLUMN.producer, 380], { ...load, rampToPerSecond: 4800 }),
    part('kinesis', 'on-demand', [COLUMN.queue, 380], { StreamMode: 'ON_DEMAND' }),
    part('reader', 'reader-2', [COLUMN.fleet, 380], { recordMs: 0 }),
  ],
  wires: [
    wire('growing', 'provisioned'),
    wire('provisioned', 'reader'),
    wire('growing-too', 'on-demand'),
    wire('on-demand', 'reader-2'),
  ],
})
