import { COLUMN, entry, part, wire } from '../entry.ts'

const PER_PRODUCT = `SELECT product, COUNT(*) AS orders, SUM(price) AS revenue
FROM SOURCE_SQL_STREAM_001
GROUP BY product
ORDER BY orders DESC`

export const ordersPerMinute = entry({
  id: 'orders-per-minute',
  title: 'Orders per product per minute',
  summary:
    'Three applications count the same stream with SQL: in tumbling, sliding and stagger windows.',
  watchFor:
    'The tumbling one writes once a minute, the sliding one every ten seconds over the minute before, the stagger one a minute after the first order of each product. Open a part’s Results, or change its SQL.',
  group: 'Streams',
  description:
    'Tumbling windows stand side by side, so each order is counted once. Sliding windows overlap: with a size of 60 s and a slide of 10 s each order is in six results, and the count is never older than ten seconds. Stagger windows open at the first order of a product. Managed Service for Apache Flink runs all three; Kinesis Data Analytics for SQL did, until AWS deleted its applications from 27 January 2026.',
  nodes: [
    part('producer', 'shop', [COLUMN.producer, 240], {
      ratePerSecond: 4,
      pattern: 'poisson',
      keys: 6,
      keyDistribution: 'zipf',
      template: '{"product":"{{key}}","price":{{int 5 90}}}',
    }),
    part('kinesis', 'orders', [COLUMN.queue, 200], { ShardCount: 2 }),
    part('analytics', 'tumbling', [COLUMN.fleet, 0], { sizeS: 60, sql: PER_PRODUCT }),
    part('analytics', 'sliding', [COLUMN.fleet, 220], {
      window: 'sliding',
      sizeS: 60,
      slideS: 10,
      sql: PER_PRODUCT,
    }),
    part('analytics', 'stagger', [COLUMN.fleet, 440], {
      window: 'stagger',
      sizeS: 60,
      partitionBy: 'product',
      sql: PER_PRODUCT,
    }),
    part('dynamodb', 'revenue', [COLUMN.fleet + 340, 20], { partitionKey: 'product' }),
    part('kinesis', 'trends', [COLUMN.fleet + 340, 200], { ShardCount: 1 }),
    part('firehose', 'to-lake', [COLUMN.fleet + 340, 460], { IntervalInSeconds: 60 }),
  ],
  wires: [
    wire('shop', 'orders'),
    wire('orders', 'tumbling'),
    wire('orders', 'sliding'),
    wire('orders', 'stagger'),
    wire('tumbling', 'revenue'),
    wire('sliding', 'trends'),
    wire('stagger', 'to-lake'),
  ],
})
