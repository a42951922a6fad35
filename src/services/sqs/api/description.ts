/** Amazon SQS's API (FACTS 1.1, 1.3). */
import {
  blob,
  boolean,
  integer,
  list,
  map,
  needs,
  refersTo,
  string,
  structure,
  takes,
  type ApiOperation,
  type Member,
  type ServiceApi,
  type Shape,
  type Structure,
} from '../../api.ts'
import { arn, queueUrl } from '../../aws.ts'
import { OF_MESSAGES, READABLE, SETTABLE } from './attributeNames.ts'

/** SQS writes lists and maps flat: `Attribute.1.Name=...`. */
const flatList = (flat: string, of: Shape = string, names?: readonly string[]) =>
  list(of, { flat, names })
const flatMap = (flat: string, of: Shape = string, names?: readonly string[]) =>
  map(of, { flat, entry: ['Name', 'Value'], names })
const tags = map(string, { flat: 'Tag', entry: ['Key', 'Value'] })

const url = refersTo('sqs', 'url')
const QueueUrl = needs(url, 'The queue, by its URL or its name.')
const queueName = (help: string) => needs(refersTo('sqs', 'name'), help)
const deadLetterQueue = needs(refersTo('sqs', 'arn'), 'The dead-letter queue.')
const ReceiptHandle = needs(string, 'From the receive that brought the message.', {
  from: ['ReceiptHandle'],
})
const TaskHandle = needs(string, 'From start- or list-message-move-tasks.', {
  from: ['TaskHandle'],
})
const Id = needs(string)
const page = {
  MaxResults: takes(integer, '1 to 1000 in one answer.'),
  NextToken: takes(string, 'From the answer before.', { from: ['NextToken'] }),
}

const attributeValue = structure({
  StringValue: string,
  BinaryValue: blob,
  StringListValues: flatList('StringListValue'),
  BinaryListValues: flatList('BinaryListValue', blob),
  DataType: needs(string),
})
const messageAttributes = flatMap('MessageAttribute', attributeValue)
const systemAttributes = flatMap('MessageSystemAttribute', attributeValue, ['AWSTraceHeader'])

const messageSent = {
  MessageId: string,
  MD5OfMessageBody: string,
  MD5OfMessageAttributes: string,
  MD5OfMessageSystemAttributes: string,
  SequenceNumber: string,
}

const entriesOf = (element: string, members: Structure['members']): Structure =>
  structure({
    QueueUrl,
    Entries: needs(
      flatList(element, structure({ Id, ...members })),
      'At most ten, each with an Id of its own.',
    ),
  })

const resultOf = (element: string, members: Record<string, Member> = {}): Structure =>
  structure({
    Successful: flatList(element, structure({ Id: string, ...members })),
    Failed: flatList(
      'BatchResultErrorEntry',
      structure({ Id: string, Code: string, Message: string, SenderFault: boolean }),
    ),
  })

const messageReceived = structure({
  MessageId: string,
  ReceiptHandle: string,
  MD5OfBody: string,
  Body: string,
  Attributes: flatMap('Attribute'),
  MD5OfMessageAttributes: string,
  MessageAttributes: messageAttributes,
})

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

type Input = Readonly<Record<string, unknown>>

/** A trace that the request bears counts unless the message has one of its own. */
const withTrace = (input: Input, header: string): Input => ({
  ...input,
  MessageSystemAttributes: {
    AWSTraceHeader: { DataType: 'String', StringValue: header },
    ...(input.MessageSystemAttributes as Input | undefined),
  },
})

