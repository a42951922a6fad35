/** FACTS 1.1 and 1.2: both protocols, there and back, and what their errors look like. */
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { ApiError } from '../../../engine/calls.ts'
import { JSON_PAYLOADS, eventMessage } from './eventStream.ts'
import { readForm, readStructure } from './form.ts'
import { json } from './json.ts'
import type { ApiCall, HttpRequest, Protocol } from './protocol.ts'
import { query } from './query.ts'
import { writeMembers } from './xml.ts'
import {
  boolean,
  list,
  map,
  needs,
  number,
  string,
  structure,
  timestamp,
} from '../../../services/api.ts'
import { apiOf, type Api } from '../../../services/apis.ts'

const context = { requestId: 'r-1', origin: 'http://localhost:4566' }
const OURS = 'https://sqs.us-east-1.amazonaws.com/000000000000/orders'
const THEIRS = 'http://localhost:4566/000000000000/orders'

const decodeJson = (operation: string, body: string) =>
  json.decode({
    path: '/',
    queryString: '',
    headers: { 'x-amz-target': `AmazonSQS.${operation}` },
    body,
  })

const decodeQuery = (body: string, more: Partial<HttpRequest> = {}) =>
  query.decode({ path: '/', queryString: '', headers: {}, body, ...more })

function inputOf(decoded: ReturnType<Protocol['decode']>): unknown {
  if ('error' in decoded) throw new Error(decoded.error.code)
  return decoded.input
}

const sqs = apiOf('sqs')!
const callOf = (operation: string): ApiCall => ({
  api: sqs,
  operation: sqs.operations.find(({ name }) => name === operation)!,
  input: {},
})

/** Each operation's list and map members, in one request of each. */
const SAME_INPUT: readonly [string, string, unknown][] = [
  [
    'SendMessage',
    'MessageBody=a+b%26c&DelaySeconds=5&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=Number&MessageAttribute.1.Value.StringValue=7&MessageAttribute.2.Name=b&MessageAttribute.2.Value.DataType=Binary&MessageAttribute.2.Value.BinaryValue=AQ%3D%3D&MessageSystemAttribute.1.Name=AWSTraceHeader&MessageSystemAttribute.1.Value.DataType=String&MessageSystemAttribute.1.Value.StringValue=t&MessageGroupId=g&MessageDeduplicationId=d',
    {
      MessageBody: 'a b&c',
      DelaySeconds: 5,
      MessageAttributes: {
        n: { DataType: 'Number', StringValue: '7' },
        b: { DataType: 'Binary', BinaryValue: 'AQ==' },
      },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 't' } },
      MessageGroupId: 'g',
      MessageDeduplicationId: 'd',
    },
  ],
  [
    'SendMessageBatch',
    'SendMessageBatchRequestEntry.2.Id=two&SendMessageBatchRequestEntry.2.MessageBody=b&SendMessageBatchRequestEntry.1.Id=one&SendMessageBatchRequestEntry.1.MessageBody=a&SendMessageBatchRequestEntry.1.DelaySeconds=0&SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=k&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType=String&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue=v',
    {
      Entries: [
        {
          Id: 'one',
          MessageBody: 'a',
          DelaySeconds: 0,
          MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } },
        },
        { Id: 'two', MessageBody: 'b' },
      ],
    },
  ],
  [
    'DeleteMessageBatch',
    'DeleteMessageBatchRequestEntry.1.Id=a&DeleteMessageBatchRequestEntry.1.ReceiptHandle=h',
    { Entries: [{ Id: 'a', ReceiptHandle: 'h' }] },
  ],
  [
    'ChangeMessageVisibilityBatch',
    'ChangeMessageVisibilityBatchRequestEntry.1.Id=a&ChangeMessageVisibilityBatchRequestEntry.1.ReceiptHandle=h&ChangeMessageVisibilityBatchRequestEntry.1.VisibilityTimeout=-3',
    { Entries: [{ Id: 'a', ReceiptHandle: 'h', VisibilityTimeout: -3 }] },
  ],
  [
    'CreateQueue',
    'QueueName=orders&Attribute.1.Name=DelaySeconds&Attribute.1.Value=1&Attribute.2.Name=Policy&Attribute.2.Value=&Tag.1.Key=k&Tag.1.Value=v',
    { QueueName: 'orders', Attributes: { DelaySeconds: '1', Policy: '' }, tags: { k: 'v' } },
  ],
  [
    'SetQueueAttributes',
    'Attribute.Name=DelaySeconds&Attribute.Value=1',
    { Attributes: { DelaySeconds: '1' } },
  ],
  ['GetQueueAttributes', 'AttributeName.1=All', { AttributeNames: ['All'] }],
  [
    'ReceiveMessage',
    'MessageSystemAttributeName.1=SenderId&MessageAttributeName.1=a&MessageAttributeName.2=b&MaxNumberOfMessages=10&WaitTimeSeconds=20&VisibilityTimeout=0',
    {
      MessageSystemAttributeNames: ['SenderId'],
      MessageAttributeNames: ['a', 'b'],
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
      VisibilityTimeout: 0,
    },
  ],
  [
    'AddPermission',
    'Label=l&AWSAccountId.1=123456789012&ActionName.1=SendMessage&ActionName.2=ReceiveMessage',
    { Label: 'l', AWSAccountIds: ['123456789012'], Actions: ['SendMessage', 'ReceiveMessage'] },
  ],
  ['TagQueue', 'Tag.1.Key=k&Tag.1.Value=v', { Tags: { k: 'v' } }],
  ['UntagQueue', 'TagKey.1=k&TagKey.2=l', { TagKeys: ['k', 'l'] }],
]

