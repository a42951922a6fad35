/** A copy of the world. Immutable things (frozen objects) are shared, columns are cut to what is in use. */
import type { World } from './world.ts'

export const snapshot = (world: World): World => weighedSnapshot(world).world

/** With about how many bytes the copy takes. */
export function weighedSnapshot(world: World): { readonly world: World; readonly bytes: number } {
  const tally = { bytes: 0 }
  return { world: clone(world, tally) as World, bytes: tally.bytes }
}

/** A field of an object or an item of a list, roughly. */
const BYTES_A_VALUE = 16

interface Tally {
  bytes: number
}

function clone(value: unknown, tally: Tally): unknown {
  tally.bytes += BYTES_A_VALUE
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (ArrayBuffer.isView(value)) return copyOf(value as Float64Array, tally)
  if (Array.isArray(value)) return value.map((item) => clone(item, tally))
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [key, clone(item, tally)]))
  }
  if (value instanceof Set) {
    tally.bytes += value.size * BYTES_A_VALUE
    return new Set(value)
  }
  if (isTable(value)) return cloneTable(value, tally)
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    copy[key] = clone((value as Record<string, unknown>)[key], tally)
  }
  return copy
}

function copyOf(column: Float64Array, tally: Tally, length = column.length): Float64Array {
  const copy = column.slice(0, length)
  tally.bytes += copy.byteLength
  return copy
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
const extent = (table: Table, column: Float64Array, rows: number): number =>
  rows * Math.floor(column.length / table.heapPlace.length)

/** Only the rows in use, and a few to grow into. What messages say is immutable and shared. */
function cloneTable(table: Table, tally: Tally): Table {
  const copy: Record<string, unknown> = {}
  const rows = Math.min(table.heapPlace.length, table.top + SPARE_ROWS)
  for (const [key, value] of Object.entries(table)) {
    if (ArrayBuffer.isView(value)) {
      const column = value as Float64Array
      copy[key] = copyOf(column, tally, extent(table, column, rows))
    } else {
      copy[key] = key === 'literals' ? new Map(value as Map<number, unknown>) : clone(value, tally)
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
        const column = value as Float64Array
        walk(column.subarray(0, extent(table, column, table.top)))
      } else {
        walk(value)
      }
    }
  }
  walk(world)
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0')
}