const operations: readonly ApiOperation[] = [
  {
    name: 'AddPermission',
    help: 'Adds a statement to the policy of a queue.',
    input: structure({
      QueueUrl,
      Label: needs(string, 'Names the statement, for remove-permission.'),
      AWSAccountIds: needs(flatList('AWSAccountId'), 'Who may.'),
      Actions: needs(
        flatList('ActionName', string, ['*', 'SendMessage', 'ReceiveMessage']),
        'What they may do.',
      ),
    }),
    example:
      'aws sqs add-permission --queue-url {sqs} --label partner --aws-account-ids 111122223333 --actions SendMessage',
  },
  {
    name: 'CancelMessageMoveTask',
    help: 'Stops moving messages; what is moved stays moved.',
    input: structure({ TaskHandle }),
    output: structure({ ApproximateNumberOfMessagesMoved: integer }),
    example: 'aws sqs cancel-message-move-task --task-handle HANDLE',
  },
  {
    name: 'ChangeMessageVisibility',
    help: 'Lets a received message stay hidden so long from now; 0 shows it at once.',
    input: structure({
      QueueUrl,
      ReceiptHandle,
      VisibilityTimeout: needs(integer, 'Seconds, 0 to 43200.'),
    }),
    example:
      'aws sqs change-message-visibility --queue-url {sqs} --receipt-handle HANDLE --visibility-timeout 60',
  },
  {
    name: 'ChangeMessageVisibilityBatch',
    help: 'The same for up to ten messages.',
    input: entriesOf('ChangeMessageVisibilityBatchRequestEntry', {
      ReceiptHandle: needs(string),
      VisibilityTimeout: integer,
    }),
    output: resultOf('ChangeMessageVisibilityBatchResultEntry'),
    example:
      'aws sqs change-message-visibility-batch --queue-url {sqs} --entries Id=1,ReceiptHandle=HANDLE,VisibilityTimeout=0',
  },
  {
    name: 'CreateQueue',
    onAccount: true,
    help: 'Makes a queue; it appears on the canvas.',
    input: structure({
      QueueName: queueName('The name of the queue.'),
      Attributes: takes(flatMap('Attribute', string, ['FifoQueue', ...SETTABLE]), 'Its settings.'),
      tags: takes(tags, 'Labels of your own.'),
    }),
    output: structure({ QueueUrl: url }),
    example: 'aws sqs create-queue --queue-name returns --attributes VisibilityTimeout=60',
  },
  {
    name: 'DeleteMessage',
    help: 'Deletes a message that was received.',
    input: structure({ QueueUrl, ReceiptHandle }),
    example: 'aws sqs delete-message --queue-url {sqs} --receipt-handle HANDLE',
  },
  {
    name: 'DeleteMessageBatch',
    help: 'The same for up to ten messages.',
    input: entriesOf('DeleteMessageBatchRequestEntry', { ReceiptHandle: needs(string) }),
    output: resultOf('DeleteMessageBatchResultEntry'),
    example: 'aws sqs delete-message-batch --queue-url {sqs} --entries Id=1,ReceiptHandle=HANDLE',
  },
  {
    name: 'DeleteQueue',
    help: 'Deletes a queue and all that is in it.',
    input: structure({ QueueUrl }),
    example: 'aws sqs delete-queue --queue-url {sqs}',
  },
  {
    name: 'GetQueueAttributes',
    help: 'Settings and counts of a queue; nothing unless you name some.',
    input: structure({
      QueueUrl,
      AttributeNames: takes(flatList('AttributeName', string, READABLE), 'Which, or All.'),
    }),
    output: structure({ Attributes: flatMap('Attribute') }),
    example: 'aws sqs get-queue-attributes --queue-url {sqs} --attribute-names All',
  },
  {
    name: 'GetQueueUrl',
    help: 'The URL of a queue.',
    input: structure({
      QueueName: queueName('The name of the queue.'),
      QueueOwnerAWSAccountId: takes(string, 'Whose queue it is.'),
    }),
    output: structure({ QueueUrl: url }),
    example: 'aws sqs get-queue-url --queue-name {sqs}',
  },
  {
    name: 'ListDeadLetterSourceQueues',
    help: 'The queues that have this one as their dead-letter queue.',
    input: structure({ QueueUrl, ...page }),
    output: structure({ queueUrls: flatList('QueueUrl', url), NextToken: string }),
    example: 'aws sqs list-dead-letter-source-queues --queue-url {sqs}',
  },
  {
    name: 'ListMessageMoveTasks',
    help: 'The newest redrives from a dead-letter queue.',
    input: structure({
      SourceArn: deadLetterQueue,
      MaxResults: takes(integer, '1 to 10; 1 unless given.'),
    }),
    output: structure({ Results: flatList('ListMessageMoveTasksResultEntry', moveTask) }),
    example: 'aws sqs list-message-move-tasks --source-arn {sqs} --max-results 10',
  },
  {
    name: 'ListQueues',
    onAccount: true,
    help: 'The URLs of all queues.',
    input: structure({
      QueueNamePrefix: takes(string, 'Only those that begin so.'),
      ...page,
    }),
    output: structure({ QueueUrls: flatList('QueueUrl', url), NextToken: string }),
    example: 'aws sqs list-queues',
  },
  {
    name: 'ListQueueTags',
    help: 'The tags of a queue.',
    input: structure({ QueueUrl }),
    output: structure({ Tags: tags }),
    example: 'aws sqs list-queue-tags --queue-url {sqs}',
  },
  {
    name: 'PurgeQueue',
    help: 'Deletes every message of a queue; once a minute.',
    input: structure({ QueueUrl }),
    example: 'aws sqs purge-queue --queue-url {sqs}',
  },
  {
    name: 'ReceiveMessage',
    help: 'Takes messages; they are hidden until deleted or their visibility timeout ends.',
    input: structure({
      QueueUrl,
      AttributeNames: takes(
        flatList('AttributeName', string, OF_MESSAGES),
        'Older name of the next one.',
      ),
      MessageSystemAttributeNames: takes(
        flatList('MessageSystemAttributeName', string, OF_MESSAGES),
        'Which of SQS, or All.',
        { unlessGiven: 'AttributeNames' },
      ),
      MessageAttributeNames: takes(
        flatList('MessageAttributeName', string, ['All']),
        "Which of the sender's, or All.",
      ),
      MaxNumberOfMessages: takes(integer, '1 to 10; 1 unless given.'),
      VisibilityTimeout: takes(integer, "Seconds; the queue's unless given."),
      WaitTimeSeconds: takes(integer, '0 to 20; above 0 it is a long poll.'),
      ReceiveRequestAttemptId: takes(string, 'FIFO: repeats a receive that got lost.'),
    }),
    output: structure({ Messages: flatList('Message', messageReceived) }),
    example:
      'aws sqs receive-message --queue-url {sqs} --max-number-of-messages 10 --wait-time-seconds 5',
  },
  {
    name: 'RemovePermission',
    help: 'Removes a statement from the policy of a queue.',
    input: structure({ QueueUrl, Label: needs(string, 'As given to add-permission.') }),
    example: 'aws sqs remove-permission --queue-url {sqs} --label partner',
  },
  {
    name: 'SendMessage',
    trace: withTrace,
    help: 'Sends a message.',
    input: structure({
      QueueUrl,
      MessageBody: needs(string, 'The text, at most 1 MiB.'),
      DelaySeconds: takes(integer, "0 to 900; the queue's unless given."),
      MessageAttributes: takes(messageAttributes, 'At most ten.'),
      MessageSystemAttributes: takes(systemAttributes, 'Only AWSTraceHeader.'),
      MessageDeduplicationId: takes(string, 'FIFO: the same within 5 minutes counts once.'),
      MessageGroupId: takes(string, 'FIFO: keeps its order. Standard: the tenant.'),
    }),
    output: structure(messageSent),
    example: "aws sqs send-message --queue-url {sqs} --message-body 'hello'",
  },
  {
    name: 'SendMessageBatch',
    trace: (input, header) => ({
      ...input,
      ...(Array.isArray(input.Entries) && {
        Entries: input.Entries.map((entry: Input) => withTrace(entry, header)),
      }),
    }),
    help: 'Sends up to ten messages.',
    input: entriesOf('SendMessageBatchRequestEntry', {
      MessageBody: needs(string),
      DelaySeconds: integer,
      MessageAttributes: messageAttributes,
      MessageSystemAttributes: systemAttributes,
      MessageDeduplicationId: string,
      MessageGroupId: string,
    }),
    output: resultOf('SendMessageBatchResultEntry', messageSent),
    example:
      'aws sqs send-message-batch --queue-url {sqs} --entries Id=1,MessageBody=a Id=2,MessageBody=b',
  },
  {
    name: 'SetQueueAttributes',
    help: 'Changes settings of a queue, in the design too.',
    input: structure({
      QueueUrl,
      Attributes: needs(flatMap('Attribute', string, SETTABLE), 'The new values.'),
    }),
    example:
      'aws sqs set-queue-attributes --queue-url {sqs} --attributes VisibilityTimeout=60,DelaySeconds=5',
  },
  {
    name: 'StartMessageMoveTask',
    help: 'Redrives a dead-letter queue: moves its messages back, or to another queue.',
    input: structure({
      SourceArn: deadLetterQueue,
      DestinationArn: takes(refersTo('sqs', 'arn'), 'Back to their sources unless given.'),
      MaxNumberOfMessagesPerSecond: takes(integer, '1 to 500; as fast as it can unless given.'),
    }),
    output: structure({ TaskHandle: string }),
    example: 'aws sqs start-message-move-task --source-arn {sqs}',
  },
  {
    name: 'TagQueue',
    help: 'Adds tags to a queue.',
    input: structure({ QueueUrl, Tags: needs(tags, 'Labels of your own.') }),
    example: 'aws sqs tag-queue --queue-url {sqs} --tags team=shop,stage=test',
  },
  {
    name: 'UntagQueue',
    help: 'Takes tags off a queue.',
    input: structure({ QueueUrl, TagKeys: needs(flatList('TagKey'), 'Which.') }),
    example: 'aws sqs untag-queue --queue-url {sqs} --tag-keys team stage',
  },
]

const description: ServiceApi = {
  service: 'sqs',
  title: 'Amazon SQS',
  resource: { url: queueUrl('{name}'), arn: arn('sqs', '{name}') },
  sampleName: 'orders',
  json: {
    version: '1.0',
    target: 'AmazonSQS',
    errorNamespace: 'com.amazonaws.sqs',
    queryCompatible: true,
  },
  query: {
    version: '2012-11-05',
    namespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    errorDetail: true,
    errorTexts: {
      QueueDoesNotExist: 'The specified queue does not exist for this wsdl version.',
    },
    jsonNames: { Messages: 'messages' },
  },
  highlights: ['ListQueues', 'SendMessage', 'ReceiveMessage', 'GetQueueAttributes', 'CreateQueue'],
  operations,
}

export default description