describe('requests', () => {
  test.each(SAME_INPUT)('%s says the same in both protocols', (operation, form, input) => {
    expect(inputOf(decodeQuery(`Action=${operation}&Version=2012-11-05&${form}`))).toEqual(input)
    expect(inputOf(decodeJson(operation, JSON.stringify(input)))).toEqual(input)
  })

  test('elements of a list are in the order of their numbers, not of their digits', () => {
    const form = Array.from({ length: 11 }, (_, n) => `TagKey.${11 - n}=k${11 - n}`).join('&')
    expect(inputOf(decodeQuery(`Action=UntagQueue&${form}`))).toEqual({
      TagKeys: Array.from({ length: 11 }, (_, n) => `k${n + 1}`),
    })
  })

  test('a form sent to a queue’s address is about that queue, unless it names one', () => {
    const path = '/000000000000/orders'
    const [mine, other] = ['', '&QueueUrl=http://x/000000000000/other'].map((more) =>
      inputOf(decodeQuery(`Action=PurgeQueue${more}`, { path })),
    )
    expect(mine).toEqual({ QueueUrl: `http://localhost${path}` })
    expect(other).toEqual({ QueueUrl: 'http://x/000000000000/other' })
    for (const action of ['ListQueues', 'CreateQueue']) {
      expect(decodeQuery(`Action=${action}`, { path })).toMatchObject({
        error: { code: 'InvalidAction' },
      })
    }
  })

  test('the older name of a list wins in a form, both count in JSON', () => {
    const form = 'Action=ReceiveMessage&AttributeName.1=SenderId&MessageSystemAttributeName.1=All'
    expect(inputOf(decodeQuery(form))).toEqual({ AttributeNames: ['SenderId'] })
    const both = { AttributeNames: ['SenderId'], MessageSystemAttributeNames: ['All'] }
    expect(inputOf(decodeJson('ReceiveMessage', JSON.stringify(both)))).toEqual(both)
  })

  test('the query string counts like the form', () => {
    const decoded = decodeQuery('', { queryString: 'Action=GetQueueUrl&QueueName=a%20b' })
    expect(inputOf(decoded)).toEqual({ QueueName: 'a b' })
  })

  test('members that the operation does not know, and nulls, are left out', () => {
    const body = '{"QueueName":"a","Attributes":null,"other":1,"__proto__":{"tags":{"k":"v"}}}'
    expect(inputOf(decodeJson('CreateQueue', body))).toEqual({ QueueName: 'a' })
    expect(inputOf(decodeQuery('Action=PurgeQueue&__proto__.1=x&constructor=y'))).toEqual({})
  })
})

