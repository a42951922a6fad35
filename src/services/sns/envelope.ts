/** What subscribers get: SNS's envelope, or the message itself (FACTS 4.1). Pure. */
import { sha256Hex } from '../../base/hash.ts'
import type { MessageAttribute } from '../../engine/messages.ts'
import { REGION } from '../aws.ts'

/** A published message, as far as it is the same for all subscribers. */
export interface Notification {
  readonly messageId: string
  readonly topicArn: string
  readonly subject?: string
  /** ISO 8601 with milliseconds. */
  readonly timestamp: string
  /** 20 digits, of FIFO topics only. */
  readonly sequence?: string
  /** From the archive of a FIFO topic. */
  readonly replayed?: boolean
  /** 1 = SHA1, 2 = SHA256. */
  readonly signatureVersion: string
  readonly attributes: Readonly<Record<string, MessageAttribute>>
  /** Made once for all subscribers of a message. */
  signature?: { readonly of: string; readonly text: string }
  /** The envelope made last: all of it but the subscription's ARN, which stands between the two. */
  made?: {
    readonly of: string
    readonly before: string
    readonly after: string
    readonly bytes: number
  }
}

const HOST = `https://sns.${REGION}.amazonaws.com`
const CERTIFICATE = `${HOST}/SimpleNotificationService-9c6465fa7f48f5cacd23014631ec1136.pem`

export const unsubscribeUrl = (subscriptionArn: string): string =>
  `${HOST}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`

/** The JSON that queues, web servers, e-mail-JSON and Firehose get. */
export function envelope(
  about: Notification,
  message: string,
  subscriptionArn: string,
): { readonly text: string; readonly bytes: number } {
  if (about.made?.of !== message) about.made = makeEnvelope(about, message)
  const { before, after, bytes } = about.made
  return { text: before + subscriptionArn + after, bytes: bytes + subscriptionArn.length }
}

function makeEnvelope(about: Notification, message: string): NonNullable<Notification['made']> {
  const { messageId, sequence, topicArn, subject, timestamp } = about
  const beginning = JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    ...(sequence !== undefined && { SequenceNumber: sequence }),
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: timestamp,
    ...(sequence === undefined && signed(about, message)),
    ...(about.replayed && { Replayed: true }),
  })
  const before = `${beginning.slice(0, -1)},"UnsubscribeURL":"${unsubscribeUrl('')}`
  const after =
    Object.keys(about.attributes).length > 0
      ? `","MessageAttributes":${JSON.stringify(attributesOf(about.attributes))}}`
      : '"}'
  return { of: message, before, after, bytes: utf8Bytes(before) + utf8Bytes(after) }
}

const encoder = new TextEncoder()
export const utf8Bytes = (text: string): number => encoder.encode(text).length

/** The event that a Lambda function gets: one record. Its signature’s version is told as 1, whichever it is. */
export function lambdaEvent(about: Notification, message: string, subscriptionArn: string): string {
  const { messageId, sequence, topicArn, subject, timestamp } = about
  const { Signature, SigningCertURL } = signed(about, message)
  return JSON.stringify({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: messageId,
          ...(sequence !== undefined && { SequenceNumber: sequence }),
          TopicArn: topicArn,
          Subject: subject ?? null,
          Message: message,
          Timestamp: timestamp,
          SignatureVersion: '1',
          Signature,
          SigningCertUrl: SigningCertURL,
          UnsubscribeUrl: unsubscribeUrl(subscriptionArn),
          MessageAttributes: attributesOf(about.attributes),
        },
      },
    ],
  })
}

export const signed = (about: Notification, message: string) => ({
  SignatureVersion: about.signatureVersion,
  Signature: signatureOf(about, message),
  SigningCertURL: CERTIFICATE,
})

/** Looks like a signature and follows from what is signed, but nobody can check it. */
function signatureOf(about: Notification, message: string): string {
  if (about.signature?.of === message) return about.signature.text
  const { messageId, subject, timestamp, topicArn } = about
  const canonical = [
    ['Message', message],
    ['MessageId', messageId],
    ...(subject === undefined ? [] : [['Subject', subject]]),
    ['Timestamp', timestamp],
    ['TopicArn', topicArn],
    ['Type', 'Notification'],
  ]
  const text = btoa(sha256Hex(canonical.flat().join('\n')))
  about.signature = { of: message, text }
  return text
}

const attributesOf = (attributes: Notification['attributes']) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: BinaryValue ?? StringValue ?? '' },
    ]),
  )

/** What one protocol gets of a message that is written for several (MessageStructure json); texts only count. */
export function messageFor(protocol: string, body: string, isStructured: boolean): string {
  if (!isStructured) return body
  const texts = JSON.parse(body) as Record<string, unknown>
  const own = Object.hasOwn(texts, protocol) ? texts[protocol] : undefined
  return typeof own === 'string' ? own : String(texts.default)
}
