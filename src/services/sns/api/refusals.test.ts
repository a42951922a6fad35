import { expect, test } from 'vitest'
import { testbed } from '../testbed.ts'

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
  expect(refusal({ Foo: 'x' })).toMatch(/^InvalidParameter: /)
  expect(refusal({ DefaultSMSType: 'x' })).toMatch(/^InvalidParameter: /)
  expect(refusal({ DefaultSMSType: 'Transactional' })).toBe('')
})

test('FACTS 3.2: only a phone number can be opted out', () => {
  const bed = testbed()
  const refusal = (phoneNumber: string) =>
    bed.refusal('CheckIfPhoneNumberIsOptedOut', { phoneNumber })
  expect(refusal('x')).toMatch(/^InvalidParameter: Invalid parameter: PhoneNumber/)
  expect(refusal('+15005550006')).toBe('')
})
