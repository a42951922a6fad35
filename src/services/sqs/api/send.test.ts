/** SendMessage and SendMessageBatch as AWS's JSON: outputs, limits, errors. */
import { describe, expect, it } from 'vitest'
import { md5Hex } from '../../../base/hash.ts'
import { Testbed } from '../testbed.ts'

const bed = () => new Testbed({ queues: { orders: {} } })
const invalid = (message: string) => ({
  code: 'InvalidParameterValueException',
  legacyCode: 'InvalidParameterValue',
  status: 400,
  message,
})
const message = (more: Readonly<Record<string, unknown>>) => ({
  QueueUrl: 'orders',
  MessageBody: 'a',
  ...more,
})
const text = (StringValue: string) => ({ DataType: 'String', StringValue })

describe('SendMessage', () => {
  it('FACTS 1.3, 1.4: answers MessageId and the MD5 of the UTF-8 body', () => {
    const answer = bed().call('SendMessage', { QueueUrl: 'orders', MessageBody: 'grüße' })
    expect(answer).toEqual({
      MessageId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      MD5OfMessageBody: md5Hex('grüße'),
    })
  })

  it('FACTS 1.4: MD5 of attributes: a known digest (from moto’s tests)', () => {
    // From the AWS SDK tests for MessageMD5ChecksumHandler: one String attribute, one Binary.
    const answer = bed().call('SendMessage', {
      QueueUrl: 'orders',
      MessageBody: 'a',
      MessageAttributes: { timestamp: { DataType: 'Number', StringValue: '1493147359900' } },
    })
    expect(answer.MD5OfMessageAttributes).toBe('235c5c510d26fb653d073faed50ae77c')
  })

  it('FACTS 1.4: the digest is length-prefixed name, type, transport byte and value, names sorted', () => {
    const answer = bed().call('SendMessage', {
      QueueUrl: 'orders',
      MessageBody: 'x',
      MessageAttributes: {
        b: { DataType: 'Binary', BinaryValue: '/wA=' },
        a: { DataType: 'String.x', StringValue: 'é' },
      },
    })
    const a = '\0\0\0\u0001a\0\0\0\u0008String.x\u0001\0\0\0\u0002\u00c3\u00a9'
    const b = '\0\0\0\u0001b\0\0\0\u0006Binary\u0002\0\0\0\u0002\u00ff\0'
    const bytes = Array.from(a + b, (letter) => letter.charCodeAt(0))
    expect(answer.MD5OfMessageAttributes).toBe(md5Hex(Uint8Array.from(bytes)))
  })

  it('FACTS 1.2: an empty or missing body', () => {
    const error = bed().refusal('SendMessage', { QueueUrl: 'orders', MessageBody: '' })
    expect(error).toMatchObject({
      code: 'MissingRequiredParameterException',
      legacyCode: 'MissingParameter',
      message: 'The request must contain the parameter MessageBody.',
    })
  })

  it.each(['\u0000', 'a\u000b', '\uffff', '\ud800', 'x\udfff'])(
    'FACTS 2.9: refuses characters outside the allowed set (%j)',
    (MessageBody) => {
      expect(bed().refusal('SendMessage', { QueueUrl: 'orders', MessageBody }).code).toBe(
        'InvalidMessageContents',
      )
    },
  )

  it.each(['\t\n\r ', '\ud7ff\ue000\ufffd', '😀'])('FACTS 2.9: takes %j', (MessageBody) => {
    const { MD5OfMessageBody } = bed().call('SendMessage', { QueueUrl: 'orders', MessageBody })
    expect(MD5OfMessageBody).toBe(md5Hex(MessageBody))
  })

  it('FACTS 1.3: a message of exactly the maximum is accepted, one byte more is not', () => {
    const bed = new Testbed({ queues: { orders: { MaximumMessageSize: 1024 } } })
    const MessageAttributes = { key: text('é') } // 3 + 6 + 2 bytes
    bed.send('orders', 'x'.repeat(1013), { MessageAttributes })
    const tooLong = message({ MessageBody: 'x'.repeat(1014), MessageAttributes })
    expect(bed.refusal('SendMessage', tooLong)).toEqual(
      invalid(
        'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
      ),
    )
    expect(bed.books('orders')).toMatchObject({ sent: 1, sentBytes: 1024 })
    expect(bed.sim.world.messages.live).toBe(1)
  })

  it('FACTS 1.3: system attributes do not count as size, and only AWSTraceHeader is known', () => {
    const bed = new Testbed({ queues: { orders: { MaximumMessageSize: 1024 } } })
    const MessageSystemAttributes = { AWSTraceHeader: text('Root=1-5759e988') }
    const answer = bed.call('SendMessage', {
      QueueUrl: 'orders',
      MessageBody: 'x'.repeat(1024),
      MessageSystemAttributes,
    })
    expect(answer.MD5OfMessageSystemAttributes).toMatch(/^[0-9a-f]{32}$/)
    const unknown = message({ MessageSystemAttributes: { Other: text('x') } })
    expect(bed.refusal('SendMessage', unknown).code).toBe('InvalidParameterValueException')
  })

  it('FACTS 17: exam mode keeps the limit of 262,144 bytes', () => {
    for (const [limits, most] of [
      ['today', 1_048_576],
      ['exam', 262_144],
    ] as const) {
      const bed = new Testbed({ queues: { orders: {} }, settings: { limits } })
      bed.send('orders', 'x'.repeat(most))
      const error = bed.refusal('SendMessage', message({ MessageBody: 'x'.repeat(most + 1) }))
      expect(error.message).toContain(`shorter than ${most} bytes`)
    }
  })

  it.each([-1, 901, 1.5, '5'])('FACTS 1.3: DelaySeconds %j is refused', (DelaySeconds) => {
    expect(bed().refusal('SendMessage', message({ DelaySeconds }))).toEqual(
      invalid(
        `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
      ),
    )
  })

  it('FACTS 1.3: a deduplication id is refused, a group id is allowed on standard queues', () => {
    const b = bed()
    expect(b.refusal('SendMessage', message({ MessageDeduplicationId: 'd' })).message).toBe(
      'Value d for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.',
    )
    b.send('orders', 'a', { MessageGroupId: 'tenant-1' })
    expect(b.receive('orders')[0].Attributes?.MessageGroupId).toBe('tenant-1')
    expect(b.refusal('SendMessage', message({ MessageGroupId: 'a b' })).message).toContain(
      'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    )
  })

  it('FACTS 1.2: an unknown queue, and no queue at all', () => {
    expect(bed().refusal('SendMessage', { QueueUrl: 'nope', MessageBody: 'a' })).toEqual({
      code: 'QueueDoesNotExist',
      legacyCode: 'AWS.SimpleQueueService.NonExistentQueue',
      status: 400,
      message: 'The specified queue does not exist.',
    })
    expect(bed().refusal('SendMessage', { MessageBody: 'a' }).code).toBe('QueueDoesNotExist')
  })
})

describe('message attributes', () => {
  const refused: [string, Record<string, unknown>, string][] = [
    ['empty value', { a: text('') }, "must contain a non-empty value of type 'String'"],
    ['no type', { a: { StringValue: 'x' } }, 'non-empty attribute type'],
    [
      'unknown type',
      { a: { DataType: 'Date', StringValue: 'x' } },
      'invalid message attribute type',
    ],
    ['reserved name', { 'aws.x': text('x') }, "beginning with 'AWS.'"],
    ['reserved name in any case', { 'AMAZON.x': text('x') }, "beginning with 'AWS.'"],
    ['name with a space', { 'a b': text('x') }, 'must only contain'],
    ['leading dot', { '.a': text('x') }, 'must only contain'],
    ['double dot', { 'a..b': text('x') }, 'must only contain'],
    ['long name', { ['a'.repeat(257)]: text('x') }, 'shorter than 256'],
    ['not a number', { a: { DataType: 'Number', StringValue: 'x' } }, "Can't cast"],
    ['39 digits', { a: { DataType: 'Number', StringValue: '1'.repeat(39) } }, 'in range'],
    ['too large', { a: { DataType: 'Number', StringValue: '1e127' } }, 'in range'],
    ['too small', { a: { DataType: 'Number', StringValue: '1e-129' } }, 'in range'],
    ['not base64', { a: { DataType: 'Binary', BinaryValue: '*' } }, 'not base64'],
  ]
  it.each(refused)('FACTS 1.3: %s is refused', (_, MessageAttributes, words) => {
    const error = bed().refusal('SendMessage', message({ MessageAttributes }))
    expect(error.code).toBe('InvalidParameterValueException')
    expect(error.message).toContain(words)
  })

  it('FACTS 1.3: at most ten', () => {
    const of = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, text('x')]))
    const b = bed()
    b.send('orders', 'ten', { MessageAttributes: of(10) })
    expect(b.refusal('SendMessage', message({ MessageAttributes: of(11) })).message).toBe(
      'Number of message attributes [11] exceeds the allowed maximum [10].',
    )
  })

  it('FACTS 1.3: custom labels, 38 digits, and both ends of a number’s range are fine', () => {
    const MessageAttributes = {
      'a.b-c_D': { DataType: 'String.json', StringValue: '{}' },
      most: { DataType: 'Number', StringValue: '9e126' },
      least: { DataType: 'Number.float', StringValue: '-0.1e-127' },
      digits: { DataType: 'Number', StringValue: `000${'1'.repeat(38)}000` },
    }
    const b = bed()
    b.send('orders', 'a', { MessageAttributes })
    expect(b.receive('orders')[0].MessageAttributes).toEqual(MessageAttributes)
  })
})

describe('SendMessageBatch', () => {
  const batch = (entries: readonly Record<string, unknown>[]) => ({
    QueueUrl: 'orders',
    Entries: entries,
  })
  const entry = (Id: string, more: Record<string, unknown> = {}) => ({
    Id,
    MessageBody: Id,
    ...more,
  })

  it('FACTS 1.3: entries succeed and fail by themselves', () => {
    const b = new Testbed({ queues: { orders: { MaximumMessageSize: 1024 } } })
    const answer = b.call(
      'SendMessageBatch',
      batch([
        entry('good'),
        entry('long', { MessageBody: 'x'.repeat(1025) }),
        entry('bad', { MessageBody: '\u0001' }),
        entry('late', { DelaySeconds: 3 }),
      ]),
    )
    expect(answer).toEqual({
      Successful: [
        { Id: 'good', MessageId: expect.any(String), MD5OfMessageBody: md5Hex('good') },
        { Id: 'late', MessageId: expect.any(String), MD5OfMessageBody: md5Hex('late') },
      ],
      Failed: [
        {
          Id: 'long',
          SenderFault: true,
          Code: 'InvalidParameterValue',
          Message:
            'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
        },
        {
          Id: 'bad',
          SenderFault: true,
          Code: 'InvalidMessageContents',
          Message: expect.any(String),
        },
      ],
    })
    expect(b.counts('orders')).toEqual([1, 0, 1])
    expect(b.sim.world.messages.live).toBe(2)
  })

  it('FACTS 1.3: a waiting poll gets several messages of one batch', () => {
    const b = bed()
    const ticket = b.sim.callFromOutside('sqs', 'ReceiveMessage', {
      QueueUrl: 'orders',
      WaitTimeSeconds: 20,
      MaxNumberOfMessages: 10,
    })
    b.call('SendMessageBatch', batch([entry('a'), entry('b'), entry('c')]))
    expect((ticket.output as { Messages: unknown[] }).Messages).toHaveLength(3)
  })

  const refused: [string, readonly Record<string, unknown>[], string, string][] = [
    [
      'none',
      [],
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    ],
    [
      'eleven',
      Array.from({ length: 11 }, (_, n) => entry(`e${n}`)),
      'TooManyEntriesInBatchRequest',
      'Maximum number of entries per request are 10. You have sent 11.',
    ],
    ['the same id twice', [entry('a'), entry('a')], 'BatchEntryIdsNotDistinct', 'Id a repeated.'],
    [
      'an id with a space',
      [entry('a b')],
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    ],
    [
      'more than a mebibyte together',
      [
        entry('a', { MessageBody: 'x'.repeat(600_000) }),
        entry('b', { MessageBody: 'x'.repeat(448_577) }),
      ],
      'BatchRequestTooLong',
      'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
    ],
  ]
  it.each(refused)('FACTS 1.2: %s', (_, entries, code, words) => {
    const b = bed()
    expect(b.refusal('SendMessageBatch', batch(entries))).toEqual({
      code,
      legacyCode: `AWS.SimpleQueueService.${code}`,
      status: 400,
      message: words,
    })
    expect(b.sim.world.messages.live).toBe(0)
  })
})
