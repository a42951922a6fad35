/** Documents that several tests use. */
import { DEFAULT_SETTINGS, SCENARIO_FORMAT } from './scenario.ts'
import type { Config, Scenario, SharedDocument } from './scenario.ts'

const part = (index: number, kind: string, name: string, config: Config = {}) => ({
  id: `n${index + 1}`,
  kind,
  name,
  x: 40 + 300 * (index % 5) + ((index * 37) % 23),
  y: 60 + 190 * Math.floor(index / 5) + ((index * 53) % 17),
  config,
})

const LINES: readonly (readonly [from: number, to: number, config?: Config])[] = [
  [0, 4],
  [1, 4],
  [2, 5],
  [3, 6],
  [4, 12, { priority: 1 }],
  [5, 12, { priority: 2 }],
  [5, 13],
  [6, 14],
  [12, 7],
  [13, 8],
  [14, 9],
  [7, 15],
  [8, 16],
  [9, 17],
  [4, 10, { maxReceiveCount: 5 }],
  [5, 10, { maxReceiveCount: 3 }],
  [6, 11, { maxReceiveCount: 2 }],
  [7, 11, { maxReceiveCount: 4 }],
  [8, 11],
  [9, 10],
  [10, 18],
  [11, 18],
  [18, 4],
  [0, 19],
  [2, 19],
]

/** A shop of 20 parts and 25 wires, configured as a person would: the size that links are made for. */
export const shop: Scenario = {
  format: SCENARIO_FORMAT,
  title: 'Orders, payments and shipping',
  description:
    'What happens to the orders of a sale when the payment provider is slow for a while?',
  seed: 20_260,
  settings: { ...DEFAULT_SETTINGS, network: 'realistic' },
  nodes: [
    part(0, 'producer', 'checkout', { pattern: 'poisson', ratePerSecond: 12.5, keys: 40 }),
    part(1, 'producer', 'mobile-app', { pattern: 'sine', ratePerSecond: 4, sinePeriodS: 600 }),
    part(2, 'producer', 'refunds', { pattern: 'burst', burstSize: 250, burstEveryS: 120 }),
    part(3, 'producer', 'warehouse-scans', {
      ratePerSecond: 30,
      batchSize: 10,
      batchWindowMs: 250,
      template: '{"scan":{{n}},"shelf":"{{key}}","weight":{{int 1 4000}}}',
    }),
    part(4, 'sqs', 'orders', { VisibilityTimeout: 45, ReceiveMessageWaitTimeSeconds: 20 }),
    part(5, 'sqs', 'refund-requests', { VisibilityTimeout: 120, DelaySeconds: 15 }),
    part(6, 'sqs', 'scans', { MessageRetentionPeriod: 86_400, ReceiveMessageWaitTimeSeconds: 10 }),
    part(7, 'sqs', 'payments', { VisibilityTimeout: 90 }),
    part(8, 'sqs', 'mail-outbox', { DelaySeconds: 5, MaximumMessageSize: 262_144 }),
    part(9, 'sqs', 'shipments', { VisibilityTimeout: 300, duplicateChance: 0.01 }),
    part(10, 'sqs', 'orders-dlq', { MessageRetentionPeriod: 1_209_600 }),
    part(11, 'sqs', 'payments-dlq', { MessageRetentionPeriod: 1_209_600 }),
    part(12, 'consumer', 'order-workers', {
      instances: 4,
      concurrency: 5,
      serviceTime: 'lognormal',
      serviceTimeMs: 850,
      failureChance: 0.02,
    }),
    part(13, 'consumer', 'refund-workers', { instances: 2, poison: 'share', poisonShare: 0.03 }),
    part(14, 'consumer', 'scan-workers', {
      instances: 3,
      MaxNumberOfMessages: 10,
      serviceTimeMs: 40,
      batchDelete: true,
    }),
    part(15, 'consumer', 'payment-gateway', {
      instances: 2,
      concurrency: 10,
      serviceTime: 'exponential',
      serviceTimeMs: 2300,
      heartbeatEveryS: 30,
    }),
    part(16, 'consumer', 'mailer', { concurrency: 8, serviceTimeMs: 120, crashChance: 0.001 }),
    part(17, 'consumer', 'carrier-booking', { serviceTimeMs: 4000, forgetDeleteChance: 0.01 }),
    part(18, 'consumer', 'replay-tool', { serviceTimeMs: 500, WaitTimeSeconds: 20 }),
    part(19, 'consumer', 'fraud-check', { instances: 2, acceptQueue: 50, serviceTimeMs: 200 }),
  ],
  wires: LINES.map(([from, to, config = {}], i) => ({
    id: `w${i + 1}`,
    from: `n${from + 1}`,
    to: `n${to + 1}`,
    config,
  })),
}

/** A document that uses everything the format has, an unknown kind included. */
export const everything: SharedDocument = {
  scenario: {
    format: SCENARIO_FORMAT,
    title: 'Ünïcode “title” 🚉',
    description: 'Two\nlines',
    seed: 4_294_967_295,
    settings: { network: 'instant', limits: 'exam' },
    nodes: [
      { id: 'n1', kind: 'producer', name: 'checkout', x: -40, y: 0, config: { attributes: '' } },
      { id: 'orders', kind: 'sqs', name: 'orders', x: 300, y: 12, config: { DelaySeconds: 3 } },
      {
        id: 'n3',
        kind: 'hologram',
        name: 'from the future',
        x: 7,
        y: 8,
        config: { deep: [{ list: [1, 'two', null, true, { three: 3.5 }] }], '': 'odd key' },
      },
    ],
    wires: [
      { id: 'w1', from: 'n1', to: 'orders', config: {} },
      { id: 'beam', from: 'orders', to: 'n3', config: { colour: 'green' } },
    ],
  },
  interventions: [
    { atUs: 0, type: 'action', node: 'n1', action: 'sendOne', args: { count: 2 } },
    {
      atUs: 1_500_000,
      type: 'edit',
      diff: {
        nodes: {
          n1: null,
          n4: { id: 'n4', kind: 'consumer', name: 'checkout', x: 1, y: 2, config: {} },
        },
        wires: { w1: null, w2: { id: 'w2', from: 'orders', to: 'n4', config: { priority: 2 } } },
        settings: { network: 'realistic', limits: 'today' },
        title: 'Edited',
        description: '',
      },
    },
    {
      atUs: 1_500_000,
      type: 'call',
      service: 'sqs',
      operation: 'SendMessage',
      input: { QueueUrl: 'orders', MessageBody: '{"n":1}' },
    },
  ],
  momentUs: 12_345_678,
  reference: {
    scenario: {
      format: SCENARIO_FORMAT,
      title: 'The other one',
      description: '',
      seed: 4_294_967_295,
      settings: DEFAULT_SETTINGS,
      nodes: [{ id: 'orders', kind: 'sqs', name: 'orders', x: 300, y: 12, config: {} }],
      wires: [],
    },
    interventions: [{ atUs: 5, type: 'action', node: 'orders', action: 'purge', args: {} }],
  },
}
