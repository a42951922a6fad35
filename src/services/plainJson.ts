/** JSON of people's own, in a CloudFormation template. */
import type { Value } from './cloudFormation.ts'

/** JSON from people as a value; null where CloudFormation would read it otherwise: functions, nulls. */
export function plainJson(json: unknown): Value | null {
  return isPlain(json) ? json : null
}

function isPlain(json: unknown): json is Value {
  if (typeof json === 'number') return Number.isFinite(json)
  if (typeof json !== 'object') return json !== undefined
  if (json === null) return false
  if (Array.isArray(json)) return json.every(isPlain)
  return Object.entries(json).every(
    ([key, value]) => key !== 'Ref' && !key.startsWith('Fn::') && isPlain(value),
  )
}