describe('outputs', () => {
  const received = {
    Messages: [
      {
        MessageId: 'id',
        Body: '<&>"\r\n',
        Attributes: { SenderId: 'AIDA' },
        MessageAttributes: { n: { DataType: 'Number', StringValue: '7' } },
      },
      { MessageId: 'id-2', Body: 'x' },
    ],
  }

  test('lists and maps are flat in XML, and texts survive', () => {
    expect(query.output(callOf('ReceiveMessage'), received, context).body).toBe(
      '<?xml version="1.0"?><ReceiveMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><ReceiveMessageResult>' +
        '<Message><MessageId>id</MessageId><Body>&lt;&amp;&gt;&quot;&#xD;\n</Body><Attribute><Name>SenderId</Name><Value>AIDA</Value></Attribute>' +
        '<MessageAttribute><Name>n</Name><Value><StringValue>7</StringValue><DataType>Number</DataType></Value></MessageAttribute></Message>' +
        '<Message><MessageId>id-2</MessageId><Body>x</Body></Message>' +
        '</ReceiveMessageResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></ReceiveMessageResponse>',
    )
  })

  test('JSON is as it is', () => {
    const { status, headers, body } = json.output(callOf('ReceiveMessage'), received, context)
    expect(status).toBe(200)
    expect(headers).toEqual({
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': 'r-1',
    })
    expect(JSON.parse(body)).toEqual(received)
  })

  test('queue URLs begin with the address that the caller used', () => {
    const page = { QueueUrls: [OURS], NextToken: 't' }
    expect(JSON.parse(json.output(callOf('ListQueues'), page, context).body)).toEqual({
      QueueUrls: [THEIRS],
      NextToken: 't',
    })
    expect(query.output(callOf('CreateQueue'), { QueueUrl: OURS }, context).body).toContain(
      `<QueueUrl>${THEIRS}</QueueUrl>`,
    )
    expect(page.QueueUrls).toEqual([OURS])
  })

  test('a result of nothing is an empty element', () => {
    expect(query.output(callOf('ReceiveMessage'), {}, context).body).toContain(
      '<ReceiveMessageResult/>',
    )
  })

  test('batches tell successes and failures', () => {
    const result = {
      Successful: [{ Id: 'a', MessageId: 'id', MD5OfMessageBody: 'md5' }],
      Failed: [{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue', Message: 'no' }],
    }
    expect(query.output(callOf('SendMessageBatch'), result, context).body).toContain(
      '<SendMessageBatchResultEntry><Id>a</Id><MessageId>id</MessageId><MD5OfMessageBody>md5</MD5OfMessageBody></SendMessageBatchResultEntry>' +
        '<BatchResultErrorEntry><Id>b</Id><Code>InvalidParameterValue</Code><Message>no</Message><SenderFault>true</SenderFault></BatchResultErrorEntry>',
    )
  })

  test('an operation without output answers with nothing', () => {
    expect(json.output(callOf('DeleteMessage'), {}, context).body).toBe('')
    expect(query.output(callOf('DeleteMessage'), {}, context).body).toBe(
      '<?xml version="1.0"?><DeleteMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DeleteMessageResponse>',
    )
  })
})

describe('errors', () => {
  const gone: ApiError = {
    code: 'QueueDoesNotExist',
    legacyCode: 'AWS.SimpleQueueService.NonExistentQueue',
    status: 400,
    message: 'The specified queue does not exist.',
  }

  test('of SQS in JSON', () => {
    const { status, headers, body } = json.error(sqs, gone, context)
    expect(status).toBe(400)
    expect(headers['x-amzn-query-error']).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender')
    expect(JSON.parse(body)).toEqual({
      __type: 'com.amazonaws.sqs#QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    })
  })

  test('of any service in JSON', () => {
    const error = {
      code: 'InvalidParameterValueException',
      legacyCode: 'InvalidParameterValue',
      status: 400,
      message: 'no',
    }
    const { headers, body } = json.error(sqs, error, context)
    expect(headers['x-amzn-query-error']).toBe('InvalidParameterValue;Sender')
    expect(JSON.parse(body).__type).toBe('com.amazon.coral.service#InvalidParameterValueException')
  })

  test('in XML, with the words of that protocol', () => {
    expect(query.error(sqs, gone, context)).toEqual({
      status: 400,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'r-1' },
      body:
        '<?xml version="1.0"?><ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>Sender</Type>' +
        '<Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist for this wsdl version.</Message><Detail/></Error>' +
        '<RequestId>r-1</RequestId></ErrorResponse>',
    })
  })

  test('FACTS 1.1: in JSON for who accepts it', () => {
    const { status, headers, body } = query.error(sqs, gone, { ...context, acceptsJson: true })
    expect({ status, type: headers['content-type'], body: JSON.parse(body) as unknown }).toEqual({
      status: 400,
      type: 'application/json',
      body: {
        Error: {
          Code: 'AWS.SimpleQueueService.NonExistentQueue',
          Message: 'The specified queue does not exist for this wsdl version.',
          Type: 'Sender',
        },
        RequestId: 'r-1',
      },
    })
  })

  test('of our own are the receiver’s fault', () => {
    const error = { code: 'InternalFailure', status: 500, message: 'no' }
    expect(json.error(sqs, error, context).headers['x-amzn-query-error']).toBe(
      'InternalFailure;Receiver',
    )
    expect(query.error(sqs, error, context).body).toContain('<Type>Receiver</Type>')
  })

  test('texts are escaped', () => {
    const error = { code: 'X', status: 400, message: '<b>\u0000' }
    expect(query.error(sqs, error, context).body).toContain('<Message>&lt;b&gt;\uFFFD</Message>')
  })
})

describe('FACTS 1.1: the Query protocol answers in JSON who accepts it', () => {
  const answer = (operation: string, output: unknown): unknown =>
    JSON.parse(query.output(callOf(operation), output, { ...context, acceptsJson: true }).body)
  const ResponseMetadata = { RequestId: 'r-1' }

  test('what is not there is null, and messages are written small', () => {
    expect(answer('ReceiveMessage', {})).toEqual({
      ReceiveMessageResponse: { ReceiveMessageResult: { messages: null }, ResponseMetadata },
    })
    expect(answer('ReceiveMessage', { Messages: [{ MessageId: 'm', Body: 'x' }] })).toMatchObject({
      ReceiveMessageResponse: {
        ReceiveMessageResult: {
          messages: [{ MessageId: 'm', Body: 'x', Attributes: null, MD5OfMessageAttributes: null }],
        },
      },
    })
  })

  test('a map is a list of names and values; addresses are the caller’s', () => {
    expect(answer('GetQueueAttributes', { Attributes: { DelaySeconds: '5' } })).toEqual({
      GetQueueAttributesResponse: {
        GetQueueAttributesResult: { Attributes: [{ Name: 'DelaySeconds', Value: '5' }] },
        ResponseMetadata,
      },
    })
    expect(answer('GetQueueUrl', { QueueUrl: OURS })).toMatchObject({
      GetQueueUrlResponse: { GetQueueUrlResult: { QueueUrl: THEIRS } },
    })
    expect(answer('DeleteMessage', {})).toEqual({ DeleteMessageResponse: { ResponseMetadata } })
  })
})

/** Shapes and services that SQS has none of. */
const shape = structure({
  TopicArn: needs(string),
  Tags: list(structure({ Key: string, Value: string })),
  Attributes: map(),
  Since: timestamp,
  Ratio: number,
  Wait: boolean,
})
const input = {
  TopicArn: 'arn',
  Tags: [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ],
  Attributes: { DisplayName: 'x', Policy: '' },
  Since: 1_767_225_600.25,
  Ratio: 0.5,
  Wait: true,
}

describe('another service', () => {
  test('has lists of members and maps of entries in forms', () => {
    const form =
      'TopicArn=arn&Tags.member.2.Key=b&Tags.member.2.Value=2&Tags.member.1.Key=a&Tags.member.1.Value=1' +
      '&Attributes.entry.1.key=DisplayName&Attributes.entry.1.value=x&Attributes.entry.2.key=Policy&Attributes.entry.2.value=' +
      '&Since=2026-01-01T00%3A00%3A00.250Z&Ratio=0.5&Wait=true'
    expect(readStructure(readForm([form]), shape)).toEqual(input)
    expect(readStructure(readForm(['Tags=&Attributes=']), shape)).toEqual({
      Tags: [],
      Attributes: {},
    })
    expect(() => readStructure(readForm(['Since=soon']), shape)).toThrow('Since')
  })

  test('has lists of members and maps of entries in XML', () => {
    expect(writeMembers(input, shape, '')).toBe(
      '<TopicArn>arn</TopicArn><Tags><member><Key>a</Key><Value>1</Value></member><member><Key>b</Key><Value>2</Value></member></Tags>' +
        '<Attributes><entry><key>DisplayName</key><value>x</value></entry><entry><key>Policy</key><value></value></entry></Attributes>' +
        '<Since>2026-01-01T00:00:00.250Z</Since><Ratio>0.5</Ratio><Wait>true</Wait>',
    )
  })

  const streams: Api = {
    ...sqs,
    service: 'streams',
    json: { version: '1.1', target: 'Streams_20131202' },
    query: { version: '2010-03-31', namespace: 'http://streams/' },
  }

  test('has errors without namespace, code of Query and detail, if its description says so', () => {
    const error = { code: 'ResourceNotFoundException', status: 400, message: 'no' }
    const { headers, body } = json.error(streams, error, context)
    expect(headers).toEqual({
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': 'r-1',
    })
    expect(JSON.parse(body)).toEqual({ __type: 'ResourceNotFoundException', message: 'no' })
    expect(query.error(streams, error, context).body).toBe(
      '<?xml version="1.0"?><ErrorResponse xmlns="http://streams/"><Error><Type>Sender</Type><Code>ResourceNotFoundException</Code><Message>no</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
    )
  })
})

describe('a streamed event', () => {
  test('is framed with its lengths and checksums', () => {
    const message = eventMessage({ type: 'Tick', payload: { n: 1 } }, JSON_PAYLOADS)
    expect(message.readUInt32BE(0)).toBe(message.length)
    expect(message.readUInt32BE(8)).toBe(crc32(message.subarray(0, 8)))
    expect(message.readUInt32BE(message.length - 4)).toBe(crc32(message.subarray(0, -4)))
    const headers = message.subarray(12, 12 + message.readUInt32BE(4)).toString('latin1')
    expect(headers).toContain(':event-type\u0007\u0000\u0004Tick')
    const payload = message.subarray(12 + message.readUInt32BE(4), -4).toString()
    expect(JSON.parse(payload)).toEqual({ n: 1 })
  })
})
