/** AWS's own SDK for JavaScript against the endpoint. */
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyScenario } from '../../scenario/scenario.ts'
import { startEndpoint, type Endpoint } from './server.ts'

let endpoint: Endpoint
let client: SQSClient

beforeAll(async () => {
  endpoint = await startEndpoint({
    scenario: { ...emptyScenario(), settings: { network: 'instant', limits: 'today' } },
    clock: 'virtual',
    port: 0,
    host: '127.0.0.1',
    site: 'dist',
  })
  client = new SQSClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  })
})
afterAll(async () => {
  client.destroy()
  await endpoint.close()
})

async function createQueue(QueueName: string, Attributes: Record<string, string> = {}) {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName, Attributes }))
  return QueueUrl!
}

test('create, send, receive, delete; the SDK checks the digests itself', async () => {
  const QueueUrl = await createQueue('sdk')
  const MessageAttributes = {
    text: { DataType: 'String', StringValue: 'ü' },
    bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255, 7) },
  }
  const sent = await client.send(
    new SendMessageCommand({ QueueUrl, MessageBody: 'hello', MessageAttributes }),
  )
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }),
  )
  expect(Messages).toMatchObject([{ MessageId: sent.MessageId, Body: 'hello', MessageAttributes }])
  expect(Messages[0].MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes)
  await client.send(
    new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle }),
  )
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  )
  expect(Attributes).toMatchObject({
    QueueArn: 'arn:aws:sqs:us-east-1:000000000000:sdk',
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
  })
})

test('a batch of which one entry fails, then the dead-letter queue', async () => {
  const dead = await createQueue('sdk-dead')
  const QueueUrl = await createQueue('sdk-orders', {
    MaximumMessageSize: '1024',
    RedrivePolicy:
      '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:sdk-dead","maxReceiveCount":1}',
  })
  const { Successful, Failed } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'good', MessageBody: 'x' },
        { Id: 'bad', MessageBody: 'x'.repeat(1025) },
      ],
    }),
  )
  expect(Successful).toMatchObject([{ Id: 'good' }])
  expect(Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidParameterValue', SenderFault: true }])
  const receive = (QueueUrl: string) =>
    client.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }))
  expect((await receive(QueueUrl)).Messages).toHaveLength(1)
  expect((await receive(QueueUrl)).Messages).toBeUndefined()
  expect((await receive(dead)).Messages).toMatchObject([{ Body: 'x' }])
})

test('a queue that is not there is the SDK’s own error', async () => {
  const QueueUrl = await createQueue('sdk-gone')
  await client.send(new DeleteQueueCommand({ QueueUrl }))
  const late = client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
  await expect(late).rejects.toThrow(QueueDoesNotExist)
})
