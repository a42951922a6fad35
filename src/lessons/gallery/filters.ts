import { ROW, entry, part, wire } from '../entry.ts'

const filter = (policy: unknown) => ({
  FilterPolicyScope: 'MessageBody',
  FilterPolicy: JSON.stringify(policy),
})

export const filters = entry({
  id: 'filter-policies',
  title: 'Filters route by type and price',
  summary: 'Each subscription says which messages it wants; the topic does the rest.',
  watchFor:
    'Copies that do not fit stop at the gate where the wire begins, and fade. Refunds go one way, large orders another, and the archive takes everything. Change a filter policy while it runs.',
  group: 'Fan-out',
  description:
    'Without filter policies every queue would get every message, and every consumer would have to throw most of them away. A policy is JSON: all its keys must fit, and of the rules of one key any. Here they look at the body; by default they look at the message attributes.',
  nodes: [
    part('producer', 'shop', [60, 60 + ROW], {
      pattern: 'poisson',
      ratePerSecond: 2,
      template:
        '{"type":"{{choice order order order refund}}","amount":{{int 1 500}},"customer":"{{key}}"}',
    }),
    part('sns', 'events', [340, 60 + ROW]),
    part('sqs', 'refunds', [660, 60], { duplicateChance: 0 }),
    part('sqs', 'large-orders', [660, 60 + ROW], { duplicateChance: 0 }),
    part('sqs', 'archive', [660, 60 + 2 * ROW], { duplicateChance: 0 }),
    part('consumer', 'refund-desk', [1020, 60], { serviceTimeMs: 1000 }),
    part('consumer', 'account-managers', [1020, 60 + ROW], { serviceTimeMs: 1500 }),
    part('consumer', 'archivist', [1020, 60 + 2 * ROW], { serviceTimeMs: 100 }),
  ],
  wires: [
    wire('shop', 'events'),
    wire('events', 'refunds', filter({ type: ['refund'] })),
    wire('events', 'large-orders', filter({ type: ['order'], amount: [{ numeric: ['>', 400] }] })),
    wire('events', 'archive'),
    wire('refunds', 'refund-desk'),
    wire('large-orders', 'account-managers'),
    wire('archive', 'archivist'),
  ],
})
