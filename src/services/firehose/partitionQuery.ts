/**
 * Partition keys of dynamic partitioning (FACTS 8): a query in JQ that makes an object of fields of the
 * record, `{customer: .customer_id, region: .address.region}`. Nothing else of JQ is known.
 */

export interface PartitionKey {
  readonly name: string
  /** Names of the fields on the way to its value. */
  readonly path: readonly string[]
}

const QUERY = /^\s*\{(.*)\}\s*$/s
const KEY = /^\s*([A-Za-z_]\w*)\s*:\s*((?:\.[A-Za-z_]\w*)+)\s*$/
const MAX_KEYS = 50

/** Null when it is no such query. */
export function partitionKeysIn(query: string): readonly PartitionKey[] | null {
  const inside = QUERY.exec(query)?.[1]
  const found = inside?.split(',').map((part) => KEY.exec(part)) ?? []
  if (found.length === 0 || found.length > MAX_KEYS || found.includes(null)) return null
  return found.map((key) => ({ name: key![1], path: key![2].slice(1).split('.') }))
}

export const queryProblem = (query: string): string | null =>
  query.trim() === '' || partitionKeysIn(query)
    ? null
    : 'A JQ query of names and paths: {customer: .customer_id, region: .address.region}.'

/** The keys' values in a record; null where one is missing, or no text, number or truth. */
export function partitionOf(
  record: Readonly<Record<string, unknown>>,
  keys: readonly PartitionKey[],
): Readonly<Record<string, string>> | null {
  const values: Record<string, string> = {}
  for (const { name, path } of keys) {
    let value: unknown = record
    for (const field of path) {
      const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, field)
      value = isObject ? (value as Record<string, unknown>)[field] : undefined
    }
    if (!['string', 'number', 'boolean'].includes(typeof value)) return null
    values[name] = String(value).slice(0, MAX_VALUE_LENGTH)
  }
  return values
}

const MAX_VALUE_LENGTH = 200
