/** What one subscriber gets of a message: enveloped, raw, or in its protocol's own form (FACTS 4.1). */
import { sha256Hex } from '../../base/hash.ts'
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { contentTypeFor } from './deliveryPolicy.ts'
import { envelope, lambdaEvent, messageFor, utf8Bytes, type Notification } from './envelope.ts'
import { mailFor } from './mail.ts'
import { isFifoName } from './names.ts'
import { isWeb } from './retry.ts'
import type { Subscription } from './topic.ts'

export interface Rendered {
  readonly content: Content
  /** Of body and attributes. */
  readonly bytes: number
}

/** The protocols that can have the message alone. */
const RAW_PROTOCOLS = new Set(['sqs', 'http', 'https', 'firehose'])

/** What this subscriber gets; null when it is the message as it was published. */
export function renderFor(
  sim: Simulation,
  node: number,
  { protocol, endpoint, settings, id }: Subscription,
  content: Content,
  about: Notification,
): Rendered | null {
  const { config } = sim.world.nodes[node]
  const key = protocol === 'application' ? platformOf(endpoint) : protocol
  const body = messageFor(key, content.body, content.perProtocol === true)
  const subscriptionArn = `${about.topicArn}:${id}`
  const beside = passedOn(endpoint, content, config)
  const isRaw = settings.raw && RAW_PROTOCOLS.has(protocol)
  if (isRaw && protocol === 'sqs') {
    const { groupId, deduplicationId } = beside
    const isSame =
      body === content.body &&
      groupId === content.groupId &&
      deduplicationId === content.deduplicationId
    if (isSame && content.subject === undefined) return null
    return sized({ body, attributes: content.attributes, ...beside })
  }
  const headers = isWeb(protocol)
    ? {
        headers: {
          ...requestHeaders(
            'Notification',
            about,
            contentTypeFor(String(config.DeliveryPolicy), settings.deliveryPolicy),
          ),
          'x-amz-sns-subscription-arn': subscriptionArn,
          ...(isRaw && { 'x-amz-sns-rawdelivery': 'true' }),
        },
      }
    : {}
  if (isRaw) return sized({ body, attributes: {}, ...beside, ...headers })
  if (protocol === 'sms' || protocol === 'application') {
    const { subject } = about
    return sized({ body, attributes: {}, ...(subject !== undefined && { subject }) })
  }
  if (protocol === 'lambda') {
    const event = lambdaEvent(about, body, subscriptionArn)
    return sized({ body: event, attributes: {}, ...beside })
  }
  if (protocol === 'email') {
    return sized(
      mailFor(body, about.subject, endpoint, String(config.DisplayName), subscriptionArn),
    )
  }
  const { text, bytes } = envelope(about, body, subscriptionArn)
  return { content: { body: text, attributes: {}, ...beside, ...headers }, bytes }
}

/** 'APNS' of arn:aws:sns:…:endpoint/APNS/app/uuid. */
export const platformOf = (endpoint: string): string => endpoint.split('/')[1] ?? ''

export type MessageType = 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation'

/** Headers of a POST to a web server. */
export const requestHeaders = (
  type: MessageType,
  { messageId, topicArn }: Pick<Notification, 'messageId' | 'topicArn'>,
  contentType = 'text/plain; charset=UTF-8',
): Record<string, string> => ({
  'x-amz-sns-message-type': type,
  'x-amz-sns-message-id': messageId,
  'x-amz-sns-topic-arn': topicArn,
  'Content-Type': contentType,
  'User-Agent': 'Amazon Simple Notification Service Agent',
  'Accept-Encoding': 'gzip,deflate',
})

const sized = (content: Content): Rendered => ({ content, bytes: sizeOf(content) })

/**
 * What queues get besides: a trace, and group and deduplication id if they are FIFO; of a standard topic
 * the group goes on as a tenant (FACTS 4.5).
 */
function passedOn(
  endpoint: string,
  content: Content,
  config: Readonly<Record<string, unknown>>,
): Pick<Content, 'groupId' | 'deduplicationId' | 'systemAttributes'> {
  const { groupId, systemAttributes } = content
  const trace = systemAttributes && { systemAttributes }
  if (config.FifoTopic === true && !isFifoName(endpoint)) return { ...trace }
  const deduplicationId = config.FifoTopic === true ? deduplicationIdOf(content, config) : undefined
  return {
    ...trace,
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
  }
}

/** Body and attributes, bytes. */
export function sizeOf({ body, attributes }: Content): number {
  let bytes = utf8Bytes(body)
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    const value =
      BinaryValue === undefined
        ? utf8Bytes(StringValue ?? '')
        : Math.floor((BinaryValue.replace(/=+$/, '').length * 3) / 4)
    bytes += utf8Bytes(name) + utf8Bytes(DataType) + value
  }
  return bytes
}

export const deduplicationIdOf = (
  content: Content,
  config: Readonly<Record<string, unknown>>,
): string | undefined =>
  content.deduplicationId ??
  (config.ContentBasedDeduplication === true ? sha256Hex(content.body) : undefined)
