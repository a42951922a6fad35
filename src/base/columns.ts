/** Tables as columns of typed arrays: small, fast to copy, and plain data. */

export type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array

/** The same numbers in a column of at least `capacity` places; new places are zero. */
export function grown<C extends Column>(column: C, capacity: number): C {
  const bigger = new (column.constructor as new (n: number) => C)(capacity)
  bigger.set(column as never)
  return bigger
}

/** Grows every typed-array property of `table` to `capacity` places. */
export function growColumns(table: object, capacity: number): void {
  const columns = table as Record<string, unknown>
  for (const name of Object.keys(columns)) {
    const column = columns[name]
    if (ArrayBuffer.isView(column)) columns[name] = grown(column as Column, capacity)
  }
}
