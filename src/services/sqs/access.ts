/** Whom a queue's policy lets do what: asked before every operation on the queue (FACTS 2.10). */
import { guardedBy } from '../guard.ts'
import { RESULT } from './errors.ts'
import { COUNTER } from './events.ts'
import { queueArn } from './names.ts'
import { queueOf } from './queue.ts'

export const guarded = guardedBy({
  service: 'sqs',
  statements: (sim, node) => queueOf(sim, node).settings.policy,
  arn: (sim, node) => queueArn(sim.world.nodes[node].name),
  code({ service }, denial) {
    if (service !== undefined) return RESULT.accessDenied
    return denial === 'explicitDeny' ? RESULT.deniedByPolicy : RESULT.notAllowed
  },
  counter: COUNTER.accessDenied,
})
