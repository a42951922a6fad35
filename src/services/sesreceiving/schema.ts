/** Amazon SES, as far as it receives: a receipt rule for the mail of a domain (FACTS 13). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { METRICS } from './metricNames.ts'
import { receivingCaller } from './names.ts'

const fields: readonly Field[] = [
  {
    id: 'spamChance',
    label: 'Chance of spam',
    help: 'Share of mails that the scan finds to be spam or to hold a virus.',
    section: 'Receipt rule',
    type: 'number',
    min: 0,
    max: 1,
    default: 0,
  },
  {
    id: 'onSpam',
    label: 'Spam',
    help: 'Bounce tells the sender; stop ends the rule in silence; or the actions go on.',
    section: 'Receipt rule',
    type: 'choice',
    options: [
      { value: 'bounce', label: 'Bounce' },
      { value: 'stop', label: 'Stop rule set' },
      { value: 'continue', label: 'Do the actions all the same' },
    ],
    default: 'stop',
    source: 'FACTS 13',
  },
]

const objectFields: readonly Field[] = [
  {
    id: 'keyPrefix',
    label: 'Object key prefix',
    help: 'Each mail’s object is called this and the message’s number.',
    type: 'text',
    default: '',
    maxLength: 500,
    source: 'FACTS 13',
  },
]

/** The rule's actions: what a part accepts, what the wire is called, AWS's operation. */
export const ACTIONS = [
  { accepts: 'PutObject', role: 'store', operation: 'PutObject', label: 'S3 action' },
  { accepts: 'Publish', role: 'notify', operation: 'Publish', label: 'SNS action' },
  { accepts: 'Invoke', role: 'invoke', operation: 'Invoke', label: 'Lambda action' },
] as const

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  const action = ACTIONS.find(({ accepts }) => toSchema.accepts.includes(accepts))
  if (!action) {
    return {
      ok: false,
      reason: `A receipt rule such as “${from.name}” has no action for “${to.name}” (${toSchema.title}).`,
      instead:
        'It stores in S3, publishes to SNS and invokes Lambda; put one of them between the two.',
    }
  }
  if (to.config.FifoTopic === true) {
    return {
      ok: false,
      reason: `A receipt rule does not publish to FIFO topics such as “${to.name}”.`,
      instead: 'Use a standard topic.',
    }
  }
  const { role, label } = action
  return { ok: true, role, label: () => label, fields: role === 'store' ? objectFields : [] }
}

const schema: KindSchema = {
  kind: 'sesreceiving',
  title: 'SES receiving',
  family: 'fanout',
  presets: [
    {
      id: 'sesreceiving',
      label: 'SES (receives mail)',
      name: 'support.example.com',
      help: 'Takes the mail of a domain: stores it in S3, publishes it to SNS, invokes a function, or bounces it.',
      keywords: ['ses', 'email', 'e-mail', 'mail', 'inbound', 'receive', 'receipt rule', 'smtp'],
      config: {},
    },
  ],
  fields,
  name: {
    pattern: /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    error: 'A domain in small letters, such as support.example.com.',
    maxLength: 253,
  },
  accepts: ['Mail'],
  callsAs: ({ name }) => receivingCaller(name),
  metrics: METRICS,
  size: { width: 240, height: 130 },
  connect,
}

export default schema
