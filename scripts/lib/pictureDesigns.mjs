// @ts-check
/**
 * The design of the animated picture: few messages, and order 2 can never be processed. It fails,
 * comes back with its count, fails again and walks to the dead-letter queue, all within eight seconds.
 */
export const poison = {
  format: 1,
  title: 'A poison message',
  description: '',
  seed: 1,
  settings: { network: 'stretched', limits: 'today' },
  nodes: [
    {
      id: 'n1',
      kind: 'producer',
      name: 'checkout',
      x: 0,
      y: 20,
      config: {
        ratePerSecond: 1,
        stopAfterCount: 6,
        template: '{"order":{{n}}}',
      },
    },
    {
      id: 'n2',
      kind: 'sqs',
      name: 'orders',
      x: 310,
      y: 0,
      config: { VisibilityTimeout: 2, ReceiveMessageWaitTimeSeconds: 20, duplicateChance: 0 },
    },
    {
      id: 'n3',
      kind: 'sqs',
      name: 'orders-dlq',
      x: 310,
      y: 220,
      config: { MessageRetentionPeriod: 1_209_600 },
    },
    {
      id: 'n4',
      kind: 'consumer',
      name: 'order-workers',
      x: 680,
      y: 10,
      config: {
        concurrency: 3,
        serviceTimeMs: 900,
        poison: 'field',
        poisonField: 'order',
        poisonOperator: '=',
        poisonValue: '2',
      },
    },
  ],
  wires: [
    { id: 'w1', from: 'n1', to: 'n2', config: {} },
    { id: 'w2', from: 'n2', to: 'n4', config: {} },
    { id: 'w3', from: 'n2', to: 'n3', config: { maxReceiveCount: 2 } },
  ],
}
