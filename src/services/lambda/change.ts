/** How a function changes the words of records that it transforms (FACTS 8): fields go, and fields come. */
import { jsonObject } from '../../base/json.ts'
import type { Content } from '../../engine/messages.ts'

/** Plain data, never changed. */
export interface Change {
  readonly removed: readonly string[]
  readonly added: Readonly<Record<string, unknown>>
}

/** What the settings ask for; null when words stay as they are. */
export function changeIn({
  removeFields,
  addFields,
}: Readonly<Record<string, unknown>>): Change | null {
  const removed = String(removeFields ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const added = jsonObject(String(addFields ?? '')) ?? {}
  if (removed.length === 0 && Object.keys(added).length === 0) return null
  return Object.freeze({ removed: Object.freeze(removed), added: Object.freeze(added) })
}

export const isSameChange = (a: Change | null, b: Change | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

/** Null when the body is no JSON object. */
export function changed(content: Content, { removed, added }: Change): Content | null {
  const fields = jsonObject(content.body)
  if (!fields) return null
  const kept = Object.entries(fields).filter(([name]) => !removed.includes(name))
  const body = JSON.stringify(Object.fromEntries([...kept, ...Object.entries(added)]))
  return Object.freeze({ ...content, body })
}

/** Words made of those of another recipe. */
export interface ChangedRecipe {
  readonly of: number
  readonly change: Change
}

export function renderChanged(
  recipe: unknown,
  ordinal: number,
  words: (recipe: number, ordinal: number) => Content,
): Content {
  const { of, change } = recipe as ChangedRecipe
  const before = words(of, ordinal)
  return changed(before, change) ?? before
}
