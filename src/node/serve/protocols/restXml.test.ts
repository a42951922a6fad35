/** S3's REST-XML over HTTP (FACTS 15.3). */
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CERTAIN, design } from '../../../services/lab.ts'
import { startEndpoint, type Endpoint } from '../server.ts'

let endpoint: Endpoint
beforeEach(async () => {
  endpoint = await startEndpoint({
    scenario: design({
      nodes: { uploads: ['s3', { testEvents: false }], jobs: ['sqs', { ...CERTAIN }] },
      wires: [],
    }),
    clock: 'virtual',
    port: 0,
    host: '127.0.0.1',
    site: tmpdir(),
  })
})
afterEach(() => endpoint.close())

const SIGNED = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
}

async function s3(method: string, path: string, body?: string, headers = {}) {
  const response = await fetch(`${endpoint.url}${path}`, {
    method,
    headers: { ...SIGNED, ...headers },
    ...(body !== undefined && { body }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const codeIn = (text: string): string | undefined => /<Code>(.*)<\/Code>/.exec(text)?.[1]

test('FACTS 15.3: an object is put, asked about, got and deleted by its path', async () => {
  const put = await s3('PUT', '/uploads/a%20b/%C3%BC.txt', 'héllo <x>')
  expect(put.status).toBe(200)
  expect(put.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/)
  const got = await s3('GET', '/uploads/a%20b/%C3%BC.txt')
  expect(got).toMatchObject({ status: 200, text: 'héllo <x>' })
  expect(got.headers.get('etag')).toBe(put.headers.get('etag'))
  expect(got.headers.get('last-modified')).toMatch(/ GMT$/)
  const head = await s3('HEAD', '/uploads/a%20b/%C3%BC.txt')
  expect(head).toMatchObject({ status: 200, text: '' })
  expect(head.headers.get('content-length')).toBe('10')
  expect((await s3('DELETE', '/uploads/a%20b/%C3%BC.txt')).status).toBe(204)
  const gone = await s3('GET', '/uploads/a%20b/%C3%BC.txt')
  expect(gone.status).toBe(404)
  expect(codeIn(gone.text)).toBe('NoSuchKey')
  expect(gone.headers.get('content-type')).toBe('application/xml')
  expect(await s3('HEAD', '/uploads/a%20b/%C3%BC.txt')).toMatchObject({ status: 404, text: '' })
})

test('FACTS 15.3: buckets are made, listed and deleted while they are empty', async () => {
  expect((await s3('PUT', '/more')).headers.get('location')).toBe('/more')
  expect((await s3('HEAD', '/more')).status).toBe(200)
  expect((await s3('GET', '/')).text).toContain('<Bucket><Name>more</Name>')
  await s3('PUT', '/more/x', 'x')
  expect(codeIn((await s3('DELETE', '/more')).text)).toBe('BucketNotEmpty')
  await s3('DELETE', '/more/x')
  expect((await s3('DELETE', '/more')).status).toBe(204)
  expect((await s3('HEAD', '/more')).status).toBe(404)
})

test('FACTS 15.3: objects are listed by prefix and folder, a page at a time', async () => {
  for (const key of ['a/1', 'a/2', 'b', 'c/1']) await s3('PUT', `/uploads/${key}`, key)
  const folders = await s3('GET', '/uploads?list-type=2&delimiter=%2F')
  expect(folders.text).toContain('<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes>')
  expect(folders.text.match(/<Contents>/g)).toHaveLength(1)
  expect(folders.text).toContain('<KeyCount>3</KeyCount>')
  const page = await s3('GET', '/uploads?list-type=2&prefix=a%2F&max-keys=1')
  expect(page.text).toContain('<Key>a/1</Key>')
  const next = /<NextContinuationToken>(.*)<\/N/.exec(page.text)![1]
  const rest = await s3('GET', `/uploads?list-type=2&prefix=a%2F&continuation-token=${next}`)
  expect(rest.text).toContain('<Key>a/2</Key>')
  expect(rest.text).not.toContain('<Key>a/1</Key>')
})

const rules = (event: string): string =>
  `<NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:jobs</Queue><Event>${event}</Event><Filter><S3Key><FilterRule><Name>suffix</Name><Value>.jpg</Value></FilterRule></S3Key></Filter></QueueConfiguration></NotificationConfiguration>`

test('FACTS 15.3: whom a bucket notifies is written and read in XML', async () => {
  expect((await s3('PUT', '/uploads?notification', rules('s3:ObjectCreated:*'))).status).toBe(200)
  const { text } = await s3('GET', '/uploads?notification')
  expect(text).toContain('<Queue>arn:aws:sqs:us-east-1:000000000000:jobs</Queue>')
  expect(text).toContain('<FilterRule><Name>Suffix</Name><Value>.jpg</Value></FilterRule>')
  expect(codeIn((await s3('PUT', '/uploads?notification', rules('s3:Nothing'))).text)).toBe(
    'InvalidArgument',
  )
})

test.each([
  ['broken', '<NotificationConfiguration><Queue>'],
  ['no XML', '{}'],
  ['with a document type', `<!DOCTYPE x [<!ENTITY a "aaaa">]>${rules('s3:ObjectCreated:*')}`],
  ['too deep', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`],
  ['empty', ''],
])('XML that is %s is refused', async (_how, body) => {
  const { status, text } = await s3('PUT', '/uploads?notification', body)
  expect(status).toBe(400)
  expect(codeIn(text)).toBe('MalformedXML')
})

test('content in chunks is put together, whatever is signed or summed up between them', async () => {
  const encoding = { 'content-encoding': 'aws-chunked' }
  const body =
    '6;chunk-signature=00\r\nhällo\r\n3\r\n\r\n!\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n'
  await s3('PUT', '/uploads/k', body, encoding)
  expect((await s3('GET', '/uploads/k')).text).toBe('hällo\r\n!')
  await s3('PUT', '/uploads/k', 'ffffff\r\nshort', encoding)
  expect((await s3('GET', '/uploads/k')).text).toBe('short')
})

/** `fetch` sets the Host itself. */
const byHost = (host: string, path: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const { port } = new URL(endpoint.url)
    const options = { host: '127.0.0.1', port, path, headers: { ...SIGNED, host } }
    request(options, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).end()
  })

test('a bucket may be named by the host, and a request be signed in its address', async () => {
  await s3('PUT', '/uploads/k', 'x')
  expect(await byHost('uploads.localhost:4566', '/k')).toBe(200)
  expect(await byHost('other.localhost:4566', '/k')).toBe(404)
  const signature = 'X-Amz-Credential=AKID%2F20260101%2Fus-east-1%2Fs3%2Faws4_request'
  const response = await fetch(`${endpoint.url}/uploads/k?${signature}`)
  expect(await response.text()).toBe('x')
})

test('what is not known is refused, and nothing is thrown', async () => {
  expect(codeIn((await s3('GET', '/uploads?acl')).text)).toBe('NotImplemented')
  expect(codeIn((await s3('PUT', '/')).text)).toBe('NotImplemented')
  expect(codeIn((await s3('PUT', '/uploads/k?tagging', '<Tagging/>')).text)).toBe('NotImplemented')
  expect((await s3('GET', '/uploads/%E0%A4%A')).status).toBe(400)
  expect(codeIn((await s3('GET', '/uploads?list-type=2&max-keys=many')).text)).toBe(
    'InvalidArgument',
  )
})
