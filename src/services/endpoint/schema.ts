/** What SNS delivers to outside of AWS: web servers, mailboxes, phones, apps on phones (FACTS 3.2, 4). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { addressOf, isDevice, isMail, isWeb, protocolOf, type Protocol } from './addresses.ts'
import { METRICS } from './metricNames.ts'

const WEB = { field: 'protocol', is: ['https', 'http'] }
const CONFIRMING = { field: 'protocol', is: ['https', 'http', 'email', 'email-json'] }
const APP = { field: 'protocol', is: ['application'] }

export const FAILURE_STATUSES = [
  '500',
  '502',
  '503',
  '504',
  '429',
  '400',
  '401',
  '403',
  '404',
  '410',
]

const fields: readonly Field[] = [
  {
    id: 'protocol',
    label: 'Protocol',
    help: 'How SNS reaches it.',
    section: 'Endpoint',
    type: 'choice',
    options: [
      { value: 'https', label: 'HTTPS' },
      { value: 'http', label: 'HTTP' },
      { value: 'email', label: 'E-mail' },
      { value: 'email-json', label: 'E-mail (JSON)' },
      { value: 'sms', label: 'SMS' },
      { value: 'application', label: 'Mobile push' },
    ],
    default: 'https',
    fixed: true,
    source: 'FACTS 3.2',
  },
  {
    id: 'address',
    label: 'Address',
    help: 'URL, e-mail address, phone number or endpoint ARN; empty for one made from the name.',
    section: 'Endpoint',
    type: 'text',
    default: '',
    maxLength: 400,
    fixed: true,
    source: 'FACTS 3.2',
  },
  {
    id: 'Platform',
    label: 'Platform',
    help: 'Whose push service carries the notification; a message may be worded for each.',
    section: 'Endpoint',
    when: APP,
    type: 'choice',
    options: [
      { value: 'APNS', label: 'APNS (Apple)' },
      { value: 'GCM', label: 'GCM (Firebase)' },
      { value: 'ADM', label: 'ADM (Amazon)' },
    ],
    default: 'APNS',
    fixed: true,
    source: 'FACTS 3.2',
  },
  {
    id: 'Enabled',
    label: 'Enabled',
    help: 'Off once the device’s token is no longer valid: SNS sends nothing and does not try again.',
    section: 'Endpoint',
    when: APP,
    type: 'switch',
    default: true,
    source: 'FACTS 3.2',
  },
  {
    id: 'confirmsItself',
    label: 'Confirms by itself',
    help: 'Says yes to a subscription as soon as it is asked. Otherwise press “Confirm subscription”.',
    section: 'Endpoint',
    when: CONFIRMING,
    type: 'switch',
    default: false,
    source: 'FACTS 3.2',
  },
  {
    id: 'responseMs',
    label: 'Response time',
    help: 'SNS waits 15 s for a web server, then takes the attempt for failed.',
    section: 'Behaviour',
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 60_000,
    step: 1,
    default: 100,
    logarithmic: true,
    source: 'FACTS 4.2',
  },
  {
    id: 'failureChance',
    label: 'Chance of failure',
    help: 'Share of deliveries that fail.',
    section: 'Behaviour',
    type: 'number',
    min: 0,
    max: 1,
    default: 0,
  },
  {
    id: 'failureStatus',
    label: 'Fails with status',
    help: '5xx and 429 are tried again; any other status is final.',
    section: 'Behaviour',
    when: WEB,
    type: 'choice',
    options: FAILURE_STATUSES.map((value) => ({
      value,
      label: value.startsWith('5') || value === '429' ? `${value}: tried again` : `${value}: final`,
    })),
    default: '500',
    source: 'FACTS 4.2',
  },
  {
    id: 'downFromS',
    label: 'Down from',
    help: 'Simulated time at which nobody answers any more.',
    section: 'Behaviour',
    type: 'number',
    unit: 's',
    min: 0,
    max: 1_000_000,
    default: 0,
  },
  {
    id: 'downToS',
    label: 'Down to',
    help: 'When it is back; the same as “Down from” for never down.',
    section: 'Behaviour',
    type: 'number',
    unit: 's',
    min: 0,
    max: 1_000_000,
    default: 0,
  },
]

const TITLES: Readonly<Record<Protocol, string>> = {
  https: 'HTTPS endpoint',
  http: 'HTTP endpoint',
  email: 'E-mail inbox',
  'email-json': 'E-mail inbox (JSON)',
  sms: 'SMS phone',
  application: 'Mobile app',
}

/** What a topic calls to deliver, as the log names it. */
export function operationFor(protocol: Protocol): string {
  if (isWeb(protocol)) return 'POST'
  if (isMail(protocol)) return 'SendMail'
  return protocol === 'sms' ? 'SendSMS' : 'PushNotification'
}

