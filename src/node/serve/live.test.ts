/** Pages watch a served world: with the page's own client, over a real WebSocket. */
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import {
  emptyScenario,
  type Intervention,
  type Scenario,
  type ScenarioDiff,
} from '../../scenario/scenario.ts'
import { createEngineClient, type EngineClient } from '../../worker/client.ts'
import { LIVE_PATH } from '../../worker/live.ts'
import { decode, type FromServer, type Welcome } from '../../worker/wire.ts'
import { MAX_BODY_BYTES } from './body.ts'
import { MAX_PAGES } from './live.ts'
import { startEndpoint, type Endpoint } from './server.ts'

let endpoint: Endpoint
let sdk: SQSClient
let sockets: WebSocket[]

async function start(clock: 'real' | 'virtual'): Promise<void> {
  const settings = { network: 'instant', limits: 'today' } as const
  const scenario = { ...emptyScenario('Live'), settings }
  endpoint = await startEndpoint({ scenario, clock, port: 0, host: '127.0.0.1', site: 'dist' })
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' }
  sdk = new SQSClient({ endpoint: endpoint.url, region: 'us-east-1', credentials })
}
beforeEach(() => {
  sockets = []
  return start('virtual')
})
afterEach(async () => {
  for (const socket of sockets) socket.terminate()
  sdk.destroy()
  await endpoint.close()
})

function connect(origin = endpoint.url, path = LIVE_PATH): WebSocket {
  const socket = new WebSocket(endpoint.url.replace('http', 'ws') + path, { origin })
  sockets.push(socket)
  return socket
}

interface Watching {
  readonly client: EngineClient
  readonly welcomes: Welcome[]
  /** The documents that it heard of, the newest last. */
  readonly documents: Scenario[]
  /** A frame of what happened since the last one. */
  look(): Promise<Awaited<ReturnType<EngineClient['advance']>>>
}

/** A page that has loaded the world. */
async function watch(): Promise<Watching> {
  const socket = connect()
  const welcomes: Welcome[] = []
  const documents: Scenario[] = []
  let hear: (message: FromServer) => void = () => {}
  const welcomed = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const message = decode(String(data))
      if (message.type !== 'welcome') return hear(message)
      welcomes.push(message)
      resolve()
    })
  })
  await welcomed
  const client = createEngineClient(
    (heard) => {
      hear = heard as typeof hear
      return { postMessage: (request) => socket.send(JSON.stringify(request)), terminate: () => {} }
    },
    ({ message }) => expect.unreachable(message),
    (scenario) => documents.push(scenario),
  )
  await client.load(welcomes[0].scenario, [])
  return { client, welcomes, documents, look: () => client.advance(0, true) }
}

const names = ({ documents }: Watching) => documents.at(-1)?.nodes.map(({ name }) => name)

test('a page asks for lives, causes, lanes, tables and gates of the served world', async () => {
  const page = await watch()
  const { QueueUrl } = await sdk.send(new CreateQueueCommand({ QueueName: 'orders' }))
  await sdk.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }))
  await page.look()
  const { ask } = page.client
  const trace = await ask({ about: 'trace', message: 1 })
  expect(trace).toMatchObject({ about: 'trace', steps: [{ operation: 'SendMessage' }] })
  expect(await ask({ about: 'why', of: { row: 1 } })).toMatchObject({ why: { message: 1 } })
  const mark = { atUs: 0, node: 'orders', type: 'throttled', count: 1 } as const
  expect(await ask({ about: 'why', of: { mark } })).toMatchObject({ about: 'why' })
  expect(await ask({ about: 'swimLanes', fromUs: 0, toUs: 1e9 })).toMatchObject({
    lanes: { messages: 1 },
  })
  expect(await ask({ about: 'notable', fromUs: 0, direction: 'next', type: null })).toEqual({
    about: 'notable',
    notable: null,
  })
  expect(await ask({ about: 'costs' })).toMatchObject({
    costs: { parts: [{ name: 'orders', charges: [{ quantity: 1 }] }] },
  })
  expect(await ask({ about: 'gate', wire: 'none' })).toEqual({ about: 'gate', verdict: null })
  expect(await ask({ about: 'table', node: 'orders', offset: 0, limit: 9 })).toMatchObject({
    about: 'table',
  })
})

