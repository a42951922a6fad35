/** Attributes of a subscription between AWS's texts and our settings (FACTS 3.2, 4.2-4.4). */
import type { Config } from '../../../scenario/scenario.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { ACCOUNT, arn } from '../../aws.ts'
import { readReplayPolicy, type Replay } from '../archive.ts'
import { effectivePolicy, subscriptionPolicy } from '../deliveryPolicy.ts'
import { refused } from '../errors.ts'
import { BadPolicy, readPolicy, type FilterScope } from '../filter/policy.ts'
import { jsonComplaint, jsonSource, objectOf } from '../json.ts'
import { isFifoName, nameInArn, topicArn } from '../names.ts'
import { isWeb } from '../retry.ts'
import type { Subscription, SubscriptionSettings } from '../topic.ts'

const RAW_PROTOCOLS = new Set(['sqs', 'http', 'https', 'firehose'])

export interface SubscriptionChange {
  readonly settings: SubscriptionSettings
  readonly told: Readonly<Record<string, string>>
  /** Null: none any more. */
  readonly replay?: Replay | null
}

/**
 * The settings with these attributes changed.
 * @param prefix what AWS puts before a complaint: 'Attributes Reason: ' in Subscribe, '' later
 * @throws Refusal
 */
export function readSubscriptionAttributes(
  attributes: Readonly<Record<string, string>>,
  protocol: string,
  endpoint: string,
  topicName: string,
  before: SubscriptionSettings,
  prefix: '' | 'Attributes Reason: ',
): SubscriptionChange {
  let settings = before
  const told: Record<string, string> = {}
  let replay: Replay | null | undefined
  const { FilterPolicyScope: scope } = attributes
  if (scope !== undefined) {
    if (scope !== 'MessageAttributes' && scope !== 'MessageBody') {
      throw refused(
        `${prefix}FilterPolicyScope: Invalid value [${scope}]. Please use either MessageBody or MessageAttributes`,
      )
    }
    settings = { ...settings, scope }
    if (attributes.FilterPolicy === undefined) {
      checkFilter(settings.filterPolicy, scope, prefix)
    }
  }
  for (const [name, text] of Object.entries(attributes)) {
    if (name === 'FilterPolicyScope') continue
    if (name === 'FilterPolicy') {
      const isPolicy = checkFilter(text, settings.scope, prefix)
      settings = { ...settings, filterPolicy: isPolicy ? text : '' }
    } else if (name === 'RawMessageDelivery') {
      settings = { ...settings, raw: readRaw(text, protocol, prefix) }
    } else if (name === 'RedrivePolicy') {
      settings = { ...settings, deadLetterQueue: readRedrive(text, topicName, endpoint, prefix) }
    } else if (name === 'DeliveryPolicy') {
      checkDelivery(text, prefix)
      settings = { ...settings, deliveryPolicy: text }
    } else if (name === 'ReplayPolicy') {
      if (!isFifoName(topicName)) {
        throw refused(`${prefix}ReplayPolicy: only subscriptions to FIFO topics can replay`)
      }
      replay = readReplayPolicy(text, prefix)
      told.ReplayPolicy = replay ? text : ''
      told.ReplayStatus = replay ? 'Completed' : ''
    } else if (name === 'SubscriptionRoleArn') {
      checkRole(text, protocol, prefix)
      told[name] = text
    } else {
      throw refused('AttributeName')
    }
  }
  return { settings, told, ...(replay !== undefined && { replay }) }
}

/** Whether it is a policy at all: `{}` and '' are none. @throws Refusal */
function checkFilter(text: string, scope: FilterScope, prefix: string): boolean {
  if (text === '') return false
  try {
    return readPolicy(text, scope) !== null
  } catch (problem) {
    if (problem instanceof BadPolicy) {
      throw refused(`${prefix}${problem.message}${problem.source}`)
    }
    throw problem
  }
}

function readRaw(text: string, protocol: string, prefix: string): boolean {
  const value = text.toLowerCase()
  if (value !== 'true' && value !== 'false') {
    throw refused(`${prefix}RawMessageDelivery: Invalid value [${text}]. Must be true or false.`)
  }
  if (value === 'true' && !RAW_PROTOCOLS.has(protocol)) {
    throw refused(`${prefix}Delivery protocol [${protocol}] does not support raw message delivery.`)
  }
  return value === 'true'
}

/** A role that SNS may take on to write to Firehose. @throws Refusal */
function checkRole(text: string, protocol: string, prefix: string): void {
  if (protocol !== 'firehose') {
    throw refused(`${prefix}SubscriptionRoleArn: only supported for Firehose subscriptions`)
  }
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(text)) {
    throw refused(`${prefix}SubscriptionRoleArn is not a valid role to be assumed by SNS`)
  }
}

