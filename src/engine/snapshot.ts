/** A copy of the world. Immutable things (frozen objects) are shared, columns are cut to what is in use. */
import type { Column } from '../base/columns.ts'
import type { World } from './world.ts'

/** @param discarded a snapshot that nobody needs any more: the copy may take its memory */
export const snapshot = (world: World, discarded?: World): World =>
  weighedSnapshot(world, discarded).world

/** With about how many bytes the copy takes. */
export function weighedSnapshot(
  world: World,
  discarded?: World,
): { readonly world: World; readonly bytes: number } {
  const how = { bytes: 0, blank: anyShape }
  return { world: clone(world, how, discarded) as World, bytes: how.bytes }
}

/**
 * A copy of a snapshot, to run on from it as fast as a world does that was never copied: code is compiled
 * for the inner shape of the objects that it has seen, and on others it runs four times slower.
 */
export const revived = (saved: World): World =>
  clone(saved, { bytes: 0, blank: shapeOfLiteral }) as World

/** A field of an object or an item of a list, roughly. */
const BYTES_A_VALUE = 16

interface Copying {
  bytes: number
  /** Makes the object that the fields of this one are copied to. */
  blank: (value: object) => Record<string, unknown>
}

const anyShape = (): Record<string, unknown> => ({})

/** The shape that an object literal with the same fields has. To add many fields one by one gives another. */
const shapeOfLiteral = (value: object): Record<string, unknown> =>
  JSON.parse(`{${Object.keys(value).map(emptyField).join()}}`) as Record<string, unknown>

const emptyField = (key: string): string => `${JSON.stringify(key)}:0`

/** A list with more items than these: to shape each of them would take longer than it spares. */
const LONG = 100

/** @param old what stands at the same place in the discarded snapshot, if there is one */
function clone(value: unknown, how: Copying, old?: unknown): unknown {
  how.bytes += BYTES_A_VALUE
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (ArrayBuffer.isView(value)) return copyOf(value as Column, how, old)
  if (Array.isArray(value)) return cloneList(value, how, old)
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [key, clone(item, how)]))
  }
  if (value instanceof Set) {
    how.bytes += value.size * BYTES_A_VALUE
    return new Set(value)
  }
  if (isTable(value)) return cloneTable(value, how, old)
  const copy = how.blank(value)
  for (const key of Object.keys(value)) {
    copy[key] = clone((value as Record<string, unknown>)[key], how, at(old, key))
  }
  return copy
}

const at = (old: unknown, key: string | number): unknown =>
  typeof old === 'object' && old !== null ? (old as Record<string, unknown>)[key] : undefined

function cloneList(list: readonly unknown[], how: Copying, old: unknown): unknown[] {
  const { blank } = how
  if (list.length > LONG) how.blank = anyShape
  const copy = list.map((item, n) => clone(item, how, at(old, n)))
  how.blank = blank
  return copy
}

function copyOf(column: Column, how: Copying, old: unknown, length = column.length): Column {
  how.bytes += length * column.BYTES_PER_ELEMENT
  const copy = inMemoryOf(old, column, length)
  if (!copy) return column.slice(0, length)
  copy.set(column.subarray(0, length))
  return copy
}

/** A column like this one in the memory of a discarded one; null when that does not fit, or is much too large. */
function inMemoryOf(old: unknown, column: Column, length: number): Column | null {
  if (!ArrayBuffer.isView(old)) return null
  const there = old.buffer.byteLength
  const bytes = length * column.BYTES_PER_ELEMENT
  if (there < bytes || there > bytes * 2) return null
  const Kind = column.constructor as new (
    memory: ArrayBufferLike,
    from: number,
    n: number,
  ) => Column
  return new Kind(old.buffer, 0, length)
}

/** Messages and calls: rows below `top` are in use, a row's share of a column is always as long. */
interface Table {
  readonly top: number
  readonly heapPlace: Int32Array
}

const isTable = (value: object): value is Table => 'top' in value && 'heapPlace' in value

/** Rows that a copy has to grow into. */
const SPARE_ROWS = 16

/** How much of a column belongs to so many rows. */
const extent = (table: Table, column: Column, rows: number): number =>
  rows * Math.floor(column.length / table.heapPlace.length)

/** Only the rows in use, and a few to grow into. What messages say is immutable and shared. */
function cloneTable(table: Table, how: Copying, old: unknown): Table {
  const copy = how.blank(table)
  const rows = Math.min(table.heapPlace.length, table.top + SPARE_ROWS)
  for (const [key, value] of Object.entries(table)) {
    if (ArrayBuffer.isView(value)) {
      const column = value as Column
      copy[key] = copyOf(column, how, at(old, key), extent(table, column, rows))
    } else {
      copy[key] =
        key === 'literals' ? (value as unknown[]).slice() : clone(value, how, at(old, key))
    }
  }
  return copy as unknown as Table
}

/** A fingerprint of everything that decides the future: equal worlds have equal hashes. */
export function hashWorld(world: World): string {
  let high = 0x811c9dc5
  let low = 0x01000193
  const mix = (n: number): void => {
    high = Math.imul(high ^ (n >>> 0), 0x01000193)
    low = Math.imul(low ^ (n >>> 0) ^ (high >>> 15), 0x85ebca6b)
  }
  const scratch = new Float64Array(1)
  const words = new Uint32Array(scratch.buffer)
  const mixNumber = (n: number): void => {
    scratch[0] = n
    mix(words[0])
    mix(words[1])
  }
  const walk = (value: unknown): void => {
    if (typeof value === 'number') mixNumber(value)
    else if (typeof value === 'string')
      for (let i = 0; i < value.length; i++) mix(value.charCodeAt(i))
    else if (typeof value === 'boolean') mix(value ? 1 : 2)
    else if (typeof value !== 'object' || value === null) mix(3)
    else if (ArrayBuffer.isView(value)) for (const n of value as Float64Array) mixNumber(n)
    else if (Array.isArray(value)) value.forEach(walk)
    else if (value instanceof Map) walk([...value])
    else if (isTable(value)) walkTable(value)
    else for (const key of Object.keys(value)) walk((value as Record<string, unknown>)[key])
  }
  const walkTable = (table: Table): void => {
    for (const value of Object.values(table)) {
      if (ArrayBuffer.isView(value)) {
        const column = value as Column
        walk(column.subarray(0, extent(table, column, table.top)))
      } else {
        walk(value)
      }
    }
  }
  walk(world)
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0')
}
