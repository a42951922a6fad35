import { describe, expect, test } from 'vitest'
import { ARN, queueArn, testbed } from '../testbed.ts'

test('FACTS 3.1: a topic has at most 50 tags', () => {
  const bed = testbed()
  const { TopicArn } = bed.sns<{ TopicArn: string }>('CreateTopic', { Name: 'a' })
  const Tags = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' }))
  expect(bed.refusal('TagResource', { ResourceArn: TopicArn, Tags })).toMatch(/^TagLimitExceeded:/)
  expect(bed.refusal('TagResource', { ResourceArn: TopicArn, Tags: Tags.slice(1) })).toBe('')
})

test('FACTS 3.2: SMS attributes are known ones, and the type one of two', () => {
  const bed = testbed()
  const refusal = (attributes: unknown) => bed.refusal('SetSMSAttributes', { attributes })
  expect(refusal({ Foo: 'x' })).toBe('InvalidParameter: Foo is not a valid attribute')
  expect(refusal({ DefaultSMSType: 'x' })).toBe('InvalidParameter: DefaultSMSType is invalid')
  expect(refusal({ DefaultSMSType: 'Transactional' })).toBe('')
  expect(bed.sns('GetSMSAttributes', {})).toEqual({
    attributes: { MonthlySpendLimit: '1', DefaultSMSType: 'Transactional' },
  })
})

test.each([
  ['', 'APNS', {}, ' Reason: cannot be empty'],
  ['a'.repeat(257), 'APNS', {}, `${'a'.repeat(257)} Reason: must be at most 256 characters long`],
  [
    'a b',
    'no',
    {},
    "a b Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'",
  ],
  ['a', 'no', {}, 'Platform Reason: no is not supported'],
  [
    'a',
    'APNS',
    { PlatformCredential: 'k' },
    'Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal',
  ],
  [
    'a',
    'APNS',
    { PlatformPrincipal: 'k' },
    'Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential',
  ],
])(
  'FACTS 3.2: platform application %j on %s with %j is refused',
  (Name, Platform, Attributes, why) => {
    expect(testbed().refusal('CreatePlatformApplication', { Name, Platform, Attributes })).toBe(
      `InvalidParameter: Invalid parameter: ${why}`,
    )
  },
)

test('FACTS 3.2: attributes of platform applications and devices are given, and known', () => {
  const bed = testbed()
  const application = { Name: 'a', Platform: 'GCM' }
  const none =
    "ValidationError: 1 validation error detected: Value null at 'attributes' failed to satisfy constraint: Member must not be null"
  expect(bed.refusal('CreatePlatformApplication', { ...application, Attributes: {} })).toBe(none)
  const { PlatformApplicationArn } = bed.sns<{ PlatformApplicationArn: string }>(
    'CreatePlatformApplication',
    { ...application, Attributes: { PlatformCredential: 'k' } },
  )
  const device = (Attributes: object) =>
    bed.refusal('CreatePlatformEndpoint', { PlatformApplicationArn, Token: 't', Attributes })
  expect(device({ Foo: 'x' })).toBe(
    'InvalidParameter: Invalid parameter: Attributes Reason: Invalid attribute name: Foo',
  )
  expect(device({ CustomUserData: 'x'.repeat(2_049) })).toMatch(
    /Invalid value for attribute: CustomUserData: must be at most 2048 bytes long in UTF-8 encoding$/,
  )
  const { EndpointArn } = bed.sns('CreatePlatformEndpoint', { PlatformApplicationArn, Token: 't' })
  expect(bed.refusal('SetEndpointAttributes', { EndpointArn, Attributes: {} })).toBe(none)
})

describe('FACTS 3.2: platform applications and devices as recorded', () => {
  const application = (name: string) => `${ARN}:app/ADM/${name}`

  test.each([
    [
      'no ARN',
      'a',
      {},
      /PlatformApplicationArn Reason: An ARN must have at least 6 elements, not 1$/,
    ],
    ['no attributes', application('none'), {}, /^ValidationError: .* null at 'attributes'/],
    ['nothing', application('none'), { Enabled: 'true' }, /^NotFound: PlatformApplication does/],
  ])('%s is refused in this order', (_what, PlatformApplicationArn, Attributes, expected) => {
    const input = { PlatformApplicationArn, Attributes }
    expect(testbed().refusal('SetPlatformApplicationAttributes', input)).toMatch(expected)
  })

  test('a device’s ARN has three slashes', () => {
    const bed = testbed()
    const refusal = (EndpointArn: string) => bed.refusal('GetEndpointAttributes', { EndpointArn })
    expect(refusal(`${ARN}:endpoint/ADM/a`)).toBe(
      'InvalidParameter: Invalid parameter: EndpointArn Reason: Wrong number of slashes in relative portion of the ARN.',
    )
    expect(refusal(`${ARN}:endpoint/ADM/a/b`)).toBe('NotFound: Endpoint does not exist')
  })

  test('a device’s own data among its attributes win', () => {
    const bed = testbed()
    const Attributes = { PlatformPrincipal: 'p', PlatformCredential: 'c' }
    const { PlatformApplicationArn } = bed.sns('CreatePlatformApplication', {
      Name: 'a',
      Platform: 'ADM',
      Attributes,
    })
    const { EndpointArn } = bed.sns('CreatePlatformEndpoint', {
      PlatformApplicationArn,
      Token: 't',
      CustomUserData: 'bar',
      Attributes: { CustomUserData: 'foo' },
    })
    expect(bed.sns('GetEndpointAttributes', { EndpointArn })).toEqual({
      Attributes: { CustomUserData: 'foo', Enabled: 'true', Token: 't' },
    })
  })

  test('a device needs no default message, a phone does', () => {
    const bed = testbed()
    const { PlatformApplicationArn } = bed.sns('CreatePlatformApplication', {
      Name: 'a',
      Platform: 'GCM',
      Attributes: { PlatformCredential: 'k' },
    })
    const { EndpointArn } = bed.sns('CreatePlatformEndpoint', {
      PlatformApplicationArn,
      Token: 't',
    })
    const message = { Message: '{"GCM": "{}"}', MessageStructure: 'json' }
    expect(bed.refusal('Publish', { ...message, TargetArn: EndpointArn })).toBe('')
    expect(bed.refusal('Publish', { ...message, PhoneNumber: '+15005550006' })).toMatch(
      /No default entry in JSON message body$/,
    )
  })
})

