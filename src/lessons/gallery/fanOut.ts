import { COLUMN, entry, part, wire } from '../entry.ts'

const load = { ratePerSecond: 40, recordsPerCall: 10, recordWindowMs: 100 }
const NAMES = ['dashboard', 'billing', 'search', 'audit', 'alerts', 'export']

export const fanOut = entry({
  id: 'enhanced-fan-out',
  title: 'Shared reads or enhanced fan-out',
  summary:
    'Six applications read one shard: five reads a second for all of them, or a push for each.',
  watchFor:
    'On the left the applications ask twice a second each and are refused again and again, since a shard allows five GetRecords a second together: “old” on their cards says how late records come. On the right every record is pushed to each of them as it comes, once they are registered (five seconds).',
  group: 'Streams',
  description:
    'With GetRecords all readers of a shard share 2 MB and five calls a second: one application has about 200 ms of delay, five have about a second. With enhanced fan-out each registered consumer has 2 MB a second of every shard for itself, pushed over HTTP/2, for a price of its own.',
  nodes: [
    part('producer', 'clicks', [COLUMN.producer, 200], load),
    part('kinesis', 'shared', [COLUMN.queue, 200], { ShardCount: 1 }),
    ...NAMES.map((name, n) =>
      part('reader', name, [COLUMN.fleet, 20 + n * 160], { everyMs: 500, start: 'LATEST' }),
    ),
    part('producer', 'clicks-2', [COLUMN.producer + 940, 200], load),
    part('kinesis', 'fan-out', [COLUMN.queue + 940, 200], { ShardCount: 1 }),
    ...NAMES.map((name, n) =>
      part('reader', `${name}-2`, [COLUMN.fleet + 940, 20 + n * 160], {
        readMode: 'fanOut',
        start: 'LATEST',
      }),
    ),
  ],
  wires: [
    wire('clicks', 'shared'),
    ...NAMES.map((name) => wire('shared', name)),
    wire('clicks-2', 'fan-out'),
    ...NAMES.map((name) => wire('fan-out', `${name}-2`)),
  ],
})
