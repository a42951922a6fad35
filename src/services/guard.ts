/** Operations before which the policy of their resource is asked (FACTS 2.10). */
import type { Caller, Operation } from '../engine/behaviour.ts'
import type { Simulation } from '../engine/simulation.ts'
import { ACCOUNT, epochMs } from './aws.ts'
import { OWN_USER } from './callers.ts'
import { denialOf, type Denial, type Statement } from './policy.ts'

export interface Guard {
  /** What actions begin with: 'sqs'. */
  readonly service: string
  /** The policy's; none = no policy. */
  statements(sim: Simulation, node: number): readonly Statement[]
  arn(sim: Simulation, node: number): string
  /** The result code of a refusal. */
  code(caller: Caller, denial: Denial): number
  /** The place of the counter of refusals. */
  readonly counter: number
}

/** Policies know batches by the name of their single operation. */
export const actionOf = (service: string, operation: string): string =>
  `${service}:${operation.replace(/Batch$/, '')}`

/** Who calls; whoever is not in the picture is a user of the own account. */
export const callerOf = (sim: Simulation, from: number): Caller =>
  (from < 0 ? undefined : sim.behaviours[from]?.caller?.(sim, from)) ?? OWN_USER

/** Makes an operation one for those whom the policy lets. */
export const guardedBy =
  (guard: Guard) =>
  (operation: Operation): Operation => {
    const action = actionOf(guard.service, operation.name)
    return {
      ...operation,
      run(sim, node, call) {
        const caller = callerOf(sim, sim.world.calls.from[call])
        const denial = denialAt(sim, node, caller, action, guard)
        if (denial === null) {
          operation.run(sim, node, call)
          return
        }
        sim.world.nodes[node].counters[guard.counter]++
        sim.mark(node, 'denied')
        sim.answer(call, guard.code(caller, denial))
      },
    }
  }

/** Why the resource's policy does not let a caller do something; null when it does. */
export function denialAt(
  sim: Simulation,
  node: number,
  caller: Caller,
  action: string,
  guard: Guard,
): Denial | null {
  const statements = guard.statements(sim, node)
  if (statements.length === 0 && caller.account === ACCOUNT) return null
  const resource = guard.arn(sim, node)
  return denialOf(statements, { caller, action, resource, atMs: epochMs(sim.nowUs) })
}
