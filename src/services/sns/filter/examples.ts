/** Filter policies to begin with, one for each way to compare (FACTS 4.4). */
import type { FilterScope } from './policy.ts'

export interface Example {
  readonly label: string
  readonly scope: FilterScope
  readonly policy: unknown
}

const inAttributes = (label: string, policy: unknown): Example => ({
  label,
  scope: 'MessageAttributes',
  policy,
})

export const EXAMPLES: readonly Example[] = [
  inAttributes('anything-but', { type: [{ 'anything-but': ['refund', 'test'] }] }),
  inAttributes('prefix', { type: [{ prefix: 'order-' }] }),
  inAttributes('suffix', { file: [{ suffix: '.png' }] }),
  inAttributes('equals-ignore-case', { type: [{ 'equals-ignore-case': 'order' }] }),
  inAttributes('wildcard', { file: [{ wildcard: 'image-*.png' }] }),
  inAttributes('numeric range', { amount: [{ numeric: ['>=', 100, '<', 500] }] }),
  inAttributes('cidr', { source: [{ cidr: '10.0.0.0/24' }] }),
  inAttributes('exists', { coupon: [{ exists: true }] }),
  inAttributes('$or', { $or: [{ type: ['refund'] }, { amount: [{ numeric: ['>', 400] }] }] }),
  {
    label: 'nested keys',
    scope: 'MessageBody',
    policy: { customer: { country: ['DE', 'FR'], age: [{ numeric: ['>=', 18] }] } },
  },
]