test('FACTS 3.2: only a phone number can be opted out', () => {
  const bed = testbed()
  const refusal = (phoneNumber: string) =>
    bed.refusal('CheckIfPhoneNumberIsOptedOut', { phoneNumber })
  expect(refusal('x')).toMatch(/^InvalidParameter: Invalid parameter: PhoneNumber/)
  expect(refusal('+15005550006')).toBe('')
})

describe('FACTS 3.2: attributes that AWS refuses', () => {
  const TOPIC = `${ARN}:a`

  function bedWithTopics() {
    const bed = testbed()
    bed.sns('CreateTopic', { Name: 'a' })
    bed.sns('CreateTopic', { Name: 'f.fifo', Attributes: { FifoTopic: 'true' } })
    return bed
  }

  test.each([
    ['a', 'x', /TracingConfig: Invalid value \[x\]/],
    ['f.fifo', 'Active', /only supported for standard topics/],
    ['a', 'Active', /^$/],
  ])('tracing of %s set to %s', (name, AttributeValue, expected) => {
    const TopicArn = `${ARN}:${name}`
    const input = { TopicArn, AttributeName: 'TracingConfig', AttributeValue }
    expect(bedWithTopics().refusal('SetTopicAttributes', input)).toMatch(expected)
  })

  test.each([
    ['{no json', 'InvalidParameter: Invalid parameter: Policy Error: null'],
    [
      '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sns:*"}}',
      'InvalidParameter: Invalid parameter: Policy statement action out of service scope!',
    ],
    ['{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sns:publish"}}', ''],
  ])('the policy %s', (AttributeValue, expected) => {
    const input = { TopicArn: TOPIC, AttributeName: 'Policy', AttributeValue }
    expect(bedWithTopics().refusal('SetTopicAttributes', input)).toBe(expected)
  })

  test('a tag key that begins with aws: is AWS’s own', () => {
    const bed = bedWithTopics()
    const Tags = [{ Key: 'aws:owner', Value: '' }]
    const expected = /^InvalidParameter: .*aws: prefixed/
    expect(bed.refusal('TagResource', { ResourceArn: TOPIC, Tags })).toMatch(expected)
    expect(bed.refusal('CreateTopic', { Name: 'b', Tags })).toMatch(expected)
  })

  test('a subscription’s role is an IAM role, and only Firehose has one', () => {
    const bed = bedWithTopics()
    const firehose = 'arn:aws:firehose:us-east-1:000000000000:deliverystream/d'
    const refusal = (Protocol: string, Endpoint: string, SubscriptionRoleArn: string) => {
      const Attributes = { SubscriptionRoleArn }
      return bed.refusal('Subscribe', { TopicArn: TOPIC, Protocol, Endpoint, Attributes })
    }
    const role = 'arn:aws:iam::000000000000:role/deliver'
    expect(refusal('firehose', firehose, 'x')).toBe(
      'InvalidParameter: Invalid parameter: Attributes Reason: SubscriptionRoleArn is not a valid role to be assumed by SNS',
    )
    expect(refusal('sqs', queueArn('q'), role)).toMatch(/only supported for Firehose/)
    expect(refusal('firehose', firehose, role)).toBe('')
  })

  test('a message goes to one of topic, device and phone', () => {
    const bed = bedWithTopics()
    const PhoneNumber = '+15005550006'
    expect(bed.refusal('Publish', { TopicArn: TOPIC, PhoneNumber, Message: 'x' })).toMatch(
      /^InvalidParameter: Invalid parameter: TopicArn Reason: only one of/,
    )
    expect(bed.refusal('Publish', { PhoneNumber, Message: 'x' })).toBe('')
  })

  test('the same permission again is fine, another of its label is not; one statement stays', () => {
    const bed = bedWithTopics()
    const add = (action: string) =>
      bed.refusal('AddPermission', {
        TopicArn: TOPIC,
        Label: 'partner',
        AWSAccountId: ['111122223333'],
        ActionName: [action],
      })
    const remove = (Label: string) => bed.refusal('RemovePermission', { TopicArn: TOPIC, Label })
    expect([add('Publish'), add('Publish')]).toEqual(['', ''])
    expect(add('Subscribe')).toBe('InvalidParameter: Invalid parameter: Statement already exists')
    expect([remove('partner'), remove('partner')]).toEqual(['', ''])
    expect(remove('__default_statement_ID')).toBe(
      'InvalidParameter: Invalid parameter: __default_statement_ID Reason: Policy must include at least one statement',
    )
  })
})
