/** Whom a topic's policy lets publish, and do what else is done to a topic (FACTS 2.10, 3). */
import type { Simulation } from '../../engine/simulation.ts'
import { OWN_USER } from '../callers.ts'
import { actionOf, denialAt, guardedBy, type Guard } from '../guard.ts'
import { COUNTER } from './books.ts'
import { RESULT, deniedTo } from './errors.ts'
import { topicArn } from './names.ts'
import { topicOf } from './topic.ts'

const GUARD: Guard = {
  service: 'SNS',
  statements: (sim, node) => topicOf(sim, node).statements,
  arn: (sim, node) => topicArn(sim.world.nodes[node].name),
  code: (_caller, denial) =>
    denial === 'explicitDeny' ? RESULT.deniedByPolicy : RESULT.notAllowed,
  counter: COUNTER.accessDenied,
}

export const guarded = guardedBy(GUARD)

/**
 * Operations on a topic that no part makes: the own account's user may, unless the policy denies it.
 * @throws Refusal
 */
export function checkAllowed(sim: Simulation, node: number, operation: string): void {
  const action = actionOf(GUARD.service, operation)
  const denial = denialAt(sim, node, OWN_USER, action, GUARD)
  if (denial === null) return
  sim.world.nodes[node].counters[COUNTER.accessDenied]++
  sim.mark(node, 'denied')
  throw deniedTo(OWN_USER.arn, action, GUARD.arn(sim, node))
}
