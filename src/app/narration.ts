/**
 * A running account of what is notable, for people who listen to the screen: every few seconds of
 * wall time one sentence, however much happened. Pure; the store says it.
 */
import { formatClock, formatCount } from '../base/format.ts'
import type { SimUs } from '../base/units.ts'
import type { Mark, NotableType } from '../worker/protocol.ts'

/** One happening, and several. */
const WORDS: Readonly<Partial<Record<NotableType, readonly [one: string, more: string]>>> = {
  deadLettered: ['message moved to a dead-letter queue', 'messages moved to a dead-letter queue'],
  lost: ['message lost', 'messages lost'],
  expired: ['message expired', 'messages expired'],
  purged: ['message purged', 'messages purged'],
  duplicate: ['message delivered twice', 'messages delivered twice'],
  throttled: ['call refused', 'calls refused'],
  filtered: ['message filtered or deduplicated', 'messages filtered or deduplicated'],
  crashed: ['crash', 'crashes'],
  alarm: ['alarm', 'alarms'],
  scaled: ['change of capacity', 'changes of capacity'],
}

/** Not more often than this, so that one sentence can be heard to its end. */
export const NARRATE_EVERY_MS = 4_000
/** So many places are named; the rest is summed up. */
const MOST_PLACES = 3

/** What has been heard of and not yet told: counts by part and type. */
export type Untold = ReadonlyMap<string, number>

export const NOTHING_UNTOLD: Untold = new Map()

export function noteMarks(untold: Untold, marks: readonly Mark[]): Untold {
  const notable = marks.filter(({ type }) => Object.hasOwn(WORDS, type))
  if (notable.length === 0) return untold
  const counts = new Map(untold)
  for (const { node, type, count } of notable) {
    const key = `${type} ${node}`
    counts.set(key, (counts.get(key) ?? 0) + count)
  }
  return counts
}

/** "0:42. orders: 3 messages moved to a dead-letter queue. workers: 1 crash." */
export function sentenceOf(
  untold: Untold,
  nameOf: (node: string) => string | undefined,
  atUs: SimUs,
): string {
  const entries = [...untold].sort(([, a], [, b]) => b - a)
  const parts = entries.slice(0, MOST_PLACES).map(([key, count]) => {
    const space = key.indexOf(' ')
    const [one, more] = WORDS[key.slice(0, space) as NotableType]!
    const what = `${formatCount(count)} ${count === 1 ? one : more}`
    const name = nameOf(key.slice(space + 1))
    return name ? `${name}: ${what}` : what
  })
  const rest = entries.length - parts.length
  if (rest > 0) parts.push(`and ${rest} more ${rest === 1 ? 'place' : 'places'}`)
  return `${formatClock(atUs)}. ${parts.join('. ')}.`
}
