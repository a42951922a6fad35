/**
 * The Query protocol's answers as JSON, for requests that accept application/json (FACTS 1.1). Members
 * that are not there are null, and a map is a list of its entries, as flat elements are in XML.
 */
import type { Shape, Structure } from '../../../services/api.ts'
import { isAddress, isObject, withOrigin } from './protocol.ts'
import { PLAIN_ENTRY } from './xml.ts'

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** @param renamed members that have another name here */
export function jsonMembers(
  output: Readonly<Record<string, unknown>>,
  { members }: Structure,
  origin: string,
  renamed: Readonly<Record<string, string>> = {},
): Json {
  return Object.fromEntries(
    Object.entries(members).map(([name, shape]) => [
      renamed[name] ?? name,
      jsonValue(output[name], shape, origin),
    ]),
  )
}

function jsonValue(value: unknown, shape: Shape, origin: string): Json {
  if (value === undefined || value === null) return null
  switch (shape.type) {
    case 'list':
      return Array.isArray(value) ? value.map((one) => jsonValue(one, shape.of, origin)) : null
    case 'map': {
      if (!isObject(value)) return null
      const [key, valueName] = shape.entry ?? PLAIN_ENTRY
      return Object.entries(value).map(([name, of]) => ({
        [key]: name,
        [valueName]: jsonValue(of, shape.of, origin),
      }))
    }
    case 'structure':
      return isObject(value) ? jsonMembers(value, shape, origin) : null
    case 'integer':
    case 'number':
    case 'timestamp':
      return Number(value)
    case 'boolean':
      return value === true
    default:
      return isAddress(shape) ? withOrigin(String(value), origin) : String(value)
  }
}
