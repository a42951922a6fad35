/** Settings of a producer that waits for replies: requests and responses over two queues (FACTS 2.9). */
import { fromSeconds, type SimUs } from '../../base/units.ts'
import type { Field } from '../schema.ts'

export const requesterFields: readonly Field[] = [
  {
    id: 'awaitReply',
    label: 'Waits for replies',
    help: 'Each message asks for a reply, which comes by a queue connected to the producer.',
    type: 'choice',
    options: [
      { value: 'off', label: 'No' },
      { value: 'request', label: 'A virtual queue for each request' },
      { value: 'key', label: 'A virtual queue for each key' },
      { value: 'shared', label: 'The queue itself, by correlation id' },
    ],
    default: 'off',
    source: 'FACTS 2.9',
  },
  {
    id: 'replyTimeoutS',
    label: 'Waits at most',
    help: 'Then the request has failed, and its reply is late if it still comes.',
    when: { field: 'awaitReply', is: ['request', 'key', 'shared'] },
    type: 'number',
    unit: 's',
    min: 0.1,
    max: 3600,
    default: 20,
    logarithmic: true,
  },
  {
    id: 'IdleQueueRetentionPeriodSeconds',
    label: 'Idle queues go after',
    help: 'A virtual queue that no request used for so long disappears.',
    when: { field: 'awaitReply', is: ['key'] },
    type: 'number',
    unit: 's',
    min: 1,
    max: 86_400,
    step: 1,
    default: 300,
    logarithmic: true,
    source: 'FACTS 2.9',
  },
]

export interface RequesterSettings {
  /** What stands between the requests that wait: a queue each, a queue for each key, or their ids. */
  readonly by: 'request' | 'key' | 'shared'
  readonly timeoutUs: SimUs
  readonly idleUs: SimUs
}

export const awaitsReplies = ({ awaitReply }: Readonly<Record<string, unknown>>): boolean =>
  awaitReply === 'request' || awaitReply === 'key' || awaitReply === 'shared'

/** Null when it does not wait. */
export const requesterIn = (config: Readonly<Record<string, unknown>>): RequesterSettings | null =>
  awaitsReplies(config)
    ? Object.freeze({
        by: config.awaitReply as RequesterSettings['by'],
        timeoutUs: fromSeconds(Number(config.replyTimeoutS)),
        idleUs: fromSeconds(Number(config.IdleQueueRetentionPeriodSeconds)),
      })
    : null