test('two pages see the queue, the send, the receive and the delete of an SDK', async () => {
  const pages = [await watch(), await watch()]
  const { QueueUrl } = await sdk.send(new CreateQueueCommand({ QueueName: 'orders' }))
  let marks: unknown
  const seen = async () =>
    Promise.all(
      pages.map(async (page) => {
        const shot = await page.look()
        marks = shot?.frame.marks.map(({ type }) => type)
        const figures = shot?.frame.digests?.[0].figures ?? {}
        return [figures.visible, figures.inFlight, figures.deleted]
      }),
    )
  await seen()
  expect(pages.map(names)).toEqual([['orders'], ['orders']])

  await sdk.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }))
  expect(await seen()).toEqual([
    [1, 0, 0],
    [1, 0, 0],
  ])
  expect(marks).toEqual(['arrived'])
  const { Messages } = await sdk.send(new ReceiveMessageCommand({ QueueUrl }))
  expect(await seen()).toEqual([
    [0, 1, 0],
    [0, 1, 0],
  ])
  expect(marks).toEqual(['left'])
  const [{ ReceiptHandle }] = Messages!
  await sdk.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
  expect(await seen()).toEqual([
    [0, 0, 1],
    [0, 0, 1],
  ])
  expect(marks).toEqual(['acknowledged'])
  const log = await pages[1].client.ask({ about: 'log', before: 0, limit: 10, filter: {} })
  expect(log.about === 'log' && log.rows.map(({ operation }) => operation)).toEqual([
    'DeleteMessage',
    'ReceiveMessage',
    'SendMessage',
    'CreateQueue',
  ])
})

test('who comes later sees the world as it is', async () => {
  await sdk.send(new CreateQueueCommand({ QueueName: 'orders' }))
  const { welcomes } = await watch()
  expect(welcomes[0]).toMatchObject({ clock: 'virtual', scenario: { title: 'Live' } })
  expect(welcomes[0].scenario.nodes).toMatchObject([{ name: 'orders' }])
})

