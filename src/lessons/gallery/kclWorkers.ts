import { entry, part, wire } from '../entry.ts'

export const kclWorkers = entry({
  id: 'kcl-workers',
  title: 'KCL workers come and go',
  summary: 'Two workers share four shards by leases in a DynamoDB table.',
  watchFor:
    'Select “clicks-app” and crash a worker: its counters in the lease table stand still, and after the failover time the other takes its leases, begins at the checkpoints and does some records again. Add workers: beyond four they are spares. Split a shard: the parent is read to SHARD_END before its children get leases.',
  group: 'Streams',
  description:
    'The workers of a KCL application do not know each other. Each scans the lease table, takes leases until it has its share, and renews them by conditional writes on leaseCounter: who comes second has lost. Checkpoints in the same table say where the next holder of a lease begins, so that every record is processed at least once, and those after the last checkpoint again. A lease table with too little write capacity slows all of this down: make it provisioned with one unit and see.',
  nodes: [
    part('producer', 'website', [60, 160], {
      ratePerSecond: 12,
      pattern: 'poisson',
      recordsPerCall: 4,
      keys: 40,
    }),
    part('kinesis', 'clicks', [340, 120], { ShardCount: 4 }),
    part('kcl', 'clicks-app', [700, 120], { workers: 2, checkpointS: 15, recordMs: 10 }),
    part('dynamodb', 'clicks-app-leases', [1080, 120], {
      partitionKey: 'leaseKey',
      shown: 'leaseOwner, leaseCounter, checkpoint',
    }),
  ],
  wires: [
    wire('website', 'clicks'),
    wire('clicks', 'clicks-app'),
    wire('clicks-app', 'clicks-app-leases'),
  ],
})
