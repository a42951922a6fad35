import { describe, expect, test } from 'vitest'
import type { Caller } from '../engine/behaviour.ts'
import { conditionsHold } from './conditions.ts'

const user: Caller = {
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/eva',
  address: '203.0.113.10',
}
const topic: Caller = {
  account: '000000000000',
  arn: 'arn:aws:sns:us-east-1:000000000000:team:events',
  service: 'sns.amazonaws.com',
}
/** 2026-01-01T00:00:00Z */
const atMs = 1_767_225_600_000

describe('FACTS 2.10: conditions', () => {
  test.each<[unknown, Caller, boolean]>([
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, user, true],
    [{ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.10'] } }, user, true],
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.16/28' } }, user, false],
    [{ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, user, false],
    [{ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, user, true],
    [{ IpAddress: { 'aws:SourceIp': 'no address' } }, user, false],
    [{ DateGreaterThan: { 'aws:CurrentTime': '2025-12-31T23:59:59Z' } }, user, true],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-01-01' } }, user, false],
    [{ DateLessThanEquals: { 'aws:EpochTime': '1767225600' } }, user, true],
    [{ NumericLessThan: { 'aws:EpochTime': '1767225601' } }, user, true],
    [{ NumericGreaterThanEquals: { 'aws:EpochTime': '1767225601' } }, user, false],
    [{ NumericNotEquals: { 'aws:EpochTime': '1' } }, user, true],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, user, false],
    [{ Bool: { 'aws:PrincipalIsAWSService': 'true' } }, topic, true],
    [{ StringLike: { 'aws:username': 'e?a' } }, user, true],
    [{ StringNotLike: { 'aws:username': 'e*' } }, user, false],
    [{ StringLike: { 'aws:username': 'eve' } }, user, false],
    [{ StringEqualsIgnoreCase: { 'AWS:USERNAME': 'EVA' } }, user, true],
    // The resource may have colons; a star stays within its part.
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:team:*' } }, topic, true],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:*:events' } }, topic, false],
    [{ ArnLike: { 'aws:SourceArn': 'arn:*:000000000000:team:events' } }, topic, false],
    [{ ArnNotLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:team:*' } }, topic, false],
    [{ Null: { 'aws:SourceArn': 'true' } }, user, true],
    [{ Null: { 'aws:SourceArn': 'false' } }, topic, true],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }, user, true],
    [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } }, user, false],
    [{ 'ForAnyValue:StringLike': { 'aws:PrincipalArn': '*/eva' } }, user, true],
    [{ 'ForAllValues:StringEqualsIfExists': { 'aws:username': 'bob' } }, user, false],
    [{ NumericLessThanIfExists: { 'aws:MultiFactorAuthAge': '3600' } }, user, true],
    [{ NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }, user, false],
    [{ Unheard: { 'aws:username': 'eva' } }, user, false],
  ])('%j', (condition, caller, expected) => {
    expect(conditionsHold(condition, { caller, atMs })).toBe(expected)
  })

  test('all operators and all keys must hold', () => {
    const both = (name: string) => ({
      StringEquals: { 'aws:username': 'eva', 'aws:PrincipalAccount': name },
    })
    expect(conditionsHold(both('111122223333'), { caller: user, atMs })).toBe(true)
    expect(conditionsHold(both('1'), { caller: user, atMs })).toBe(false)
  })
})
