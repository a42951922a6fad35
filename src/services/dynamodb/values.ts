/** Attribute values as DynamoDB's JSON has them: {"S": "a"}, {"N": "1"}, {"M": {...}}. */
import { Refusal } from '../refusal.ts'
import { validation } from './errors.ts'

/** One member, named by its type. Never changed. */
export type AttributeValue = Readonly<Record<string, unknown>>
/** By attribute name. Never changed: an update makes another. */
export type Item = Readonly<Record<string, AttributeValue>>

const TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS']
const DEPTH = 32

/** @throws Refusal for what is no attribute value */
export function checkValue(value: unknown, depth = 0): AttributeValue {
  const types = typeof value === 'object' && value !== null ? Object.keys(value) : []
  if (types.length !== 1 || !TYPES.includes(types[0])) {
    throw new Refusal(
      validation(
        types.length > 1
          ? 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes'
          : 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
      ),
    )
  }
  if (depth > DEPTH) {
    throw new Refusal(
      validation('Nesting Levels have exceeded supported limits: Attributes are nested too deep'),
    )
  }
  const given = value as AttributeValue
  if (given.N !== undefined && !isNumber(String(given.N))) {
    throw new Refusal(
      validation(
        'The parameter cannot be converted to a numeric value' +
          (given.N === '' ? '' : `: ${String(given.N)}`),
      ),
    )
  }
  for (const inner of Object.values((given.L ?? given.M ?? {}) as object)) {
    checkValue(inner, depth + 1)
  }
  return given
}

const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)

/** @throws Refusal */
export function checkItem(given: unknown): Item {
  const item = (given ?? {}) as Item
  for (const value of Object.values(item)) checkValue(value)
  return item
}

/** "S" of {"S": "a"}. */
export const typeOf = (value: AttributeValue): string => Object.keys(value)[0]

/** An item's own attribute: names come from outside, and objects have more than their own. */
export const attributeOf = (item: Item, name: string): AttributeValue | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined

/** Less than 0, 0 or more than 0; undefined where they cannot be compared. */
export function compare(a: AttributeValue, b: AttributeValue): number | undefined {
  const type = typeOf(a)
  if (type !== typeOf(b)) return undefined
  if (type === 'N') return Number(a.N) - Number(b.N)
  if (type !== 'S' && type !== 'B') return undefined
  const [left, right] = [String(a[type]), String(b[type])]
  return left < right ? -1 : left > right ? 1 : 0
}

export const isEqual = (a: AttributeValue, b: AttributeValue): boolean =>
  compare(a, b) === 0 || JSON.stringify(a) === JSON.stringify(b)

const encoder = new TextEncoder()
const bytesIn = (text: string): number => encoder.encode(text).length

/** Names and values in UTF-8; a number takes a byte for two digits, and one more. */
export function sizeOf(item: Item): number {
  let size = 0
  for (const [name, value] of Object.entries(item)) size += bytesIn(name) + valueSize(value)
  return size
}

function valueSize(value: AttributeValue): number {
  const type = typeOf(value)
  const inner = value[type]
  if (type === 'N') return Math.ceil(String(inner).length / 2) + 1
  if (type === 'BOOL' || type === 'NULL') return 1
  if (type === 'M') return 3 + sizeOf(inner as Item)
  if (type === 'L') {
    return (inner as AttributeValue[]).reduce((sum, each) => sum + 1 + valueSize(each), 3)
  }
  return bytesIn(typeof inner === 'string' ? inner : JSON.stringify(inner))
}

/** As people read it. */
export function textOf(value: AttributeValue | undefined): string {
  if (!value) return ''
  const inner = value[typeOf(value)]
  return typeof inner === 'string' ? inner : JSON.stringify(inner)
}
