/**
 * What requester and responder agree on, as AWS's Temporary Queue Client does it (FACTS 2.9): a request says
 * where its reply goes, in an attribute; a virtual queue is the part of that address behind the '#', and
 * travels with the reply as an attribute, since all virtual queues share one real one.
 */
import { utf8Length } from '../base/utf8.ts'
import type { MessageAttribute } from '../engine/messages.ts'

type Attributes = Readonly<Record<string, MessageAttribute>>

const RESPONSE_QUEUE_URL = 'ResponseQueueUrl'
const VIRTUAL_QUEUE_NAME = '__AmazonSQSVirtualQueuesClient.QueueName'
const CORRELATION_ID = 'CorrelationId'

/** Where a reply goes, and to which request it belongs. */
export interface ReplyAddress {
  /** Of the queue on the service. */
  readonly queueUrl: string
  /** '' = none: the reply is for the real queue. */
  readonly virtualQueue: string
  /** '' = none: the virtual queue is for one request only. */
  readonly correlationId: string
}

/** The attributes of a request. */
export const askingFor = ({ queueUrl, virtualQueue, correlationId }: ReplyAddress): Attributes =>
  texts({
    [RESPONSE_QUEUE_URL]: virtualQueue === '' ? queueUrl : `${queueUrl}#${virtualQueue}`,
    [CORRELATION_ID]: correlationId,
  })

/** Where a request wants its reply; null when it wants none. */
export function addressIn(attributes: Attributes): ReplyAddress | null {
  const url = attributes[RESPONSE_QUEUE_URL]?.StringValue
  if (url === undefined) return null
  const [queueUrl, virtualQueue = ''] = url.split('#')
  return { queueUrl, virtualQueue, correlationId: attributes[CORRELATION_ID]?.StringValue ?? '' }
}

/** The attributes of the reply. */
export const answering = ({ virtualQueue, correlationId }: ReplyAddress): Attributes =>
  texts({ [VIRTUAL_QUEUE_NAME]: virtualQueue, [CORRELATION_ID]: correlationId })

/** To which request a reply belongs: a correlation id, or the name of a queue for one request. */
export const requestOf = (attributes: Attributes): string =>
  attributes[CORRELATION_ID]?.StringValue ?? attributes[VIRTUAL_QUEUE_NAME]?.StringValue ?? ''

/** String attributes of what is not empty. */
const texts = (values: Readonly<Record<string, string>>): Attributes =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, StringValue]) => StringValue !== '')
      .map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  )

/** Names, types and values count, bytes (FACTS 1.3). Of text attributes. */
export const bytesOfTexts = (attributes: Attributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '' }]) =>
      sum + utf8Length(name + DataType + StringValue),
    0,
  )
