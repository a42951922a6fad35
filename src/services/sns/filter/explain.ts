/** Why a message passes a filter policy or not, in a sentence that names the clause (FACTS 4.4). */
import { judge, matches, valuesAt, type Matchable, type Simple, type Verdict } from './match.ts'
import type { Clause, FilterPolicy } from './policy.ts'
import { sayClause } from './words.ts'

/** @param verdict of `matches`, for the same policy and message */
export function explain(
  policy: FilterPolicy | null,
  message: Matchable,
  verdict: Verdict = matches(policy, message),
): string {
  if (!policy) return 'There is no filter policy: every message passes.'
  if (verdict.passes) return sayPassed(policy, message)
  const { why, clause } = verdict
  if (why === 'InvalidMessageBody') {
    return 'The policy looks at the body, and this one is no JSON object.'
  }
  if (why === 'InvalidAttributes') {
    return 'One of its attributes is a String.Array, and no JSON array.'
  }
  if (!clause) return 'The policy cannot be read, and lets nothing pass.'
  if (fitting(policy, message)) {
    return 'Each clause holds for some element of a list, but no one element fits all of them.'
  }
  const asks =
    policy.alternatives.length > 1
      ? `None of the policy’s ${policy.alternatives.length} alternatives fits. The first asks that`
      : 'The policy asks that'
  return `${asks} ${sayClause(clause)}; ${sayFound(policy, message, clause, why)}.`
}

/** The first alternative whose clauses hold one by one. */
const fitting = (policy: FilterPolicy, message: Matchable) =>
  judge(policy, message)?.find((clauses) => clauses.every(({ holds }) => holds))

const sayPassed = (policy: FilterPolicy, message: Matchable): string =>
  `It fits: ${(fitting(policy, message) ?? []).map(({ clause }) => sayClause(clause)).join(', and ')}.`

/** What the message has where a clause looks. */
function sayFound(
  policy: FilterPolicy,
  message: Matchable,
  { key }: Clause,
  why: 'NoMessageAttributes' | 'MessageAttributes' | 'MessageBody',
): string {
  if (why === 'NoMessageAttributes') return 'this message has no attributes at all'
  const values = valuesAt(policy, message, key)
  if (values.length === 0) return `this message has no ${key}`
  return `in this message it is ${sayValues(values)}`
}

const MOST_VALUES = 3
const MOST_CHARS = 40

function sayValues(values: readonly Simple[]): string {
  const told = values.slice(0, MOST_VALUES).map(sayValue).join(', ')
  const more = values.length - MOST_VALUES
  return more > 0 ? `${told} and ${more} more` : told
}

function sayValue(value: Simple): string {
  const text = JSON.stringify(value)
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS)}…` : text
}
