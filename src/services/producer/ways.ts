/** How a producer sends, by what the other part accepts. */
import type { Field } from '../schema.ts'
import type { Audience } from './recipe.ts'

export interface Way {
  /** One of the target schema's `accepts`; the first way that fits is taken. */
  readonly accepts: string
  /** What the wire is called, for ever: documents say it. */
  readonly role: string
  /** AWS's operations for one and for several; null where there is no batch. */
  readonly single: string
  readonly batch: string | null
  /** The KPL writes to it. */
  readonly aggregates?: true
  /** Short words on the wire. */
  readonly label: string
  /** Whose rules the words follow, unless the target is a FIFO one. */
  readonly audience: Audience
  /** To a queue of SQS: libraries of the caller's side work on this way (payloads.ts, requests.ts). */
  readonly isQueue?: true
  /** Settings of such a wire, if it has any. */
  readonly fields?: readonly Field[]
}

const invocationType: Field = {
  id: 'InvocationType',
  label: 'Invocation type',
  help: 'RequestResponse waits for the function; Event only hands the payload over.',
  type: 'choice',
  options: [
    { value: 'RequestResponse', label: 'RequestResponse (synchronous)' },
    { value: 'Event', label: 'Event (asynchronous)' },
  ],
  default: 'RequestResponse',
  source: 'FACTS 7',
}

/** The key of each object: these words around the message's number. */
const objectKey: readonly Field[] = [
  {
    id: 'keyPrefix',
    label: 'Key begins with',
    help: 'Each object’s key is this, the message’s number, and the ending.',
    type: 'text',
    default: '',
    maxLength: 500,
  },
  {
    id: 'keySuffix',
    label: 'Key ends with',
    help: 'Such as .jpg or .json.',
    type: 'text',
    default: '.json',
    maxLength: 100,
  },
]

const recipients: readonly Field[] = [
  {
    id: 'recipients',
    label: 'Each mail goes to',
    help: 'One of the mailboxes in turn, as a receipt does, or all of them, as a newsletter does.',
    type: 'choice',
    options: [
      { value: 'turn', label: 'One person, in turn' },
      { value: 'all', label: 'All of them' },
    ],
    default: 'turn',
    source: 'FACTS 13',
  },
]

/** The role of wires to buckets; with an extended client the first of them takes its payloads. */
export const PAYLOAD_ROLE = 'putObject'

export const WAYS: readonly Way[] = [
  {
    accepts: 'SendMessage',
    role: 'send',
    single: 'SendMessage',
    batch: 'SendMessageBatch',
    label: '',
    audience: 'plain',
    isQueue: true,
  },
  {
    accepts: 'PutRecordBatch',
    role: 'putBatch',
    single: 'PutRecord',
    batch: 'PutRecordBatch',
    label: '',
    audience: 'stream',
  },
  {
    accepts: 'Publish',
    role: 'publish',
    single: 'Publish',
    batch: 'PublishBatch',
    label: '',
    audience: 'plain',
  },
  {
    accepts: 'PutRecord',
    role: 'put',
    single: 'PutRecord',
    batch: 'PutRecords',
    aggregates: true,
    label: '',
    audience: 'stream',
  },
  {
    accepts: 'Produce',
    role: 'produce',
    single: 'Produce',
    batch: 'Produce',
    label: '',
    audience: 'stream',
  },
  {
    accepts: 'Invoke',
    role: 'invoke',
    single: 'Invoke',
    batch: null,
    label: '',
    audience: 'plain',
    fields: [invocationType],
  },
  {
    accepts: 'PublishDirect',
    role: 'publishDirect',
    single: 'Publish',
    batch: null,
    label: 'direct publish',
    audience: 'plain',
  },
  {
    accepts: 'PutObject',
    role: PAYLOAD_ROLE,
    single: 'PutObject',
    batch: null,
    label: '',
    audience: 'plain',
    fields: objectKey,
  },
  {
    accepts: 'SendEmail',
    role: 'sendEmail',
    single: 'SendEmail',
    batch: null,
    label: '',
    audience: 'plain',
    fields: recipients,
  },
  {
    accepts: 'Mail',
    role: 'writeMail',
    single: 'SendMail',
    batch: null,
    label: 'writes mail',
    audience: 'plain',
  },
  {
    accepts: 'Request',
    role: 'request',
    single: 'Request',
    batch: null,
    label: 'calls and waits',
    audience: 'plain',
  },
]

export const wayOf = (role: string): Way | undefined => WAYS.find((way) => way.role === role)
