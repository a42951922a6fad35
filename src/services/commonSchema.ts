/** What several kinds say about themselves in the same words. */
import type { ScenarioNode } from '../scenario/scenario.ts'
import type { Connection, KindSchema } from './schema.ts'

/** Names as streams, tables and applications have them. */
export const dottedName = (most: number, least = 1): KindSchema['name'] => ({
  pattern: new RegExp(`^[A-Za-z0-9_.-]{${least},${most}}$`),
  error: `Letters, digits, underscores, dots and hyphens; ${least} to ${most} of them.`,
  maxLength: most,
})

/**
 * The `connect` of a kind that passes nothing on.
 * @param keeps why, as a clause: "A viewer keeps what it sees"
 */
export const passesNothingOn =
  (keeps: string, instead: string) =>
  (_from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection => ({
    ok: false,
    reason: `${keeps}, so “${to.name}” (${toSchema.title}) would get nothing.`,
    instead,
  })
