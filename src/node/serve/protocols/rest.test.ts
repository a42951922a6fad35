/** Lambda's REST-JSON over HTTP (FACTS 7). */
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { design } from '../../../services/lab.ts'
import { startEndpoint, type Endpoint } from '../server.ts'

let endpoint: Endpoint
beforeEach(async () => {
  const scenario = design({
    nodes: {
      fn: ['lambda', { serviceTimeMs: 0, coldStartMs: 0 }],
      entrance: ['video'],
      orders: ['sqs', { VisibilityTimeout: 60 }],
    },
    wires: [],
  })
  endpoint = await startEndpoint({
    scenario,
    clock: 'virtual',
    port: 0,
    host: '127.0.0.1',
    site: tmpdir(),
  })
})
afterEach(() => endpoint.close())

async function ask(method: string, path: string, body?: unknown, headers = {}) {
  const response = await fetch(`${endpoint.url}/2015-03-31/${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const told = (await response.json()) as Record<string, unknown>
  return { status: response.status, headers: response.headers, told }
}

test('FACTS 7: mappings by POST, GET, PUT and DELETE; 202 for changes', async () => {
  const created = await ask('POST', 'event-source-mappings/', {
    FunctionName: 'fn',
    EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
    BatchSize: 5,
  })
  expect(created.status).toBe(202)
  expect(created.told).toMatchObject({ BatchSize: 5, State: 'Creating' })
  const path = `event-source-mappings/${String(created.told.UUID)}`
  expect((await ask('GET', path)).told).toMatchObject({ BatchSize: 5, State: 'Enabled' })
  expect(await ask('PUT', path, { BatchSize: 7 })).toMatchObject({
    status: 202,
    told: { BatchSize: 7 },
  })
  expect((await ask('GET', 'event-source-mappings/?FunctionName=fn')).told).toMatchObject({
    EventSourceMappings: [{ BatchSize: 7 }],
  })
  expect((await ask('DELETE', path)).status).toBe(202)
  const gone = await ask('GET', path)
  expect(gone).toMatchObject({
    status: 404,
    told: { Type: 'User', Message: 'The resource you requested does not exist.' },
  })
  expect(gone.headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException')
})

test('FACTS 7: functions are told; an ARN in the path is decoded', async () => {
  expect((await ask('GET', 'functions/')).told).toMatchObject({
    Functions: [{ FunctionName: 'fn' }],
  })
  const arn = encodeURIComponent('arn:aws:lambda:us-east-1:000000000000:function:fn')
  expect((await ask('GET', `functions/${arn}`)).told).toMatchObject({
    Configuration: { FunctionName: 'fn' },
  })
})

test('FACTS 7: an asynchronous Invoke is 202 with an empty payload', async () => {
  const response = await fetch(`${endpoint.url}/2015-03-31/functions/fn/invocations`, {
    method: 'POST',
    headers: { 'x-amz-invocation-type': 'Event' },
    body: '{"order":1}',
  })
  expect(response.status).toBe(202)
  expect(await response.text()).toBe('')
})

test('what is no JSON, or of another type, is refused', async () => {
  const wrong = await ask('POST', 'event-source-mappings/', { FunctionName: 1 })
  expect(wrong.status).toBe(400)
  expect(wrong.told).toMatchObject({ Type: 'User', message: expect.any(String) })
  const response = await fetch(`${endpoint.url}/2015-03-31/event-source-mappings`, {
    method: 'POST',
    body: '{',
  })
  expect(response.status).toBe(400)
  expect(response.headers.get('x-amzn-errortype')).toBe('InvalidRequestContentException')
  const bad = await fetch(`${endpoint.url}/2015-03-31/functions/%E0%A4%A`)
  expect(bad.status).toBe(400)
})

test('FACTS 10: video streams by POST; their data endpoint is the address that was asked', async () => {
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${endpoint.url}/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return { response, told: (await response.json()) as Record<string, unknown> }
  }
  const { told } = await post('getDataEndpoint', {
    StreamName: 'entrance',
    APIName: 'LIST_FRAGMENTS',
  })
  expect(told).toEqual({ DataEndpoint: endpoint.url })
  expect((await post('listFragments', { StreamName: 'entrance' })).told).toEqual({ Fragments: [] })
  const { response, told: error } = await post('describeStream', { StreamName: 'no' })
  expect(response.status).toBe(404)
  expect(error).toHaveProperty('Message')
  expect(response.headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException')
})
