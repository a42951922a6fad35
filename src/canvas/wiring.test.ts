import { describe, expect, it } from 'vitest'
import { shop } from './fixtures.ts'
import { roleOfWire, wireVerdict } from './wiring.ts'

const reasonFor = (from: string, to: string): string => {
  const verdict = wireVerdict(shop, from, to)
  return verdict.ok ? `allowed: ${verdict.role}` : verdict.reason
}

describe('a new wire', () => {
  it('is allowed where the kinds allow it and nothing is drawn yet', () => {
    expect(reasonFor('checkout', 'results')).toBe('allowed: send')
    expect(reasonFor('results', 'workers')).toBe('allowed: poll')
    expect(reasonFor('results', 'failed')).toBe('allowed: redrive')
  })

  it('is refused twice between the same parts', () => {
    expect(reasonFor('checkout', 'orders')).toMatch(/connected already/)
  })

  it('is refused when as many of its role leave as may: one dead-letter queue (FACTS 2.5)', () => {
    expect(reasonFor('orders', 'results')).toMatch(/redrive wire already/)
  })

  it('is refused to parts that are gone or of unknown kind', () => {
    expect(reasonFor('orders', 'nowhere')).toMatch(/no longer there/)
    expect(reasonFor('orders', 'clicks')).toMatch(/does not know/)
  })
})

describe('roles', () => {
  it('follow from the two parts; none where one is unknown', () => {
    expect(roleOfWire(shop, 'orders', 'failed')).toBe('redrive')
    expect(roleOfWire(shop, 'checkout', 'clicks')).toBe('')
  })
})
