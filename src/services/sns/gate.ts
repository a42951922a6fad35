/** What the filter policy of a subscription made of the last message, for people who look at its wire. */
import type { GateVerdict } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { explain } from './filter/explain.ts'
import { judge, matches, type Matchable } from './filter/match.ts'
import { sayClause } from './filter/words.ts'
import { topicOf } from './topic.ts'

export function gate(sim: Simulation, node: number, wire: number): GateVerdict | null {
  const subscription = topicOf(sim, node).subscriptions.find((one) => one?.wire === wire)
  if (!subscription?.last) return null
  const { policy, last, lastPassed: passed = false } = subscription
  const { message, atUs, content } = last
  const looked: Matchable = { content }
  const verdict = matches(policy, looked)
  const judged = policy ? judge(policy, looked) : []
  return {
    message,
    atUs,
    passed,
    because:
      verdict.passes === passed
        ? explain(policy, looked, verdict)
        : `The policy has changed since. As it is now: ${explain(policy, looked, verdict)}`,
    alternatives:
      judged?.map((clauses) =>
        clauses.map(({ clause, holds }) => ({ text: sayClause(clause), holds })),
      ) ?? null,
  }
}

/**
 * Why a message was filtered out at a subscription; '' when that cannot be told any more.
 * @param place the subscription's among the topic's
 */
export function whyFiltered(
  sim: Simulation,
  node: number,
  place: number,
  content: Matchable['content'] | null,
): string {
  const subscription = topicOf(sim, node).subscriptions[place]
  if (!subscription || !content) return ''
  const looked: Matchable = { content }
  const verdict = matches(subscription.policy, looked)
  const where = `for ${subscription.endpoint.slice(subscription.endpoint.lastIndexOf(':') + 1)}`
  return verdict.passes
    ? `The filter policy ${where} did not match this message then; it has changed since.`
    : `No copy ${where}. ${explain(subscription.policy, looked, verdict)}`
}
