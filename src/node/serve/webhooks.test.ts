/** A program's own web server, subscribed by a call, gets what SNS sends (FACTS 3.2, 4.1). */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { emptyScenario } from '../../scenario/scenario.ts'
import { startEndpoint, type Endpoint } from './server.ts'

interface Got {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let endpoint: Endpoint
let receiver: Server
let got: Got[]
let hook: string

beforeEach(async () => {
  got = []
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      response.writeHead(got.length === 2 ? 500 : 200).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  const scenario = {
    ...emptyScenario('hooks'),
    settings: { network: 'instant', limits: 'today' },
  } as const
  endpoint = await startEndpoint({
    scenario,
    clock: 'virtual',
    port: 0,
    host: '127.0.0.1',
    site: tmpdir(),
  })
})
afterEach(async () => {
  await endpoint.close()
  receiver.closeAllConnections()
  receiver.close()
})

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news'

async function sns(input: Record<string, string>): Promise<string> {
  const response = await fetch(endpoint.url, {
    method: 'POST',
    body: new URLSearchParams({ Version: '2010-03-31', ...input }),
  })
  return response.text()
}

const until = (count: number) => vi.waitFor(() => expect(got).toHaveLength(count), 10_000)

test('FACTS 3.2, 4.1: a web server outside of the design confirms by the link, and gets each copy once', async () => {
  await sns({ Action: 'CreateTopic', Name: 'news' })
  await sns({ Action: 'Subscribe', TopicArn: TOPIC, Protocol: 'http', Endpoint: hook })
  await until(1)
  expect(got[0].headers).toMatchObject({ 'x-amz-sns-message-type': 'SubscriptionConfirmation' })
  const asked = JSON.parse(got[0].body) as Record<string, string>
  expect(asked).toMatchObject({ Type: 'SubscriptionConfirmation', TopicArn: TOPIC })
  await sns({ Action: 'Publish', TopicArn: TOPIC, Message: 'too early' })
  // The link leads to this server; whoever follows it has confirmed.
  expect(new URL(asked.SubscribeURL).port).toBe(new URL(endpoint.url).port)
  expect(await (await fetch(asked.SubscribeURL)).text()).toContain('<SubscriptionArn>')
  await sns({ Action: 'Publish', TopicArn: TOPIC, Message: 'one' })
  await sns({ Action: 'Publish', TopicArn: TOPIC, Message: 'two', Subject: 'S' })
  await until(3)
  const told = got.slice(1).map(({ body }) => JSON.parse(body) as Record<string, string>)
  expect(told).toMatchObject([
    { Type: 'Notification', Message: 'one' },
    { Type: 'Notification', Message: 'two', Subject: 'S' },
  ])
  expect(got[2].headers).toMatchObject({
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-topic-arn': TOPIC,
    'user-agent': 'Amazon Simple Notification Service Agent',
    'content-type': 'text/plain; charset=UTF-8',
  })
})

test('FACTS 3.2: whoever follows an UnsubscribeURL cancels; the web server is told, and may undo it', async () => {
  const told = (place: number) => JSON.parse(got[place].body) as Record<string, string>
  const subscribed = () => sns({ Action: 'ListSubscriptionsByTopic', TopicArn: TOPIC })
  const subscribe = { Action: 'Subscribe', TopicArn: TOPIC, Protocol: 'http', Endpoint: hook }
  await sns({ Action: 'CreateTopic', Name: 'news' })
  await sns(subscribe)
  await until(1)
  await fetch(told(0).SubscribeURL)
  await sns({ Action: 'Publish', TopicArn: TOPIC, Message: 'one' })
  await until(2)
  const arn = told(1).UnsubscribeURL.split('SubscriptionArn=')[1]

  expect(await (await fetch(told(1).UnsubscribeURL)).text()).toContain('<UnsubscribeResponse')
  await until(3)
  expect(got[2].headers).toMatchObject({
    'x-amz-sns-message-type': 'UnsubscribeConfirmation',
    'x-amz-sns-subscription-arn': arn,
  })
  expect(told(2)).toMatchObject({ Type: 'UnsubscribeConfirmation', TopicArn: TOPIC })
  expect(told(2).Message).toBe(
    `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
  )
  expect(await subscribed()).not.toContain(arn)

  expect(await (await fetch(told(2).SubscribeURL)).text()).toContain(arn)
  await sns({ Action: 'Publish', TopicArn: TOPIC, Message: 'two' })
  await until(4)
  expect(told(3)).toMatchObject({ Type: 'Notification', Message: 'two' })

  // Its owner signs, and need not be told.
  const body = new URLSearchParams({ Action: 'Unsubscribe', SubscriptionArn: arn })
  await fetch(endpoint.url, {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256' },
    body,
  })
  expect(await subscribed()).not.toContain(arn)
  await sns(subscribe)
  await until(5)
  expect(told(4)).toMatchObject({ Type: 'SubscriptionConfirmation' })
})

test('nothing is sent to other machines', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch')
  await sns({ Action: 'CreateTopic', Name: 'news' })
  for (const host of ['example.com', '169.254.169.254', '10.0.0.1', 'localhost.example.com']) {
    await sns({
      Action: 'Subscribe',
      TopicArn: TOPIC,
      Protocol: 'http',
      Endpoint: `http://${host}/`,
    })
  }
  const asked = fetched.mock.calls.map(([url]) => String(url))
  expect(asked.every((url) => url === endpoint.url)).toBe(true)
  fetched.mockRestore()
})