/** Programs publish straight to devices; to anything else only a topic does. */
function attach(from: ScenarioNode, to: ScenarioNode, fromSchema: KindSchema): Connection | null {
  const connection = fromSchema.connect(from, to, schema)
  if (!connection.ok || connection.role !== 'publishDirect') return null
  if (isDevice(protocolOf(to.config))) return null
  return {
    ok: false,
    reason: `“${from.name}” cannot publish straight to “${to.name}” (${schema.titleOf!(to)}): SNS does so only for phones and mobile apps.`,
    instead: 'Put a topic between the two.',
  }
}

const schema: KindSchema = {
  kind: 'endpoint',
  title: 'Endpoint',
  titleOf: ({ config }) => TITLES[protocolOf(config)],
  family: 'store',
  presets: [
    {
      id: 'https',
      label: 'HTTP/S endpoint',
      name: 'webhook',
      help: 'A web server that a topic posts to. Slow, failing or down as you set it.',
      keywords: ['http', 'https', 'webhook', 'web server', 'rest', 'post', 'sns', 'endpoint'],
      config: {},
    },
    {
      id: 'email',
      label: 'E-mail inbox',
      name: 'team',
      help: 'A mailbox that gets a topic’s messages as plain text.',
      keywords: ['email', 'e-mail', 'mail', 'inbox', 'sns', 'notification'],
      config: { protocol: 'email' },
    },
    {
      id: 'sms',
      label: 'SMS phone',
      name: 'on-call',
      help: 'A phone that gets text messages, from a topic or directly.',
      keywords: ['sms', 'text message', 'phone', 'sns'],
      config: { protocol: 'sms' },
    },
    {
      id: 'application',
      label: 'Mobile app',
      name: 'customer-app',
      help: 'An app on a phone that gets push notifications, from a topic or directly.',
      keywords: ['push', 'mobile', 'app', 'apns', 'gcm', 'firebase', 'fcm', 'adm', 'sns'],
      config: { protocol: 'application' },
    },
  ],
  fields,
  name: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/,
    error: 'Letters, digits, dots and hyphens; 1 to 63 of them.',
    maxLength: 63,
  },
  accepts: ['PublishDirect'],
  metrics: METRICS,
  subscribeAs(node, { isFifo }) {
    const protocol = protocolOf(node.config)
    if (isFifo) {
      return {
        ok: false,
        reason: `A FIFO topic delivers only to SQS queues, not to “${node.name}” (${TITLES[protocol]}).`,
        instead: 'Use a standard topic, or put a queue between the two.',
      }
    }
    return {
      ok: true,
      protocol,
      endpoint: addressOf(node),
      operation: operationFor(protocol),
      needsConfirmation: !isDevice(protocol),
    }
  },
  size: { width: 240, height: 150 },
  attach,
  connect: (from, to, toSchema) => ({
    ok: false,
    reason: `“${from.name}” (${TITLES[protocolOf(from.config)]}) sends nothing, so “${to.name}” (${toSchema.title}) would get nothing.`,
    instead: 'Draw the wire towards it.',
  }),
}

export default schema
