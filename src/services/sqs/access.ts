/** Whom a queue's policy lets do what: asked before every operation on the queue (FACTS 2.10). */
import type { Caller, Operation } from '../../engine/behaviour.ts'
import { CODE } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT, epochMs } from '../aws.ts'
import { OWN_USER } from '../callers.ts'
import { denialOf } from '../policy.ts'
import { RESULT } from './errors.ts'
import { COUNTER } from './events.ts'
import { queueArn } from './names.ts'
import { queueOf } from './queue.ts'

/** Policies know batches by the name of their single operation. */
export const actionOf = (operation: string): string => `sqs:${operation.replace(/Batch$/, '')}`

/** Who calls; whoever is not in the picture is a user of the own account. */
export const callerOf = (sim: Simulation, from: number): Caller =>
  (from < 0 ? undefined : sim.behaviours[from]?.caller?.(sim, from)) ?? OWN_USER

/** The operation, for those whom the queue's policy lets. */
export function guarded(operation: Operation): Operation {
  const action = actionOf(operation.name)
  return {
    ...operation,
    run(sim, node, call) {
      const code = admission(sim, node, call, action)
      if (code === CODE.ok) operation.run(sim, node, call)
      else refuse(sim, node, call, code)
    },
  }
}

function admission(sim: Simulation, node: number, call: number, action: string): number {
  const { policy } = queueOf(sim, node).settings
  const caller = callerOf(sim, sim.world.calls.from[call])
  if (policy.length === 0 && caller.account === ACCOUNT) return CODE.ok
  const denial = denialOf(policy, {
    caller,
    action,
    resource: queueArn(sim.world.nodes[node].name),
    atMs: epochMs(sim.nowUs),
  })
  if (denial === null) return CODE.ok
  if (caller.service !== undefined) return RESULT.accessDenied
  return denial === 'explicitDeny' ? RESULT.deniedByPolicy : RESULT.notAllowed
}

function refuse(sim: Simulation, node: number, call: number, code: number): void {
  sim.world.nodes[node].counters[COUNTER.accessDenied]++
  sim.mark(node, 'denied')
  sim.answer(call, code)
}
