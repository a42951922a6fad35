/**
 * Inputs and outputs of the operations of SQS as data (FACTS 1.3), so that a protocol is written
 * once, not once an operation. The names are those of AWS's JSON; lists and maps also say how the
 * Query protocol calls one element, which is written flat: `Attribute.1.Name=...`.
 */
export type Shape =
  | { readonly type: 'string' | 'integer' | 'boolean' }
  /** A string that names a queue by the address under which the caller reached us. */
  | { readonly type: 'queueUrl' }
  | { readonly type: 'list'; readonly element: string; readonly of: Shape }
  | {
      readonly type: 'map'
      readonly element: string
      readonly key: string
      readonly value: string
      readonly of: Shape
    }
  | Structure

export interface Structure {
  readonly type: 'structure'
  readonly members: Readonly<Record<string, Shape>>
}

export interface OperationShape {
  readonly input: Structure
  /** Absent where AWS answers with nothing. */
  readonly output?: Structure
}

const string: Shape = { type: 'string' }
const integer: Shape = { type: 'integer' }
const boolean: Shape = { type: 'boolean' }
const queueUrl: Shape = { type: 'queueUrl' }

const structure = (members: Record<string, Shape>): Structure => ({ type: 'structure', members })
const list = (element: string, of: Shape = string): Shape => ({ type: 'list', element, of })
const map = (element: string, of: Shape = string, key = 'Name', value = 'Value'): Shape => ({
  type: 'map',
  element,
  key,
  value,
  of,
})

const tags = map('Tag', string, 'Key', 'Value')

const messageAttribute = structure({
  StringValue: string,
  // Base64 in both protocols.
  BinaryValue: string,
  StringListValues: list('StringListValue'),
  BinaryListValues: list('BinaryListValue'),
  DataType: string,
})

const messageToSend = {
  MessageBody: string,
  DelaySeconds: integer,
  MessageAttributes: map('MessageAttribute', messageAttribute),
  MessageSystemAttributes: map('MessageSystemAttribute', messageAttribute),
  MessageDeduplicationId: string,
  MessageGroupId: string,
}

const messageSent = {
  MessageId: string,
  MD5OfMessageBody: string,
  MD5OfMessageAttributes: string,
  MD5OfMessageSystemAttributes: string,
  SequenceNumber: string,
}

const message = structure({
  MessageId: string,
  ReceiptHandle: string,
  MD5OfBody: string,
  Body: string,
  Attributes: map('Attribute'),
  MD5OfMessageAttributes: string,
  MessageAttributes: map('MessageAttribute', messageAttribute),
})

const onReceipt = { ReceiptHandle: string }
const newVisibility = { ReceiptHandle: string, VisibilityTimeout: integer }

const batchOf = (element: string, entry: Record<string, Shape>): Structure =>
  structure({ QueueUrl: queueUrl, Entries: list(element, structure({ Id: string, ...entry })) })

const batchResult = (element: string, entry: Record<string, Shape> = {}): Structure =>
  structure({
    Successful: list(element, structure({ Id: string, ...entry })),
    Failed: list(
      'BatchResultErrorEntry',
      structure({ Id: string, Code: string, Message: string, SenderFault: boolean }),
    ),
  })

const page = { MaxResults: integer, NextToken: string }

const moveTask = structure({
  TaskHandle: string,
  Status: string,
  SourceArn: string,
  DestinationArn: string,
  MaxNumberOfMessagesPerSecond: integer,
  ApproximateNumberOfMessagesMoved: integer,
  ApproximateNumberOfMessagesToMove: integer,
  FailureReason: string,
  StartedTimestamp: integer,
})

const shapes: Readonly<Record<string, OperationShape>> = {
  AddPermission: {
    input: structure({
      QueueUrl: queueUrl,
      Label: string,
      AWSAccountIds: list('AWSAccountId'),
      Actions: list('ActionName'),
    }),
  },
  CancelMessageMoveTask: {
    input: structure({ TaskHandle: string }),
    output: structure({ ApproximateNumberOfMessagesMoved: integer }),
  },
  ChangeMessageVisibility: { input: structure({ QueueUrl: queueUrl, ...newVisibility }) },
  ChangeMessageVisibilityBatch: {
    input: batchOf('ChangeMessageVisibilityBatchRequestEntry', newVisibility),
    output: batchResult('ChangeMessageVisibilityBatchResultEntry'),
  },
  CreateQueue: {
    input: structure({ QueueName: string, Attributes: map('Attribute'), tags }),
    output: structure({ QueueUrl: queueUrl }),
  },
  DeleteMessage: { input: structure({ QueueUrl: queueUrl, ...onReceipt }) },
  DeleteMessageBatch: {
    input: batchOf('DeleteMessageBatchRequestEntry', onReceipt),
    output: batchResult('DeleteMessageBatchResultEntry'),
  },
  DeleteQueue: { input: structure({ QueueUrl: queueUrl }) },
  GetQueueAttributes: {
    input: structure({ QueueUrl: queueUrl, AttributeNames: list('AttributeName') }),
    output: structure({ Attributes: map('Attribute') }),
  },
  GetQueueUrl: {
    input: structure({ QueueName: string, QueueOwnerAWSAccountId: string }),
    output: structure({ QueueUrl: queueUrl }),
  },
  ListDeadLetterSourceQueues: {
    input: structure({ QueueUrl: queueUrl, ...page }),
    output: structure({ queueUrls: list('QueueUrl', queueUrl), NextToken: string }),
  },
  ListMessageMoveTasks: {
    input: structure({ SourceArn: string, MaxResults: integer }),
    output: structure({ Results: list('ListMessageMoveTasksResultEntry', moveTask) }),
  },
  ListQueueTags: {
    input: structure({ QueueUrl: queueUrl }),
    output: structure({ Tags: tags }),
  },
  ListQueues: {
    input: structure({ QueueNamePrefix: string, ...page }),
    output: structure({ QueueUrls: list('QueueUrl', queueUrl), NextToken: string }),
  },
  PurgeQueue: { input: structure({ QueueUrl: queueUrl }) },
  ReceiveMessage: {
    input: structure({
      QueueUrl: queueUrl,
      AttributeNames: list('AttributeName'),
      MessageSystemAttributeNames: list('MessageSystemAttributeName'),
      MessageAttributeNames: list('MessageAttributeName'),
      MaxNumberOfMessages: integer,
      VisibilityTimeout: integer,
      WaitTimeSeconds: integer,
      ReceiveRequestAttemptId: string,
    }),
    output: structure({ Messages: list('Message', message) }),
  },
  RemovePermission: { input: structure({ QueueUrl: queueUrl, Label: string }) },
  SendMessage: {
    input: structure({ QueueUrl: queueUrl, ...messageToSend }),
    output: structure(messageSent),
  },
  SendMessageBatch: {
    input: batchOf('SendMessageBatchRequestEntry', messageToSend),
    output: batchResult('SendMessageBatchResultEntry', messageSent),
  },
  SetQueueAttributes: {
    input: structure({ QueueUrl: queueUrl, Attributes: map('Attribute') }),
  },
  StartMessageMoveTask: {
    input: structure({
      SourceArn: string,
      DestinationArn: string,
      MaxNumberOfMessagesPerSecond: integer,
    }),
    output: structure({ TaskHandle: string }),
  },
  TagQueue: { input: structure({ QueueUrl: queueUrl, Tags: tags }) },
  UntagQueue: { input: structure({ QueueUrl: queueUrl, TagKeys: list('TagKey') }) },
}

export const OPERATIONS: ReadonlyMap<string, OperationShape> = new Map(Object.entries(shapes))
