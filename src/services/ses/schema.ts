/** Amazon SES, as far as it sends: mail of a verified domain to people, one by one (FACTS 13). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { sesCaller } from './identity.ts'
import { METRICS } from './metricNames.ts'

const OUT_OF_SANDBOX = { field: 'ProductionAccessEnabled', is: [true] }
const TEMPLATED = { field: 'content', is: ['Template'] }

const fields: readonly Field[] = [
  {
    id: 'verified',
    label: 'Domain is verified',
    help: 'SES sends only as a domain or address that its owner has proved; without, every mail is rejected.',
    section: 'Identity',
    type: 'switch',
    default: true,
    source: 'FACTS 13, 17',
  },
  {
    id: 'ProductionAccessEnabled',
    label: 'Production access',
    help: 'Off is the sandbox: 200 mails in 24 hours, one a second, to verified addresses only.',
    section: 'Account',
    type: 'switch',
    default: true,
    source: 'FACTS 13',
  },
  {
    id: 'MaxSendRate',
    label: 'Sending rate',
    help: 'Recipients a second that AWS accepts.',
    section: 'Account',
    when: OUT_OF_SANDBOX,
    type: 'number',
    unit: 'mails/s',
    min: 1,
    max: 10_000,
    step: 1,
    default: 14,
    logarithmic: true,
  },
  {
    id: 'Max24HourSend',
    label: 'Sending quota',
    help: 'Recipients in any 24 hours.',
    section: 'Account',
    when: OUT_OF_SANDBOX,
    type: 'number',
    unit: 'mails',
    min: 1,
    max: 100_000_000,
    step: 1,
    default: 50_000,
    logarithmic: true,
  },
  {
    id: 'content',
    label: 'Content',
    help: 'Simple sends the message as it is; a template is filled with the message’s JSON.',
    section: 'Mail',
    type: 'choice',
    options: [
      { value: 'Simple', label: 'Simple' },
      { value: 'Template', label: 'Template' },
    ],
    default: 'Simple',
  },
  {
    id: 'SubjectPart',
    label: 'Subject',
    help: 'Of mails whose sender names none. In a template {{name}} is taken from the JSON.',
    section: 'Mail',
    type: 'text',
    default: 'News about your order',
    maxLength: 400,
  },
  {
    id: 'HtmlPart',
    label: 'HTML part',
    help: 'The template; {{name}} is taken from the JSON. What is missing there is a rendering failure.',
    section: 'Mail',
    when: TEMPLATED,
    type: 'text',
    default: '<h1>Thank you, {{customer}}</h1><p>Order {{order}} over {{amount}} USD is paid.</p>',
    maxLength: 20_000,
    multiline: true,
  },
  {
    id: 'bounceChance',
    label: 'Chance of a bounce',
    help: 'Share of recipients whose mail server says that there is no such mailbox.',
    section: 'Recipients',
    type: 'number',
    min: 0,
    max: 1,
    default: 0,
    source: 'FACTS 13',
  },
  {
    id: 'complaintChance',
    label: 'Chance of a complaint',
    help: 'Share of recipients who mark a delivered mail as spam.',
    section: 'Recipients',
    type: 'number',
    min: 0,
    max: 1,
    default: 0,
    source: 'FACTS 13',
  },
]

/** Which events an event destination is told of. */
export const EVENT_CHOICES = ['problems', 'all', 'Send', 'Delivery', 'Bounce', 'Complaint'] as const

const eventFields: readonly Field[] = [
  {
    id: 'events',
    label: 'Events',
    help: 'What the configuration set tells this destination of.',
    type: 'choice',
    options: EVENT_CHOICES.map((value) => ({
      value,
      label:
        value === 'problems'
          ? 'Bounces, complaints, delays and rendering failures'
          : value === 'all'
            ? 'All events'
            : value,
    })),
    default: 'problems',
    source: 'FACTS 13',
  },
]

const recipientFields: readonly Field[] = [
  {
    id: 'isVerified',
    label: 'Address is verified',
    help: 'In the sandbox only verified addresses get mail.',
    type: 'switch',
    default: false,
    source: 'FACTS 13',
  },
]

/** By what an event destination is told: the first that it accepts. */
export const EVENT_WAYS = [
  ['Publish', 'Publish'],
  ['PutRecordBatch', 'PutRecord'],
] as const

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (takesMail(to, toSchema)) {
    return { ok: true, role: 'mail', label: () => 'mail', fields: recipientFields }
  }
  if (to.config.FifoTopic === true) {
    return {
      ok: false,
      reason: `SES does not publish events to FIFO topics such as “${to.name}”.`,
      instead: 'Use a standard topic.',
    }
  }
  if (EVENT_WAYS.some(([accepts]) => toSchema.accepts.includes(accepts))) {
    return {
      ok: true,
      role: 'notify',
      label: ({ events }) => `events: ${String(events ?? 'problems')}`,
      fields: eventFields,
    }
  }
  return {
    ok: false,
    reason: `“${from.name}” sends mail to people; “${to.name}” (${toSchema.title}) has no mailbox.`,
    instead:
      'Wire it to an e-mail inbox, or to a topic or a Firehose that is to hear of bounces and complaints.',
  }
}

/** Mailboxes say so by how a topic would deliver to them; AWS's own by what they accept. */
const takesMail = (to: ScenarioNode, { accepts, subscribeAs }: KindSchema): boolean => {
  if (accepts.includes('Mail')) return true
  const mailbox = subscribeAs?.(to, { isFifo: false })
  return mailbox?.ok === true && mailbox.operation === 'SendMail'
}

const schema: KindSchema = {
  kind: 'ses',
  title: 'SES sending',
  family: 'fanout',
  presets: [
    {
      id: 'ses',
      label: 'SES (sends mail)',
      name: 'shop.example.com',
      help: 'Sends mail of a verified domain to people: a mail for each, from a template, with bounces told.',
      keywords: ['ses', 'email', 'e-mail', 'mail', 'smtp', 'template', 'bounce', 'newsletter'],
      config: {},
    },
  ],
  fields,
  name: {
    pattern: /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    error: 'A domain in small letters, such as shop.example.com.',
    maxLength: 253,
  },
  accepts: ['SendEmail'],
  callsAs: ({ name }) => sesCaller(name),
  metrics: METRICS,
  size: { width: 240, height: 140 },
  connect,
}

export default schema
