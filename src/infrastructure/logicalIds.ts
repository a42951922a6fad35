/** Logical ids: letters and digits, unique in a template, the same for the same design. */

/** CloudFormation allows 255; parts' ids leave room for what is made of two of them. */
const MOST_CHARS = 255
const MOST_PART_CHARS = 60

/** "orders-dlq" becomes "OrdersDlq"; a name without Latin letters or digits becomes `otherwise`. */
export function idFrom(name: string, otherwise: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? []
  const id = words.map((word) => word[0].toUpperCase() + word.slice(1)).join('')
  return id.slice(0, MOST_PART_CHARS) || otherwise
}

export class LogicalIds {
  readonly #taken = new Set<string>()

  /** The wanted id, or with the first number from 2 on that is free. */
  take(wanted: string): string {
    const base = wanted.slice(0, MOST_CHARS - 5)
    let id = base
    for (let number = 2; this.#taken.has(id); number++) id = base + number
    this.#taken.add(id)
    return id
  }
}
