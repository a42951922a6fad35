/** The operations of SQS as the AWS CLI takes them (FACTS 1.3). */
import {
  integer,
  list,
  map,
  string,
  structure,
  type OperationSpec,
  type Parameter,
  type ServiceSpec,
  type Shape,
} from './shapes.ts'

const SETTABLE = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'Policy',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]

const READABLE = [
  'All',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
  'FifoQueue',
  ...SETTABLE,
]

const OF_MESSAGES = [
  'All',
  'SenderId',
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
  'SequenceNumber',
  'MessageDeduplicationId',
  'MessageGroupId',
  'AWSTraceHeader',
  'DeadLetterQueueSourceArn',
]

const attributeValue = structure(
  {
    StringValue: string,
    BinaryValue: string,
    StringListValues: list(string),
    BinaryListValues: list(string),
    DataType: string,
  },
  ['DataType'],
)

const takes = (name: string, shape: Shape, help: string): Parameter => ({ name, shape, help })
const needs = (name: string, shape: Shape, help: string): Parameter => ({
  ...takes(name, shape, help),
  required: true,
})

const queueUrl: Parameter = {
  ...needs('QueueUrl', string, 'The queue, by its URL or its name.'),
  queue: 'url',
}
const queueName = needs('QueueName', string, 'The name of the queue.')
const receiptHandle = needs('ReceiptHandle', string, 'From the receive that brought the message.')
const page = [
  takes('MaxResults', integer, '1 to 1000 in one answer.'),
  takes('NextToken', string, 'From the answer before.'),
]

const ofMessage = {
  DelaySeconds: integer,
  MessageAttributes: map(attributeValue),
  MessageSystemAttributes: map(attributeValue, ['AWSTraceHeader']),
  MessageDeduplicationId: string,
  MessageGroupId: string,
}

const entries = (members: Readonly<Record<string, Shape>>, required: readonly string[]) =>
  needs(
    'Entries',
    list(structure({ Id: string, ...members }, ['Id', ...required])),
    'At most ten, each with an Id of its own.',
  )