describe('steering', () => {
  const dlq = { id: 'n1', kind: 'sqs', name: 'drawn', x: 0, y: 0, config: {} }
  const edit = (diff: Partial<ScenarioDiff>): Intervention => ({
    atUs: 0,
    type: 'edit',
    diff: { nodes: {}, wires: {}, ...diff },
  })

  test('what one page draws, the other page and the SDK have', async () => {
    const [drawing, other] = [await watch(), await watch()]
    await drawing.client.intervene(edit({ nodes: { n1: dlq } }))
    await other.look()
    expect([names(drawing), names(other)]).toEqual([['drawn'], ['drawn']])
    const QueueUrl = `${endpoint.url}/000000000000/drawn`
    const sent = await sdk.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    expect(sent.MessageId).toBeDefined()
  })

  test('a design that does not fit together is refused, and the page told what is', async () => {
    const page = await watch()
    const wires = { w1: { id: 'w1', from: 'n1', to: 'nowhere', config: {} } }
    const done = await page.client.intervene(edit({ nodes: { n1: dlq }, wires }))
    expect(done?.error?.message).toContain('nowhere')
    expect(names(page)).toEqual([])
  })

  test('a button and an API call of a page', async () => {
    const page = await watch()
    await page.client.intervene(edit({ nodes: { n1: dlq } }))
    const call = (operation: string, input: Record<string, unknown>) =>
      page.client.intervene({ atUs: 0, type: 'call', service: 'sqs', operation, input })
    const QueueUrl = 'http://localhost/000000000000/drawn'
    const waiting = await call('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
    await call('SendMessage', { QueueUrl, MessageBody: 'x' })
    expect(await waiting?.answered).toMatchObject({ output: { Messages: [{ Body: 'x' }] } })
    const purge = { atUs: 0, type: 'action', node: 'n1', action: 'purge', args: {} } as const
    expect((await page.client.intervene(purge))?.error).toBeUndefined()
    const log = await page.client.ask({ about: 'log', before: 0, limit: 1, filter: {} })
    expect(log.about === 'log' && log.total).toBeGreaterThan(1)
  })

  test('a virtual clock moves for everyone, by a page or over HTTP', async () => {
    const [page, other] = [await watch(), await watch()]
    expect((await page.client.advance(10_000_000, true))?.frame.atUs).toBe(10_000_000)
    expect((await other.look())?.frame).toMatchObject({ fromUs: 0, atUs: 10_000_000 })
    const body = JSON.stringify({ advanceMs: 500 })
    await fetch(`${endpoint.url}/_switchyard/clock`, { method: 'POST', body })
    expect((await other.look())?.frame.atUs).toBe(10_500_000)
  })

  test('a step goes to the next thing to be seen, and the clock with it', async () => {
    const page = await watch()
    const { QueueUrl } = await sdk.send(new CreateQueueCommand({ QueueName: 'q' }))
    await sdk.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    await sdk.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 30 }))
    expect((await page.client.step())?.frame.atUs).toBe(30_000_000)
    const { Messages } = await sdk.send(new ReceiveMessageCommand({ QueueUrl }))
    expect(Messages).toMatchObject([{ Body: 'x' }])
  })

  test('a real clock cannot be moved', async () => {
    await endpoint.close()
    await start('real')
    const page = await watch()
    const first = await page.look()
    const ahead = (first?.frame.atUs ?? 0) + 3_600_000_000
    expect((await page.client.advance(ahead, true))?.frame.atUs).toBeLessThan(ahead)
  })
})

test('after a reset every page is welcomed anew, and old requests are not answered', async () => {
  const page = await watch()
  await sdk.send(new CreateQueueCommand({ QueueName: 'orders' }))
  const old = page.look()
  await fetch(`${endpoint.url}/_switchyard/reset`, { method: 'POST', body: '{}' })
  await old
  await expect.poll(() => page.welcomes).toHaveLength(2)
  expect(page.welcomes[1].scenario.nodes).toEqual([])
})

describe('turned away', () => {
  const refusal = (socket: WebSocket): Promise<number | undefined> =>
    new Promise((resolve) => {
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode))
      socket.on('open', () => resolve(101))
      socket.on('error', () => {})
    })

  test('pages of other sites, and other addresses', async () => {
    expect(await refusal(connect())).toBe(101)
    expect(await refusal(connect('https://example.com'))).toBe(403)
    expect(await refusal(connect(endpoint.url, '/elsewhere'))).toBe(404)
  })

  test('more pages than there may be', async () => {
    const first = Array.from({ length: MAX_PAGES }, () => refusal(connect()))
    expect(new Set(await Promise.all(first))).toEqual(new Set([101]))
    expect(await refusal(connect())).toBe(503)
  })

  test.each([
    ['no JSON', 'hello', 1008],
    ['an unknown request', '{"type":"sudo","run":1}', 1008],
    ['an edit that is none', '{"type":"intervene","run":1,"intervention":{"type":"edit"}}', 1008],
    ['a time that is none', '{"type":"advance","run":1,"toUs":-1,"wantDigests":true}', 1008],
    ['too much', 'x'.repeat(MAX_BODY_BYTES + 1), 1009],
  ])('%s', async (_, text, code) => {
    const socket = connect()
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.on('open', () => socket.send(text))
    expect(await closed).toBe(code)
    expect((await fetch(`${endpoint.url}/_switchyard/health`)).status).toBe(200)
  })
})