/**
 * The name of the dead-letter queue. A FIFO topic checks its type; a standard topic takes a FIFO queue,
 * into which nothing can be redriven later.
 * @throws Refusal
 */
function readRedrive(text: string, topic: string, endpoint: string, prefix: string): string {
  if (text === '' || text === '{}') return ''
  let policy: unknown
  try {
    policy = JSON.parse(text)
  } catch {
    const problem = jsonComplaint(text) + jsonSource(text)
    throw refused(`${prefix}RedrivePolicy: failed to parse JSON. ${problem}`)
  }
  const { deadLetterTargetArn: target, ...others } = objectOf(policy)
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    throw refused(`${prefix}RedrivePolicy: invalid JSON. Attribute ${unknown} is unknown.`)
  }
  if (typeof target !== 'string' || !/^arn:[^:]+:sqs:[^:]+:\d{12}:[^:]+$/.test(target)) {
    throw refused(`${prefix}RedrivePolicy: deadLetterTargetArn is an invalid arn`)
  }
  const isFifo = isFifoName(endpoint)
  if (isFifoName(topic) && isFifoName(target) !== isFifo) {
    const type = isFifo ? 'FIFO' : 'Standard'
    throw refused(
      `${prefix}RedrivePolicy: must use a ${type} queue as DLQ for a ${type} Subscription to a FIFO Topic.`,
    )
  }
  return nameInArn(target)
}

const MOST_RETRY_SECONDS = 3_600

function checkDelivery(text: string, prefix: string): void {
  if (text === '') return
  let policy: Record<string, Record<string, unknown> | undefined>
  try {
    policy = JSON.parse(text) as typeof policy
  } catch {
    throw refused(`${prefix}DeliveryPolicy: failed to parse JSON`)
  }
  const { maxReceivesPerSecond: limit } = policy.throttlePolicy ?? {}
  if (limit !== undefined && !(typeof limit === 'number' && limit >= 1)) {
    throw refused(
      `${prefix}DeliveryPolicy: throttlePolicy.maxReceivesPerSecond must be greater than or equal to 1`,
    )
  }
  const retry = policy.healthyRetryPolicy
  if (!retry) return
  const {
    numRetries = 3,
    maxDelayTarget = 20,
    minDelayTarget = 20,
  } = retry as Record<string, number>
  if (numRetries < 0 || numRetries > 100) {
    throw refused(
      `${prefix}DeliveryPolicy: healthyRetryPolicy.numRetries must be between 0 and 100`,
    )
  }
  if (minDelayTarget > maxDelayTarget || maxDelayTarget > MOST_RETRY_SECONDS) {
    throw refused(
      `${prefix}DeliveryPolicy: healthyRetryPolicy.maxDelayTarget must be between minDelayTarget and ${MOST_RETRY_SECONDS}`,
    )
  }
}

/** As settings of a wire. */
export const configOf = (settings: SubscriptionSettings): Config => ({
  RawMessageDelivery: settings.raw,
  FilterPolicy: settings.filterPolicy,
  FilterPolicyScope: settings.scope,
  DeliveryPolicy: settings.deliveryPolicy,
  deadLetterQueue: settings.deadLetterQueue,
})

export const redrivePolicyOf = (queue: string): string =>
  JSON.stringify({ deadLetterTargetArn: arn('sqs', queue) })

/** All attributes that GetSubscriptionAttributes tells. */
export function subscriptionAttributes(
  sim: Simulation,
  node: number,
  subscription: Subscription,
): Record<string, string> {
  const { name, config } = sim.world.nodes[node]
  const topic = topicArn(name)
  const { settings, protocol, endpoint, id, token, told } = subscription
  return {
    SubscriptionArn: `${topic}:${id}`,
    TopicArn: topic,
    Owner: ACCOUNT,
    Protocol: protocol,
    Endpoint: endpoint,
    ConfirmationWasAuthenticated: String(token === ''),
    PendingConfirmation: String(token !== ''),
    RawMessageDelivery: String(settings.raw),
    SubscriptionPrincipal: `arn:aws:iam::${ACCOUNT}:root`,
    ...(settings.filterPolicy !== '' && {
      FilterPolicy: settings.filterPolicy,
      FilterPolicyScope: settings.scope,
    }),
    ...(settings.deadLetterQueue !== '' && {
      RedrivePolicy: redrivePolicyOf(settings.deadLetterQueue),
    }),
    ...(settings.deliveryPolicy !== '' && {
      DeliveryPolicy: subscriptionPolicy(settings.deliveryPolicy),
    }),
    ...(isWeb(protocol) && {
      EffectiveDeliveryPolicy: effectivePolicy(
        String(config.DeliveryPolicy),
        settings.deliveryPolicy,
      ),
    }),
    ...Object.fromEntries(Object.entries(told).filter(([, text]) => text !== '')),
  }
}
