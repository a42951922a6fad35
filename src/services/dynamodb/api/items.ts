/** GetItem, PutItem, UpdateItem, DeleteItem, Scan. */
import type { Simulation } from '../../../engine/simulation.ts'
import type { Input } from '../../plainOperation.ts'
import { Refusal } from '../../refusal.ts'
import { readUnits, writeUnits } from '../capacity.ts'
import { required, validation } from '../errors.ts'
import { expressionsIn, type Condition } from '../expressions.ts'
import { count, keyIn, keyOfItem, keySchemaOf, tableOf } from '../table.ts'
import { attributeOf, checkItem, sizeOf, type AttributeValue, type Item } from '../values.ts'
import { itemOperation, type Access } from './access.ts'

const MOST_ITEM_BYTES = 400 * 1024
const MOST_SCAN_BYTES = 1024 * 1024
const NONE: Item = {}

/** The key that an operation names, checked. @throws Refusal */
function keyOf(sim: Simulation, node: number, { Key }: Input): { text: string; key: Item } {
  if (Key === undefined) throw new Refusal(required('key'))
  const key = checkItem(Key)
  return { text: keyIn(keySchemaOf(sim, node), key), key }
}

/** Only these attributes, or all. */
function projected(item: Item, names: readonly string[] | undefined): Item {
  if (!names) return item
  const kept: [string, AttributeValue][] = []
  for (const name of names) {
    const value = attributeOf(item, name)
    if (value) kept.push([name, value])
  }
  return Object.fromEntries(kept)
}

export const getItem = itemOperation('GetItem', (sim, node, input): Access => {
  const { text } = keyOf(sim, node, input)
  const { projection } = expressionsIn(input)
  const item = tableOf(sim, node).items.get(text)
  return {
    kind: 'read',
    units: readUnits(item ? sizeOf(item) : 0, input.ConsistentRead === true),
    holds: true,
    output: item ? { Item: projected(item, projection) } : {},
  }
})

/** What all writes have in common: the item as it was, the condition, what is told of it. */
function writing(
  sim: Simulation,
  node: number,
  input: Input,
  text: string,
  after: Item | null,
  condition: Condition | undefined,
  changed?: readonly string[],
): Access {
  const { items } = tableOf(sim, node)
  const before = items.get(text)
  const bytes = Math.max(before ? sizeOf(before) : 0, after ? sizeOf(after) : 0)
  if (bytes > MOST_ITEM_BYTES) {
    throw new Refusal(validation('Item size has exceeded the maximum allowed size'))
  }
  return {
    kind: 'write',
    units: writeUnits(bytes),
    holds: condition?.(before ?? NONE) ?? true,
    output: returned(input.ReturnValues, before, after, changed),
    apply() {
      if (after) {
        if (!before) count(sim, node, 'itemsAdded')
        items.set(text, Object.freeze(after))
      } else if (items.delete(text)) {
        count(sim, node, 'itemsDeleted')
      }
    },
  }
}

function returned(
  wanted: unknown,
  before: Item | undefined,
  after: Item | null,
  changed: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  const item = String(wanted ?? '').endsWith('_OLD') ? before : (after ?? undefined)
  if (wanted === undefined || wanted === 'NONE' || !item) return {}
  const Attributes = projected(item, String(wanted).startsWith('UPDATED') ? changed : undefined)
  return Object.keys(Attributes).length === 0 ? {} : { Attributes }
}

/** @throws Refusal for ReturnValues that this operation does not have */
function checkReturnValues({ ReturnValues }: Input): void {
  if (ReturnValues === undefined || ReturnValues === 'NONE' || ReturnValues === 'ALL_OLD') return
  throw new Refusal(validation('ReturnValues can only be ALL_OLD or NONE'))
}

export const putItem = itemOperation('PutItem', (sim, node, input) => {
  if (input.Item === undefined) throw new Refusal(required('item'))
  checkReturnValues(input)
  const item = checkItem(input.Item)
  const text = keyOfItem(keySchemaOf(sim, node), item)
  return writing(sim, node, input, text, item, expressionsIn(input).condition)
})

export const deleteItem = itemOperation('DeleteItem', (sim, node, input) => {
  checkReturnValues(input)
  const { text } = keyOf(sim, node, input)
  return writing(sim, node, input, text, null, expressionsIn(input).condition)
})

export const updateItem = itemOperation('UpdateItem', (sim, node, input) => {
  const { text, key } = keyOf(sim, node, input)
  const { condition, update } = expressionsIn(input)
  const { name } = keySchemaOf(sim, node)
  if (update?.names.includes(name)) {
    throw new Refusal(
      validation(
        `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
      ),
    )
  }
  const before = tableOf(sim, node).items.get(text) ?? key
  // Where the condition does not hold, the update need not be possible.
  const holds = condition?.(tableOf(sim, node).items.get(text) ?? NONE) ?? true
  const after = holds && update ? update.update(before) : before
  return writing(sim, node, input, text, after, condition, update?.names)
})

export const scan = itemOperation('Scan', (sim, node, input) => {
  const { filter, projection } = expressionsIn(input)
  const { items } = tableOf(sim, node)
  const limit = input.Limit === undefined ? Infinity : Number(input.Limit)
  if (limit < 1) {
    throw new Refusal(
      validation(
        `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
      ),
    )
  }
  const all = [...items]
  const schema = keySchemaOf(sim, node)
  const start =
    input.ExclusiveStartKey === undefined
      ? 0
      : all.findIndex(([key]) => key === keyIn(schema, checkItem(input.ExclusiveStartKey))) + 1
  let bytes = 0
  let end = start
  while (end < all.length && end - start < limit && bytes < MOST_SCAN_BYTES) {
    bytes += sizeOf(all[end++][1])
  }
  const seen = all.slice(start, end).map(([, item]) => item)
  const found = filter ? seen.filter(filter) : seen
  const last = seen.at(-1)
  return {
    kind: 'read',
    units: readUnits(bytes, input.ConsistentRead === true),
    holds: true,
    output: {
      ...(input.Select !== 'COUNT' && { Items: found.map((item) => projected(item, projection)) }),
      Count: found.length,
      ScannedCount: seen.length,
      ...(end < all.length && last && { LastEvaluatedKey: projected(last, [schema.name]) }),
    },
  }
})
