/** What a policy makes of a message that somebody types in. */
import type { Content, MessageAttribute } from '../../../engine/messages.ts'
import { explain } from './explain.ts'
import { judge, matches, type Judged } from './match.ts'
import type { FilterPolicy } from './policy.ts'

export interface Trial {
  readonly passes: boolean
  /** In a sentence. */
  readonly because: string
  /** Null when the body is no JSON object, or an attribute cannot be read. */
  readonly alternatives: readonly (readonly Judged[])[] | null
}

const IS_ATTRIBUTE_TYPE = /^(String|Number|Binary)(\.|$)/

/**
 * Attributes as people write them: `{"type": "order", "price": 5, "tags": ["a"]}`, or as AWS has
 * them, with DataType and StringValue. Null when it is neither.
 */
export function readAttributes(text: string): Record<string, MessageAttribute> | null {
  if (text.trim() === '') return {}
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null
  const found = Object.entries(json).map(([name, value]) => [name, readAttribute(value)] as const)
  return found.some(([, attribute]) => !attribute)
    ? null
    : (Object.fromEntries(found) as Record<string, MessageAttribute>)
}

function readAttribute(value: unknown): MessageAttribute | null {
  if (typeof value === 'string') return { DataType: 'String', StringValue: value }
  if (typeof value === 'number') return { DataType: 'Number', StringValue: String(value) }
  if (Array.isArray(value)) return { DataType: 'String.Array', StringValue: JSON.stringify(value) }
  if (typeof value !== 'object' || value === null) return null
  const { DataType, StringValue } = value as Record<string, unknown>
  return typeof DataType === 'string' && IS_ATTRIBUTE_TYPE.test(DataType)
    ? { DataType, StringValue: typeof StringValue === 'string' ? StringValue : '' }
    : null
}

export function tryMessage(
  policy: FilterPolicy,
  body: string,
  attributes: Content['attributes'],
): Trial {
  const message = { content: { body, attributes } as Content }
  const verdict = matches(policy, message)
  return {
    passes: verdict.passes,
    because: explain(policy, message, verdict),
    alternatives: judge(policy, message),
  }
}
