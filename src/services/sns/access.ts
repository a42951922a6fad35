/** Whom a topic's policy lets publish (FACTS 2.10, 3). */
import { guardedBy } from '../guard.ts'
import { COUNTER } from './books.ts'
import { RESULT } from './errors.ts'
import { topicArn } from './names.ts'
import { topicOf } from './topic.ts'

export const guarded = guardedBy({
  service: 'SNS',
  statements: (sim, node) => topicOf(sim, node).statements,
  arn: (sim, node) => topicArn(sim.world.nodes[node].name),
  code: (_caller, denial) =>
    denial === 'explicitDeny' ? RESULT.deniedByPolicy : RESULT.notAllowed,
  counter: COUNTER.accessDenied,
})