const operations: readonly OperationSpec[] = [
  {
    name: 'AddPermission',
    help: 'Adds a statement to the policy of a queue.',
    parameters: [
      queueUrl,
      needs('Label', string, 'Names the statement, for remove-permission.'),
      needs('AWSAccountIds', list(string), 'Who may.'),
      needs('Actions', list(string, ['*', 'SendMessage', 'ReceiveMessage']), 'What they may do.'),
    ],
    example: (queue) =>
      `aws sqs add-permission --queue-url ${queue} --label partner --aws-account-ids 111122223333 --actions SendMessage`,
  },
  {
    name: 'CancelMessageMoveTask',
    help: 'Stops moving messages; what is moved stays moved.',
    parameters: [needs('TaskHandle', string, 'From start- or list-message-move-tasks.')],
    example: () => 'aws sqs cancel-message-move-task --task-handle HANDLE',
  },
  {
    name: 'ChangeMessageVisibility',
    help: 'Lets a received message stay hidden so long from now; 0 shows it at once.',
    parameters: [
      queueUrl,
      receiptHandle,
      needs('VisibilityTimeout', integer, 'Seconds, 0 to 43200.'),
    ],
    example: (queue) =>
      `aws sqs change-message-visibility --queue-url ${queue} --receipt-handle HANDLE --visibility-timeout 60`,
  },
  {
    name: 'ChangeMessageVisibilityBatch',
    help: 'The same for up to ten messages.',
    parameters: [
      queueUrl,
      entries({ ReceiptHandle: string, VisibilityTimeout: integer }, ['ReceiptHandle']),
    ],
    example: (queue) =>
      `aws sqs change-message-visibility-batch --queue-url ${queue} --entries Id=1,ReceiptHandle=HANDLE,VisibilityTimeout=0`,
  },
  {
    name: 'CreateQueue',
    help: 'Makes a queue; it appears on the canvas.',
    parameters: [
      queueName,
      takes('Attributes', map(string, ['FifoQueue', ...SETTABLE]), 'Its settings.'),
      takes('tags', map(string), 'Labels of your own.'),
    ],
    example: () => 'aws sqs create-queue --queue-name returns --attributes VisibilityTimeout=60',
  },
  {
    name: 'DeleteMessage',
    help: 'Deletes a message that was received.',
    parameters: [queueUrl, receiptHandle],
    example: (queue) => `aws sqs delete-message --queue-url ${queue} --receipt-handle HANDLE`,
  },
  {
    name: 'DeleteMessageBatch',
    help: 'The same for up to ten messages.',
    parameters: [queueUrl, entries({ ReceiptHandle: string }, ['ReceiptHandle'])],
    example: (queue) =>
      `aws sqs delete-message-batch --queue-url ${queue} --entries Id=1,ReceiptHandle=HANDLE`,
  },
  {
    name: 'DeleteQueue',
    help: 'Deletes a queue and all that is in it.',
    parameters: [queueUrl],
    example: (queue) => `aws sqs delete-queue --queue-url ${queue}`,
  },
  {
    name: 'GetQueueAttributes',
    help: 'Settings and counts of a queue; nothing unless you name some.',
    parameters: [queueUrl, takes('AttributeNames', list(string, READABLE), 'Which, or All.')],
    example: (queue) => `aws sqs get-queue-attributes --queue-url ${queue} --attribute-names All`,
  },
  {
    name: 'GetQueueUrl',
    help: 'The URL of a queue.',
    parameters: [queueName, takes('QueueOwnerAWSAccountId', string, 'Whose queue it is.')],
    example: (queue) => `aws sqs get-queue-url --queue-name ${queue}`,
  },
  {
    name: 'ListDeadLetterSourceQueues',
    help: 'The queues that have this one as their dead-letter queue.',
    parameters: [queueUrl, ...page],
    example: (queue) => `aws sqs list-dead-letter-source-queues --queue-url ${queue}`,
  },
  {
    name: 'ListMessageMoveTasks',
    help: 'The newest redrives from a dead-letter queue.',
    parameters: [
      { ...needs('SourceArn', string, 'The dead-letter queue.'), queue: 'arn' },
      takes('MaxResults', integer, '1 to 10; 1 unless given.'),
    ],
    example: (queue) => `aws sqs list-message-move-tasks --source-arn ${queue} --max-results 10`,
  },
  {
    name: 'ListQueues',
    help: 'The URLs of all queues.',
    parameters: [takes('QueueNamePrefix', string, 'Only those that begin so.'), ...page],
    example: () => 'aws sqs list-queues',
  },
  {
    name: 'ListQueueTags',
    help: 'The tags of a queue.',
    parameters: [queueUrl],
    example: (queue) => `aws sqs list-queue-tags --queue-url ${queue}`,
  },
  {
    name: 'PurgeQueue',
    help: 'Deletes every message of a queue; once a minute.',
    parameters: [queueUrl],
    example: (queue) => `aws sqs purge-queue --queue-url ${queue}`,
  },
  {
    name: 'ReceiveMessage',
    help: 'Takes messages; they are hidden until deleted or their visibility timeout ends.',
    parameters: [
      queueUrl,
      takes('AttributeNames', list(string, OF_MESSAGES), 'Older name of the next one.'),
      takes('MessageSystemAttributeNames', list(string, OF_MESSAGES), 'Which of SQS, or All.'),
      takes('MessageAttributeNames', list(string, ['All']), "Which of the sender's, or All."),
      takes('MaxNumberOfMessages', integer, '1 to 10; 1 unless given.'),
      takes('VisibilityTimeout', integer, "Seconds; the queue's unless given."),
      takes('WaitTimeSeconds', integer, '0 to 20; above 0 it is a long poll.'),
      takes('ReceiveRequestAttemptId', string, 'FIFO: repeats a receive that got lost.'),
    ],
    example: (queue) =>
      `aws sqs receive-message --queue-url ${queue} --max-number-of-messages 10 --wait-time-seconds 5`,
  },
  {
    name: 'RemovePermission',
    help: 'Removes a statement from the policy of a queue.',
    parameters: [queueUrl, needs('Label', string, 'As given to add-permission.')],
    example: (queue) => `aws sqs remove-permission --queue-url ${queue} --label partner`,
  },
  {
    name: 'SendMessage',
    help: 'Sends a message.',
    parameters: [
      queueUrl,
      needs('MessageBody', string, 'The text, at most 1 MiB.'),
      takes('DelaySeconds', integer, "0 to 900; the queue's unless given."),
      takes('MessageAttributes', map(attributeValue), 'At most ten.'),
      takes(
        'MessageSystemAttributes',
        map(attributeValue, ['AWSTraceHeader']),
        'Only AWSTraceHeader.',
      ),
      takes('MessageDeduplicationId', string, 'FIFO: the same within 5 minutes counts once.'),
      takes('MessageGroupId', string, 'FIFO: keeps its order. Standard: the tenant.'),
    ],
    example: (queue) => `aws sqs send-message --queue-url ${queue} --message-body 'hello'`,
  },
  {
    name: 'SendMessageBatch',
    help: 'Sends up to ten messages.',
    parameters: [queueUrl, entries({ MessageBody: string, ...ofMessage }, ['MessageBody'])],
    example: (queue) =>
      `aws sqs send-message-batch --queue-url ${queue} --entries Id=1,MessageBody=a Id=2,MessageBody=b`,
  },
  {
    name: 'SetQueueAttributes',
    help: 'Changes settings of a queue, in the design too.',
    parameters: [queueUrl, needs('Attributes', map(string, SETTABLE), 'The new values.')],
    example: (queue) =>
      `aws sqs set-queue-attributes --queue-url ${queue} --attributes VisibilityTimeout=60,DelaySeconds=5`,
  },
  {
    name: 'StartMessageMoveTask',
    help: 'Redrives a dead-letter queue: moves its messages back, or to another queue.',
    parameters: [
      { ...needs('SourceArn', string, 'The dead-letter queue.'), queue: 'arn' },
      { ...takes('DestinationArn', string, 'Back to their sources unless given.'), queue: 'arn' },
      takes('MaxNumberOfMessagesPerSecond', integer, '1 to 500; as fast as it can unless given.'),
    ],
    example: (queue) => `aws sqs start-message-move-task --source-arn ${queue}`,
  },
  {
    name: 'TagQueue',
    help: 'Adds tags to a queue.',
    parameters: [queueUrl, needs('Tags', map(string), 'Labels of your own.')],
    example: (queue) => `aws sqs tag-queue --queue-url ${queue} --tags team=shop,stage=test`,
  },
  {
    name: 'UntagQueue',
    help: 'Takes tags off a queue.',
    parameters: [queueUrl, needs('TagKeys', list(string), 'Which.')],
    example: (queue) => `aws sqs untag-queue --queue-url ${queue} --tag-keys team stage`,
  },
]

export const sqs: ServiceSpec = { name: 'sqs', title: 'Amazon SQS', operations }
