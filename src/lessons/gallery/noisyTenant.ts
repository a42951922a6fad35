import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

/** Eight tenants, one of whom sends four messages of five; more than the workers can do. */
const tenants = {
  pattern: 'poisson',
  ratePerSecond: 12,
  keyDistribution: 'hot',
  keys: 8,
  hotShare: 0.8,
  template: '{"tenant":"{{key}}","job":{{n}}}',
}
/** Ten jobs a second. */
const workers = { instances: 6, concurrency: 10, serviceTimeMs: 6000 }

export const noisyTenant = entry({
  id: 'noisy-tenant-fair-queue',
  title: 'A noisy tenant and a fair queue',
  summary: 'One of eight tenants floods the queue; the others should not have to wait for it.',
  watchFor:
    'Colour is the tenant. In the upper queue everybody waits behind the flood of one. Below, the same messages carry a MessageGroupId: the colours of the quiet tenants leave at once, and only the noisy one’s backlog grows.',
  group: 'Receiving',
  description:
    'A standard queue with a MessageGroupId on its messages is a fair queue. A tenant that holds more than a tenth of what is in flight, and at least 30 messages, is noisy: while it has a backlog, receives return the messages of the others first. Nothing is dropped or throttled, and there is no order and no lock as in a FIFO queue. Compare the metrics ApproximateNumberOfMessagesVisible and ApproximateNumberOfMessagesVisibleInQuietGroups of the lower queue.',
  nodes: [
    part('producer', 'tenants', [COLUMN.producer, 60], { ...tenants, messageGroup: 'none' }),
    part('sqs', 'plain-queue', [COLUMN.queue, 60], { VisibilityTimeout: 60, duplicateChance: 0 }),
    part('consumer', 'plain-workers', [COLUMN.fleet, 60], workers),
    part('producer', 'tenants-named', [COLUMN.producer, 60 + ROW], {
      ...tenants,
      messageGroup: 'key',
    }),
    part('sqs', 'fair-queue', [COLUMN.queue, 60 + ROW], {
      VisibilityTimeout: 60,
      duplicateChance: 0,
    }),
    part('consumer', 'fair-workers', [COLUMN.fleet, 60 + ROW], workers),
  ],
  wires: [
    wire('tenants', 'plain-queue'),
    wire('plain-queue', 'plain-workers'),
    wire('tenants-named', 'fair-queue'),
    wire('fair-queue', 'fair-workers'),
  ],
})
