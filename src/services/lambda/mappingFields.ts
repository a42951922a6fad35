/** Settings of event source mappings, by AWS's names (FACTS 7); they belong to the wire. */
import type { Field } from '../schema.ts'

const window: Field = {
  id: 'MaximumBatchingWindowInSeconds',
  label: 'Batching window',
  help: 'How long to gather records before the function is invoked with fewer than the batch size.',
  type: 'number',
  unit: 's',
  min: 0,
  max: 300,
  step: 1,
  default: 0,
  source: 'FACTS 7',
}

const reports: Field = {
  id: 'ReportBatchItemFailures',
  label: 'Report batch item failures',
  help: 'The function returns what failed; without it one failure fails the whole batch.',
  type: 'switch',
  default: false,
  source: 'FACTS 7',
}

export const queueFields: readonly Field[] = [
  {
    id: 'BatchSize',
    label: 'Batch size',
    help: 'Messages in one event; more than 10 need a batching window, FIFO queues take at most 10.',
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 10_000,
    step: 1,
    default: 10,
    logarithmic: true,
    source: 'FACTS 7',
  },
  window,
  reports,
  {
    id: 'MaximumConcurrency',
    label: 'Maximum concurrency',
    help: 'Most executions that this queue may cause at once, 2 to 1,000; 0 sets no limit.',
    type: 'number',
    min: 0,
    max: 1000,
    step: 1,
    default: 0,
    source: 'FACTS 7',
  },
]
