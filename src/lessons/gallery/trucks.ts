import { COLUMN, entry, part, wire } from '../entry.ts'

export const trucks = entry({
  id: 'trucks',
  title: '100 trucks, in order by truck',
  summary: 'Each truck sends its position every few seconds; its id is the partition key.',
  watchFor:
    'A colour is a truck: it always lands in the same shard, so its positions stay in order there. Both readers get every record, each with a pin of its own: reading takes nothing away.',
  group: 'Streams',
  description:
    'Records with the same partition key go to the same shard, and within a shard the order is kept. With the truck’s id as the key, positions of one truck are read in order, while 100 trucks spread over the shards. In an SQS FIFO queue the same would be 100 message groups; but there a message is gone when one consumer has deleted it.',
  nodes: [
    part('producer', 'trucks', [COLUMN.producer, 160], {
      ratePerSecond: 20,
      pattern: 'poisson',
      keys: 100,
      template: '{"truck":"{{key}}","km":{{n}}}',
    }),
    part('kinesis', 'positions', [COLUMN.queue, 120], { ShardCount: 4 }),
    part('reader', 'map', [COLUMN.fleet, 60]),
    part('reader', 'geofence', [COLUMN.fleet, 300], { everyMs: 5000, recordMs: 5 }),
  ],
  wires: [wire('trucks', 'positions'), wire('positions', 'map'), wire('positions', 'geofence')],
})
