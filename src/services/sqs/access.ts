/** Who may send to a queue (FACTS 2.10). */
import type { Caller } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT } from '../aws.ts'
import { decide } from '../policy.ts'
import { queueArn } from './names.ts'
import type { QueueState } from './queue.ts'

/** Whoever is not in the picture, and every actor that does not say otherwise. */
const OWN_USER: Caller = { account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/switchyard` }

/**
 * Whether the call's caller may send. A queue without a policy lets everybody of the account in, also
 * AWS's services, which at AWS it would not: a wire on the canvas stands for the permission too.
 */
export function maySend(sim: Simulation, node: number, queue: QueueState, call: number): boolean {
  const { policy } = queue.carried
  if (policy === '') return true
  const from = sim.world.calls.from[call]
  const caller = (from < 0 ? undefined : sim.behaviours[from]?.caller?.(sim, from)) ?? OWN_USER
  const decision = decide(policy, {
    caller,
    action: 'sqs:SendMessage',
    resource: queueArn(sim.world.nodes[node].name),
  })
  // The owner's own users need no word of the policy; services and other accounts do.
  const needsAllow = caller.service !== undefined || caller.account !== ACCOUNT
  return needsAllow ? decision === 'allow' : decision !== 'deny'
}
