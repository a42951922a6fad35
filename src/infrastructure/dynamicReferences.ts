/**
 * CloudFormation fetches secrets and parameters of whoever deploys where a text says {{resolve:…}}, and has
 * no way to say that it is only a text. So a design from somebody else could carry them off.
 */
import type { Value } from '../services/cloudFormation.ts'

const BEGINS = '{{resolve:'
/** Another text, but one that is left alone. */
const BROKEN = '{{ resolve:'

export function hasDynamicReference(value: Value | undefined): boolean {
  if (typeof value === 'string') return value.includes(BEGINS)
  if (typeof value !== 'object') return false
  return Object.entries(value).some(
    ([key, each]) => key.includes(BEGINS) || hasDynamicReference(each),
  )
}

export function withoutDynamicReferences(value: Value): Value {
  if (typeof value === 'string') return value.replaceAll(BEGINS, BROKEN)
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(withoutDynamicReferences)
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key.replaceAll(BEGINS, BROKEN),
      withoutDynamicReferences(each),
    ]),
  )
}
