import { describe, expect, test } from 'vitest'
import { US_PER_S } from '../../base/units.ts'
import { retryDelayUs, retryPolicyFor } from './retry.ts'

/** Seconds before each retry. */
function delays(protocol: string, own = {}): number[] {
  const policy = retryPolicyFor(protocol, own)
  const all: number[] = []
  for (let retry = 1; all.length < 200_000; retry++) {
    const us = retryDelayUs(policy, retry)
    if (us === null) return all
    all.push(us / US_PER_S)
  }
  return all
}

describe('FACTS 4.2: phases of retries', () => {
  test('FACTS 4.2: queues: 3 at once, 2 after 1 s, 10 from 1 to 20 s, 100,000 every 20 s: 23 days', () => {
    const all = delays('sqs')
    expect(all).toHaveLength(100_015)
    expect(all.slice(0, 5)).toEqual([0, 0, 0, 1, 1])
    expect(all.slice(5, 15)).toEqual([1, 2, 4, 8, 16, 20, 20, 20, 20, 20])
    expect(new Set(all.slice(15))).toEqual(new Set([20]))
    expect(all.reduce((sum, s) => sum + s, 0) / 86_400).toBeCloseTo(23, 0)
  })

  test('FACTS 4.2: e-mail, SMS and push: 50 over 6 hours', () => {
    const all = delays('email')
    expect(all).toHaveLength(50)
    expect(all.slice(0, 2)).toEqual([10, 10])
    expect(all.at(-1)).toBe(600)
    expect(all.reduce((sum, s) => sum + s, 0) / 3600).toBeGreaterThan(6)
    expect(all.reduce((sum, s) => sum + s, 0) / 3600).toBeLessThan(8)
  })

  test('FACTS 4.2: web servers: 3, each after 20 s, unless a delivery policy says otherwise', () => {
    expect(delays('http')).toEqual([20, 20, 20])
    const own = {
      numRetries: 7,
      numNoDelayRetries: 1,
      numMinDelayRetries: 1,
      numMaxDelayRetries: 2,
      minDelayTarget: 5,
      maxDelayTarget: 35,
    }
    expect(delays('https', own)).toEqual([0, 5, 5, 20, 35, 35, 35])
    expect(delays('sqs', own)).toHaveLength(100_015)
  })
})
