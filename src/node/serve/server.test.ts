import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { emptyScenario } from '../../scenario/scenario.ts'
import { MAX_ADVANCE_MS } from './admin.ts'
import { MAX_BODY_BYTES } from './body.ts'
import { startEndpoint, type Endpoint } from './server.ts'
import { siteHeaders } from './site.ts'

const settings = { network: 'instant', limits: 'today' } as const
const site = mkdtempSync(join(tmpdir(), 'switchyard-site-'))
let endpoint: Endpoint

beforeAll(() => writeFileSync(join(site, 'index.html'), '<title>Switchyard</title>'))
afterAll(() => rmSync(site, { recursive: true }))
beforeEach(async () => {
  const scenario = { ...emptyScenario(), settings }
  endpoint = await startEndpoint({ scenario, clock: 'virtual', port: 0, host: '127.0.0.1', site })
})
afterEach(() => endpoint.close())

type Json = Record<string, unknown>

/** A call in AWS JSON. */
async function call(operation: string, input: unknown): Promise<{ status: number; body: Json }> {
  const response = await fetch(endpoint.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${operation}`,
    },
    body: typeof input === 'string' ? input : JSON.stringify(input),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) }
}

const output = async (operation: string, input: unknown): Promise<Json> => {
  const { status, body } = await call(operation, input)
  expect(body).not.toHaveProperty('__type')
  expect(status).toBe(200)
  return body
}

const createQueue = async (name: string, Attributes: Json = {}): Promise<string> =>
  String((await output('CreateQueue', { QueueName: name, Attributes })).QueueUrl)

const receive = async (QueueUrl: string, more: Json = {}): Promise<Json[]> =>
  ((await output('ReceiveMessage', { QueueUrl, ...more })).Messages ?? []) as Json[]

async function admin(path: string, body?: string): Promise<{ status: number; body: Json }> {
  const init = body === undefined ? {} : { method: 'POST', body }
  const response = await fetch(`${endpoint.url}/_switchyard/${path}`, init)
  return { status: response.status, body: (await response.json()) as Json }
}

const advance = (advanceMs: number) => admin('clock', JSON.stringify({ advanceMs }))

const query = (parameters: Record<string, string>, path = '/') =>
  fetch(endpoint.url + path, { method: 'POST', body: new URLSearchParams(parameters) })

describe('a world made of calls', () => {
  test('create, send, receive, delete', async () => {
    const QueueUrl = await createQueue('orders')
    expect(QueueUrl).toBe(`${endpoint.url}/000000000000/orders`)
    const sent = await output('SendMessage', { QueueUrl, MessageBody: 'hello' })
    expect(sent.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592')
    const [message] = await receive(QueueUrl)
    expect(message).toMatchObject({ MessageId: sent.MessageId, Body: 'hello' })
    expect(await receive(QueueUrl)).toEqual([])
    await output('DeleteMessage', { QueueUrl, ReceiptHandle: message.ReceiptHandle })
    await advance(60_000)
    expect(await receive(QueueUrl)).toEqual([])
  })

  test('its queues are parts of the design', async () => {
    const QueueUrl = await createQueue('orders', { VisibilityTimeout: '5' })
    await createQueue('mails')
    const names = () => endpoint.world.sim.world.scenario.nodes.map((node) => node.name)
    expect(names()).toEqual(['orders', 'mails'])
    expect(endpoint.world.sim.world.scenario.nodes[0].config).toMatchObject({
      VisibilityTimeout: 5,
    })
    await output('DeleteQueue', { QueueUrl })
    expect(names()).toEqual(['mails'])
  })

  test('a message received too often is in the dead-letter queue at once', async () => {
    const dead = await createQueue('dead')
    const QueueUrl = await createQueue('orders', {
      VisibilityTimeout: '1',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
        maxReceiveCount: '2',
      }),
    })
    await output('SendMessage', { QueueUrl, MessageBody: 'poison' })
    for (const seen of [1, 1, 0]) {
      expect(await receive(QueueUrl)).toHaveLength(seen)
      if (seen) await advance(1000)
    }
    const [message] = await receive(dead, { MessageSystemAttributeNames: ['All'] })
    expect(message).toMatchObject({
      Body: 'poison',
      Attributes: {
        ApproximateReceiveCount: '3',
        DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
      },
    })
  })

  test('names are free again 60 s after DeleteQueue (FACTS 1.3)', async () => {
    const QueueUrl = await createQueue('orders')
    await output('DeleteQueue', { QueueUrl })
    expect((await call('SendMessage', { QueueUrl, MessageBody: 'x' })).body.__type).toBe(
      'com.amazonaws.sqs#QueueDoesNotExist',
    )
    await advance(59_999)
    expect((await call('CreateQueue', { QueueName: 'orders' })).body.__type).toBe(
      'com.amazonaws.sqs#QueueDeletedRecently',
    )
    await advance(1)
    await createQueue('orders')
  })

  test('creating again compares the attributes that are given (FACTS 1.3)', async () => {
    const first = await createQueue('orders', { VisibilityTimeout: '5', DelaySeconds: '1' })
    expect(await createQueue('orders')).toBe(first)
    expect(await createQueue('orders', { VisibilityTimeout: '5' })).toBe(first)
    const { body } = await call('CreateQueue', {
      QueueName: 'orders',
      Attributes: { VisibilityTimeout: '6' },
    })
    expect(body).toEqual({
      __type: 'com.amazonaws.sqs#QueueNameExists',
      message:
        'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    })
  })

  test.each(['', 'a b', 'a/b', 'x'.repeat(81), 'orders.fifo'])(
    'refuses the name "%s"',
    async (name) => {
      const { status, body } = await call('CreateQueue', { QueueName: name })
      expect(status).toBe(400)
      expect(body.__type).toBe('com.amazon.coral.service#InvalidParameterValueException')
    },
  )

  test('an empty world has no queues', async () => {
    expect(await output('ListQueues', {})).toEqual({})
    await createQueue('b')
    await createQueue('a')
    const page = await output('ListQueues', { MaxResults: 1 })
    expect(page.QueueUrls).toEqual([`${endpoint.url}/000000000000/a`])
    const next = await output('ListQueues', { MaxResults: 1, NextToken: page.NextToken })
    expect(next).toEqual({ QueueUrls: [`${endpoint.url}/000000000000/b`] })
  })
})

const waiting = () =>
  endpoint.world.sim.world.calls.outside.filter((ticket) => ticket !== undefined).length

/** A poll that waits; it is with the queue when this resolves. */
async function openPoll(QueueUrl: string, WaitTimeSeconds: number) {
  const before = waiting()
  const messages = receive(QueueUrl, { WaitTimeSeconds })
  await expect.poll(waiting).toBe(before + 1)
  return { messages }
}

describe('long polls', () => {
  test('are answered by a send; others are answered meanwhile', async () => {
    const QueueUrl = await createQueue('orders')
    const poll = await openPoll(QueueUrl, 20)
    await output('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })
    await output('SendMessage', { QueueUrl, MessageBody: 'late' })
    expect(await poll.messages).toMatchObject([{ Body: 'late' }])
  })

  test('are answered when the clock comes to the end of their wait, not before', async () => {
    const QueueUrl = await createQueue('orders')
    const poll = await openPoll(QueueUrl, 20)
    await advance(19_999)
    expect(waiting()).toBe(1)
    await advance(1)
    expect(await poll.messages).toEqual([])
  })

  test('take a message that becomes visible while the clock runs', async () => {
    const QueueUrl = await createQueue('orders')
    await output('SendMessage', { QueueUrl, MessageBody: 'later', DelaySeconds: 5 })
    const poll = await openPoll(QueueUrl, 20)
    await advance(5_000)
    expect(await poll.messages).toMatchObject([{ Body: 'later' }])
  })

  test('of a caller that hung up take nothing', async () => {
    const QueueUrl = await createQueue('orders')
    const caller = new AbortController()
    const gone = fetch(`${endpoint.url}/000000000000/orders`, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'ReceiveMessage', WaitTimeSeconds: '20' }),
      signal: caller.signal,
    })
    await expect.poll(waiting).toBe(1)
    caller.abort()
    await expect(gone).rejects.toThrow()
    await expect.poll(waiting).toBe(0)
    await output('SendMessage', { QueueUrl, MessageBody: 'for another' })
    await advance(20_000)
    expect(await receive(QueueUrl)).toMatchObject([{ Body: 'for another' }])
  })

  test.each([
    ['the queue', (QueueUrl: string) => output('DeleteQueue', { QueueUrl })],
    ['the world', () => admin('reset', '')],
  ])('end with an error when %s goes', async (_what, end) => {
    const QueueUrl = await createQueue('orders')
    const poll = call('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
    await expect.poll(waiting).toBe(1)
    await end(QueueUrl)
    expect((await poll).body.__type).toBe('com.amazonaws.sqs#QueueDoesNotExist')
  })
})

describe('our own addresses', () => {
  test('health tells when it is ready', async () => {
    expect(await admin('health')).toMatchObject({ status: 200, body: { clock: 'virtual' } })
  })

  test('the clock stands still between calls and goes as far as it is told', async () => {
    const start = Number((await admin('health')).body.nowMs)
    expect(await advance(1500)).toEqual({ status: 200, body: { nowMs: start + 1500 } })
    expect((await admin('health')).body.nowMs).toBe(start + 1500)
  })

  test.each([
    '',
    '{}',
    '[]',
    'null',
    '{"advanceMs":"1"}',
    '{"advanceMs":-1}',
    '{"advanceMs":null}',
    '{"advanceMs":1e999}',
    `{"advanceMs":${MAX_ADVANCE_MS + 1}}`,
    '{"advanceMs":1',
  ])('the clock refuses %s', async (body) => {
    expect((await admin('clock', body)).status).toBe(400)
  })

  test('reset empties the world and begins at the beginning', async () => {
    const start = (await admin('health')).body.nowMs
    await createQueue('orders')
    await advance(1000)
    expect(await admin('reset', '')).toEqual({ status: 200, body: { nowMs: start } })
    expect(await output('ListQueues', {})).toEqual({})
  })

  test('others are refused', async () => {
    expect((await admin('nothing')).status).toBe(404)
    expect((await admin('clock')).status).toBe(405)
  })
})

describe('what cannot be understood', () => {
  const headersOf = (operation: string) => ({
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': operation,
  })

  test.each(['{', '[]', '7', 'null', '"x"', '{"QueueName":7}', '{"QueueName":{"a":1}}'])(
    'JSON: %s',
    async (body) => {
      const response = await call('CreateQueue', body)
      expect(response.status).toBe(400)
      expect(response.body.__type).toBe('com.amazon.coral.service#SerializationException')
    },
  )

  test.each(['AmazonSQS.Nothing', 'AmazonSQS.constructor', 'Nothing', 'AmazonSNS.SendMessage', ''])(
    'target "%s"',
    async (target) => {
      const headers = headersOf(target)
      const response = await fetch(endpoint.url, { method: 'POST', headers, body: '{}' })
      expect(response.status).toBe(400)
      expect(response.headers.get('x-amzn-query-error')).toBe('InvalidAction;Sender')
      expect(await response.json()).toEqual({
        __type: 'com.amazon.coral.service#UnknownOperationException',
      })
    },
  )

  test.each([
    [{}, 'MissingAction'],
    [{ Action: 'Nothing' }, 'InvalidAction'],
    [{ Action: 'SendMessage' }, 'AWS.SimpleQueueService.NonExistentQueue'],
    [{ Action: 'ListQueues', MaxResults: 'many' }, 'InvalidParameterValue'],
  ])('form %j', async (parameters, code) => {
    const response = await query(parameters as Record<string, string>)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('text/xml')
    expect(await response.text()).toContain(`<Type>Sender</Type><Code>${code}</Code>`)
  })

  test('a body that is too long', async () => {
    const response = await call('SendMessage', 'x'.repeat(MAX_BODY_BYTES + 1))
    expect(response).toMatchObject({
      status: 413,
      body: { __type: 'com.amazonaws.sqs#RequestEntityTooLarge' },
    })
    await createQueue('still-alive')
  })

  test('methods and addresses that are none', async () => {
    expect((await fetch(`${endpoint.url}/x`, { method: 'PUT' })).status).toBe(400)
    expect((await fetch(`${endpoint.url}/x`)).status).toBe(404)
  })
})

describe('the Query protocol', () => {
  test('create, send, receive, delete; to the queue’s own address or with QueueUrl', async () => {
    const created = await (
      await query({
        Action: 'CreateQueue',
        QueueName: 'orders',
        'Attribute.1.Name': 'VisibilityTimeout',
        'Attribute.1.Value': '5',
      })
    ).text()
    expect(created).toContain(`<QueueUrl>${endpoint.url}/000000000000/orders</QueueUrl>`)
    const path = '/000000000000/orders'
    await query({ Action: 'SendMessage', MessageBody: 'a < b & "c"' }, path)
    const received = await (await query({ Action: 'ReceiveMessage' }, path)).text()
    expect(received).toContain('<Body>a &lt; b &amp; &quot;c&quot;</Body>')
    const ReceiptHandle = /<ReceiptHandle>(.*)<\/ReceiptHandle>/.exec(received)![1]
    const deleted = await query({
      Action: 'DeleteMessage',
      ReceiptHandle,
      QueueUrl: `https://queue.amazonaws.com${path}`,
    })
    expect(await deleted.text()).toMatch(
      /^<\?xml version="1\.0"\?><DeleteMessageResponse xmlns="[^"]+"><ResponseMetadata>/,
    )
    await advance(5_000)
    expect(await receive(endpoint.url + path)).toEqual([])
  })

  test('a queue’s address without an Action is an unknown operation', async () => {
    const response = await fetch(await createQueue('orders'))
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('<UnknownOperationException')
  })

  test('a trace that the request bears goes with the message, unless it has its own', async () => {
    const QueueUrl = await createQueue('orders')
    const own = { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=2' } }
    for (const MessageSystemAttributes of [undefined, own]) {
      await fetch(endpoint.url, {
        method: 'POST',
        headers: { 'x-amz-target': 'AmazonSQS.SendMessage', 'x-amzn-trace-id': 'Root=1' },
        body: JSON.stringify({ QueueUrl, MessageBody: 'x', MessageSystemAttributes }),
      })
    }
    const asked = { MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['AWSTraceHeader'] }
    expect((await receive(QueueUrl, asked)).map(({ Attributes }) => Attributes)).toEqual([
      { AWSTraceHeader: 'Root=1' },
      { AWSTraceHeader: 'Root=2' },
    ])
  })

  test('a GET with an Action is a call', async () => {
    await createQueue('orders')
    const response = await fetch(`${endpoint.url}/?Action=GetQueueUrl&QueueName=orders`)
    expect(await response.text()).toContain('/000000000000/orders</QueueUrl>')
  })
})

describe('the playground', () => {
  test('is served with a policy for its content', async () => {
    const response = await fetch(endpoint.url)
    expect(await response.text()).toBe('<title>Switchyard</title>')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
  })

  test('pages may not compile WebAssembly; workers may, for the SQL engine', () => {
    const policyOf = (contentType: string) => siteHeaders(contentType)['content-security-policy']
    expect(policyOf('text/html; charset=utf-8')).not.toContain('wasm')
    expect(policyOf('text/javascript; charset=utf-8')).toContain("'wasm-unsafe-eval'")
    expect(policyOf('text/javascript; charset=utf-8')).not.toContain("'unsafe-eval'")
  })

  test.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/%',
    '/%00',
    '/.x',
  ])('nothing else is: %s', async (path) => {
    // Unlike fetch, this sends the path as it is.
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(endpoint.url)
      request({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(404)
  })
})
