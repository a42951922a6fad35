/** Payloads in units, and prices as FACTS 16 has them. */
import { describe, expect, it } from 'vitest'
import { PRICES, unitsOf } from './prices.ts'

describe('FACTS 16: prices', () => {
  it('a payload is billed for every unit begun, and at least once', () => {
    expect([0, 1, 64, 65, 128, 129].map((bytes) => unitsOf(bytes, 64))).toEqual([1, 1, 1, 2, 2, 3])
  })

  it('every price is of a month, or marked as unverified', () => {
    for (const { usd, per, asOf, unverified } of Object.values(PRICES)) {
      expect(usd).toBeGreaterThan(0)
      expect(per).toBeGreaterThanOrEqual(1)
      if (unverified) expect(asOf).toBeNull()
      else expect(asOf).toMatch(/^2026-0[3-6]$/)
    }
  })
})
