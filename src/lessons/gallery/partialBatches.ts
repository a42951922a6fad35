import { ROW, entry, part, wire } from '../entry.ts'

const ORDER = '{"order":{{n}},"amount":{{int -10 90}}}'
const producer = (id: string, y: number) =>
  part('producer', id, [60, y], {
    pattern: 'constant',
    ratePerSecond: 5,
    batchSize: 10,
    stopAfterCount: 200,
    template: ORDER,
  })
const queue = (id: string, y: number) =>
  part('sqs', id, [340, y], { VisibilityTimeout: 20, duplicateChance: 0 })
const deadLetters = (id: string, y: number) =>
  part('sqs', id, [340, y + 180], { MessageRetentionPeriod: 1_209_600 })
const processing = (id: string, y: number) =>
  part('lambda', id, [720, y], {
    serviceTimeMs: 150,
    poison: 'field',
    poisonField: 'amount',
    poisonOperator: '<',
    poisonValue: '0',
  })
const results = (id: string, y: number) => part('sqs', id, [1060, y])

const lower = 60 + 2 * ROW

export const partialBatches = entry({
  id: 'lambda-partial-batches',
  title: 'Lambda: partial batch responses',
  summary: 'Two functions read the same orders in batches; one says which of them have failed.',
  watchFor:
    'Above, one order with a negative amount fails its whole batch: good orders are worked on again, and some end in the dead-letter queue with it. Below, only what has failed comes back. Compare what arrives in the two queues on the right.',
  group: 'Reliability',
  description:
    'Lambda reads the queue in batches of ten and deletes a batch when the function returns. If the function throws, nothing is deleted, although some orders were done: they come back after the visibility timeout and are done twice. With ReportBatchItemFailures the function returns the ids of what failed, and Lambda deletes the rest. One setting of the wire is all that differs.',
  nodes: [
    producer('shop-1', 60),
    queue('whole-batches', 60),
    deadLetters('dlq-1', 60),
    processing('throws', 60),
    results('done-1', 60),
    producer('shop-2', lower),
    queue('partial-batches', lower),
    deadLetters('dlq-2', lower),
    processing('reports', lower),
    results('done-2', lower),
  ],
  wires: [
    wire('shop-1', 'whole-batches'),
    wire('whole-batches', 'throws', { BatchSize: 10 }),
    wire('whole-batches', 'dlq-1', { maxReceiveCount: 3 }),
    wire('throws', 'done-1'),
    wire('shop-2', 'partial-batches'),
    wire('partial-batches', 'reports', { BatchSize: 10, ReportBatchItemFailures: true }),
    wire('partial-batches', 'dlq-2', { maxReceiveCount: 3 }),
    wire('reports', 'done-2'),
  ],
})
