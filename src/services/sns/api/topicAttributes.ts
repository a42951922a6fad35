/** Attributes of a topic between AWS's texts and our settings (FACTS 3.2). */
import type { Config } from '../../../scenario/scenario.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { ACCOUNT } from '../../aws.ts'
import { asList } from '../../conditions.ts'
import { isPolicy, readStatements } from '../../policy.ts'
import { beginningOf, readArchivePolicy } from '../archive.ts'
import { effectiveTopicPolicy, topicPolicy } from '../deliveryPolicy.ts'
import { refused } from '../errors.ts'
import { MAX_POLICY_CHARS } from '../fields.ts'
import { topicArn } from '../names.ts'
import { STATUS_ATTRIBUTES, checkStatusAttribute } from '../statusLog.ts'
import { livingSubscriptions, topicOf } from '../topic.ts'

/** What becomes a setting of the design. */
const SETTINGS = new Set([
  'DisplayName',
  'DeliveryPolicy',
  'SignatureVersion',
  'MaximumMessageSize',
  'FifoTopic',
  'ContentBasedDeduplication',
  'FifoThroughputScope',
])
/** What is kept and told, and changes nothing in the simulation. */
const TOLD = new Set(['KmsMasterKeyId', 'TracingConfig', ...STATUS_ATTRIBUTES])
const FIFO_ONLY = new Set(['ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy'])

export interface TopicChange {
  readonly config: Config
  readonly told: Readonly<Record<string, string>>
  /** 0 ends the archive and forgets what is in it. */
  readonly archiveDays?: number
}

/**
 * @param unknown why AWS refuses a name that it does not know of such a topic
 * @throws Refusal
 */
export function readTopicAttributes(
  attributes: Readonly<Record<string, string>>,
  isFifo: boolean,
  unknown: (name: string) => string,
): TopicChange {
  const config: Record<string, unknown> = {}
  const told: Record<string, string> = {}
  let archiveDays: number | undefined
  for (const [name, text] of Object.entries(attributes)) {
    if (FIFO_ONLY.has(name) && !isFifo && text !== 'false') throw refused(unknown(name))
    if (name === 'TracingConfig') checkTracing(text, isFifo)
    if (name === 'Policy') config.Policy = readPolicy(text)
    else if (SETTINGS.has(name)) config[name] = readSetting(name, text)
    else if (name === 'ArchivePolicy') archiveDays = readArchivePolicy(text)
    else if (TOLD.has(name)) {
      if (STATUS_ATTRIBUTES.includes(name)) checkStatusAttribute(name, text)
      told[name] = text
    } else throw refused(unknown(name))
  }
  return {
    config,
    told,
    ...(archiveDays !== undefined && { archiveDays }),
  }
}

function readSetting(name: string, text: string): unknown {
  switch (name) {
    case 'FifoTopic':
    case 'ContentBasedDeduplication':
      if (text !== 'true' && text !== 'false') {
        throw refused(`Attributes Reason: ${name}: Invalid value [${text}]. Must be true or false.`)
      }
      return text === 'true'
    case 'MaximumMessageSize': {
      const bytes = Number(text)
      if (!Number.isInteger(bytes) || bytes < 1024 || bytes > 1_048_576) {
        throw refused('Attributes Reason: MaximumMessageSize must be between 1024 and 1048576')
      }
      return bytes
    }
    case 'FifoThroughputScope':
      if (text !== 'Topic' && text !== 'MessageGroup') {
        throw refused('Attributes Reason: FifoThroughputScope: Invalid value')
      }
      return text
    case 'SignatureVersion':
      if (text !== '1' && text !== '2') throw refused('SignatureVersion')
      return text
    case 'DeliveryPolicy':
      checkJson(name, text)
      return text
    default:
      return text
  }
}

function checkTracing(text: string, isFifo: boolean): void {
  if (isFifo) {
    throw refused(
      'Attributes Reason: TracingConfig attribute is only supported for standard topics',
    )
  }
  if (text !== 'PassThrough' && text !== 'Active') {
    throw refused(
      `Attributes Reason: TracingConfig: Invalid value [${text}]. Please use either PassThrough or Active`,
    )
  }
}

/** Wildcards in actions are refused too. */
function readPolicy(text: string): string {
  if (!isPolicy(text, MAX_POLICY_CHARS)) throw refused('Policy Error: null')
  const actions = readStatements(text).flatMap(({ Action }) => asList(Action))
  if (actions.some((action) => !/^sns:[a-z]+$/i.test(String(action)))) {
    throw refused('Policy statement action out of service scope!')
  }
  return text
}

function checkJson(name: string, text: string): void {
  try {
    if (text === '' || typeof JSON.parse(text) === 'object') return
  } catch {
    // Told below.
  }
  throw refused(`Attributes Reason: ${name}: failed to parse JSON`)
}

/** All attributes that GetTopicAttributes tells; of some, AWS does not tell the default. */
export function topicAttributes(sim: Simulation, node: number): Record<string, string> {
  const { name, config } = sim.world.nodes[node]
  const topic = topicOf(sim, node)
  const living = livingSubscriptions(topic)
  const pending = living.filter(({ token }) => token !== '').length
  const isFifo = config.FifoTopic === true
  return {
    Owner: ACCOUNT,
    Policy: String(config.Policy) || defaultPolicy(name),
    TopicArn: topicArn(name),
    DisplayName: String(config.DisplayName),
    SubscriptionsConfirmed: String(living.length - pending),
    SubscriptionsPending: String(pending),
    SubscriptionsDeleted: String(topic.deletedSubscriptions),
    EffectiveDeliveryPolicy: effectiveTopicPolicy(String(config.DeliveryPolicy)),
    ...(config.DeliveryPolicy !== '' && {
      DeliveryPolicy: topicPolicy(String(config.DeliveryPolicy)),
    }),
    ...(config.SignatureVersion !== '1' && { SignatureVersion: String(config.SignatureVersion) }),
    ...(config.MaximumMessageSize !== 262_144 && {
      MaximumMessageSize: String(config.MaximumMessageSize),
    }),
    ...(isFifo && {
      FifoTopic: 'true',
      ContentBasedDeduplication: String(config.ContentBasedDeduplication),
      ...(config.FifoThroughputScope !== 'Topic' && {
        FifoThroughputScope: String(config.FifoThroughputScope),
      }),
    }),
    ...(topic.archive && {
      ArchivePolicy: JSON.stringify({
        MessageRetentionPeriod: String(topic.archive.retentionDays),
      }),
      BeginningArchiveTime: beginningOf(sim, topic.archive),
    }),
    ...topic.told,
  }
}

export const defaultPolicy = (name: string): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: topicArn(name),
        Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } },
      },
    ],
  })
