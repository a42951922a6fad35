/** Costs in words. */
import { describe, expect, it } from 'vitest'
import { PRICES } from '../../services/prices.ts'
import type { Charge, Costs, Price } from '../../worker/protocol.ts'
import { namesByKind, priceNote, pricesNote, priceText, quantityText } from './words.ts'

const charge = (quantity: number, price: Price): Charge => ({
  item: 'an item',
  quantity,
  price,
  because: '',
})

describe('costs in words', () => {
  it.each([
    [1286, PRICES.sqsStandard, '1\u00a0286 requests', '0.40 / million requests'],
    [1, PRICES.sqsStandard, '1 request', '0.40 / million requests'],
    [0.041666, PRICES.shardHour, '0.0417 shard-hours', '0.015 / shard-hour'],
    [3, PRICES.snsMail, '3 notifications', '2.00 / 100\u00a0000 notifications'],
    [0, PRICES.lambdaDuration, '0 GB-seconds', '0.0000166667 / GB-second'],
    [1.5 / 1024, PRICES.fanOut, '1.5 MiB', '0.013 / GB'],
  ])('%d at %o', (quantity, price, quantityIs, priceIs) => {
    expect(quantityText(charge(quantity, price))).toBe(quantityIs)
    expect(priceText(price)).toBe(priceIs)
  })

  it('a price says of when it is, or that nothing confirms it', () => {
    expect(priceNote(PRICES.putUnit)).toBe('The price is of May 2026.')
    expect(priceNote(PRICES.streamHour)).toBe('The price is not verified.')
  })

  it('the bill says of when its prices are, and warns of those that are not verified', () => {
    const costs = (...prices: readonly Price[]): Costs => {
      const free = { usd: 0, monthUsd: 0 }
      const charges = prices.map((price) => ({ ...charge(1, price), ...free }))
      const part = { node: 0, id: 'a', name: 'a', kind: 'sqs', removed: false, charges, ...free }
      return { elapsedUs: 1, parts: [part], notCounted: [], ...free }
    }
    expect(pricesNote(costs(PRICES.sqsFair, PRICES.sqsStandard))).toMatch(
      /^List prices in us-east-1, March 2026 to June 2026: .*may have changed\.$/,
    )
    expect(pricesNote(costs(PRICES.sqsFifo))).toContain('us-east-1, June 2026:')
    expect(pricesNote(costs(PRICES.alarm))).toMatch(/^List prices in us-east-1: .*unverified/)
  })

  it('names stand by what they are', () => {
    const kinds: Record<string, string> = { a: 'Producer', b: 'S3 bucket', c: 'Producer' }
    expect(namesByKind(['a', 'b', 'c'], (name) => kinds[name])).toBe(
      'a, c (Producer); b (S3 bucket)',
    )
  })
})
