/** FACTS 1.1, 5: what AWS says of JSON that is not what the operation takes. */
import { expect, test } from 'vitest'
import { json } from './json.ts'
import { apiOf } from '../../../services/apis.ts'

const sqs = apiOf('sqs')!
const context = { requestId: 'r-1', origin: 'http://localhost:4566' }

const decoded = (body: string) =>
  json.decode({
    path: '/',
    queryString: '',
    headers: { 'x-amz-target': 'AmazonSQS.SendMessage' },
    body,
  })

test.each([
  ['{"MessageBody":1}', 'NUMBER_VALUE can not be converted to a String'],
  ['{"MessageBody":true}', 'TRUE_VALUE can not be converted to a String'],
  ['{"MessageBody":[]}', 'Start of list found where not expected'],
  ['{"MessageBody":{}}', 'Start of structure or map found where not expected.'],
  ['{"DelaySeconds":"1"}', 'STRING_VALUE can not be converted to an Integer'],
  ['{"MessageAttributes":"x"}', 'Expected map or null'],
  ['{"MessageAttributes":{"a":7}}', 'Expected null'],
  ['[]', 'Start of list found where not expected'],
  ['"x"', ''],
  ['null', ''],
  ['', ''],
  ['{"a"', ''],
])('FACTS 1.1: JSON of the wrong type: %s', (body, message) => {
  expect(decoded(body)).toMatchObject({ error: { code: 'SerializationException', message } })
})

test.each([
  ['23456', 'Base64 encoded length is expected a multiple of 4 bytes but found: 5'],
  ['=+/=', "Invalid Base64 character: '='"],
  ['a b=', "Invalid Base64 character: ' '"],
  ['+/+=', 'Invalid last non-pad Base64 character dectected'],
])('FACTS 5: a blob is Base64 with its padding: %s', (text, fault) => {
  const body = JSON.stringify({ MessageAttributes: { a: { BinaryValue: text } } })
  expect(decoded(body)).toMatchObject({
    error: { message: `'${text}' can not be converted to a Blob: ${fault}` },
  })
})

test.each(['', 'AA==', 'AAA=', 'AAAA', '+/8='])('and taken when it is: %j', (text) => {
  const body = JSON.stringify({ MessageAttributes: { a: { BinaryValue: text } } })
  expect(decoded(body)).toMatchObject({ input: JSON.parse(body) as unknown })
})

test('FACTS 5: the text of a SerializationException is its Message, of others their message', () => {
  const bodyOf = (code: string) =>
    JSON.parse(json.error(sqs, { code, status: 400, message: 'm' }, context).body) as object
  expect(Object.keys(bodyOf('SerializationException'))).toEqual(['__type', 'Message'])
  expect(Object.keys(bodyOf('QueueDoesNotExist'))).toEqual(['__type', 'message'])
})
