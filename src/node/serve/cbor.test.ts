/** CBOR to Kinesis, as the SDK for Java speaks it. */
import { decode, encode, Token, Type } from 'cborg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyScenario } from '../../scenario/scenario.ts'
import { startEndpoint, type Endpoint } from './server.ts'

type Json = Readonly<Record<string, unknown>>
const TYPE = 'application/x-amz-cbor-1.1'
let endpoint: Endpoint

beforeAll(async () => {
  const scenario = {
    ...emptyScenario(),
    settings: { network: 'instant', limits: 'today' } as const,
  }
  endpoint = await startEndpoint({
    scenario,
    clock: 'virtual',
    port: 0,
    host: '127.0.0.1',
    site: '/nowhere',
  })
  for (const StreamName of ['s', 'pushed']) {
    await ask('CreateStream', { StreamName, ShardCount: 1 })
    await ask('DescribeStream', { StreamName })
  }
})
afterAll(() => endpoint.close())

/** A date is written as milliseconds with tag 1, as the SDK does. */
const typeEncoders = {
  Date: (date: Date) => [new Token(Type.tag, 1), new Token(Type.uint, date.getTime())],
}
const tags = { 1: (read: () => unknown) => new Date(Number(read())) }

const post = (operation: string, body: Uint8Array<ArrayBuffer>) =>
  fetch(endpoint.url, {
    method: 'POST',
    headers: { 'content-type': TYPE, 'x-amz-target': `Kinesis_20131202.${operation}` },
    body,
  })

async function send(operation: string, body: Uint8Array<ArrayBuffer>) {
  const response = await post(operation, body)
  const bytes = new Uint8Array(await response.arrayBuffer())
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    output: bytes.length === 0 ? undefined : (decode(bytes, { tags }) as Json),
  }
}

const ask = (operation: string, input: Json) => send(operation, encode(input, { typeEncoders }))

test('FACTS 5: in CBOR records are bytes and times are dates, there and back', async () => {
  const Data = Uint8Array.of(0, 0xff, 0xc3, 0x28)
  const put = await ask('PutRecord', { StreamName: 's', PartitionKey: 'ключ', Data })
  expect(put).toMatchObject({
    status: 200,
    type: TYPE,
    output: { ShardId: 'shardId-000000000000' },
  })
  const { output } = await ask('GetShardIterator', {
    StreamName: 's',
    ShardId: 'shardId-000000000000',
    ShardIteratorType: 'AT_TIMESTAMP',
    Timestamp: new Date(0),
  })
  const read = await ask('GetRecords', { ShardIterator: output?.ShardIterator })
  expect(read.output?.Records).toMatchObject([
    { Data, PartitionKey: 'ключ', ApproximateArrivalTimestamp: expect.any(Date) as Date },
  ])
})

test('FACTS 5: the events of SubscribeToShard carry CBOR', async () => {
  const Data = Uint8Array.of(0xff)
  await ask('PutRecord', { StreamName: 'pushed', PartitionKey: 'k', Data })
  const { output } = await ask('RegisterStreamConsumer', {
    StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/pushed',
    ConsumerName: 'c',
  })
  const { ConsumerARN } = output!.Consumer as Json
  await ask('DescribeStreamConsumer', { ConsumerARN })
  const response = await post(
    'SubscribeToShard',
    encode({
      ConsumerARN,
      ShardId: 'shardId-000000000000',
      StartingPosition: { Type: 'TRIM_HORIZON' },
    }),
  )
  expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream')
  const [begin, event] = await firstMessages(response, 2)
  expect(begin).toEqual({ type: TYPE, payload: {} })
  expect(event).toMatchObject({
    type: TYPE,
    payload: { Records: [{ Data, ApproximateArrivalTimestamp: expect.any(Date) as Date }] },
  })
})

/** Reads some messages of a stream of events, and hangs up. */
async function firstMessages(response: Response, count: number) {
  const reader = response.body!.getReader()
  let bytes = Buffer.alloc(0)
  const messages: { type: string; payload: unknown }[] = []
  while (messages.length < count) {
    while (bytes.length < 4 || bytes.length < bytes.readUInt32BE(0)) {
      const { value } = await reader.read()
      if (!value) throw new Error('The stream ended.')
      bytes = Buffer.concat([bytes, value])
    }
    const message = bytes.subarray(0, bytes.readUInt32BE(0))
    bytes = bytes.subarray(message.length)
    const head = 12 + message.readUInt32BE(4)
    messages.push({
      type: message.toString('latin1', 12, head).split(':content-type')[1].slice(3),
      payload: decode(message.subarray(head, -4), { tags }),
    })
  }
  await reader.cancel()
  return messages
}

test('FACTS 5: what has no output is answered with nothing, in CBOR too', async () => {
  const answer = await ask('AddTagsToStream', { StreamName: 's', Tags: { a: 'b' } })
  expect(answer).toEqual({ status: 200, type: TYPE, output: undefined })
})

test('FACTS 5: errors are told in CBOR', async () => {
  expect(await ask('DescribeStream', { StreamName: 'no' })).toEqual({
    status: 400,
    type: TYPE,
    output: {
      __type: 'ResourceNotFoundException',
      message: 'Stream no under account 000000000000 not found.',
    },
  })
})

test.each([
  ['half a map', Uint8Array.of(0xa1, 0x61)],
  ['arrays without end', new Uint8Array(100_000).fill(0x81)],
])('FACTS 5: %s is a SerializationException', async (_what, bytes) => {
  const { status, output } = await send('DescribeStream', bytes)
  expect([status, output?.__type]).toEqual([400, 'SerializationException'])
})
