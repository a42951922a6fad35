/** Settings that only FIFO queues have, by AWS's names (FACTS 1.3, 2.8). */
import type { Field } from '../../schema.ts'

const SECTION = 'FIFO'
const FIFO = { field: 'FifoQueue', is: [true] }

export const fifoFields: readonly Field[] = [
  {
    id: 'FifoQueue',
    label: 'FIFO queue',
    help: 'Order within each message group. Fixed at creation; its name must end with .fifo.',
    section: SECTION,
    type: 'switch',
    default: false,
    fixed: true,
    source: 'FACTS 1.3, 2.8',
  },
  {
    id: 'ContentBasedDeduplication',
    label: 'Content-based deduplication',
    help: 'A message without a deduplication id gets the SHA-256 of its body as one.',
    section: SECTION,
    when: FIFO,
    type: 'switch',
    default: false,
    source: 'FACTS 1.3, 2.8',
  },
  {
    id: 'DeduplicationScope',
    label: 'Deduplication scope',
    help: 'Where an id must be unique for 5 minutes: in the queue, or in its group.',
    section: SECTION,
    when: FIFO,
    type: 'choice',
    options: [
      { value: 'queue', label: 'The whole queue' },
      { value: 'messageGroup', label: 'Each message group' },
    ],
    default: 'queue',
    source: 'FACTS 1.3, 2.8',
  },
  {
    id: 'FifoThroughputLimit',
    label: 'Throughput limit',
    help: '300 calls a second of each action for the queue, or for each group (needs group scope).',
    section: SECTION,
    when: FIFO,
    type: 'choice',
    options: [
      { value: 'perQueue', label: 'Per queue' },
      { value: 'perMessageGroupId', label: 'Per message group (high throughput)' },
    ],
    default: 'perQueue',
    source: 'FACTS 1.3, 2.8',
  },
]
