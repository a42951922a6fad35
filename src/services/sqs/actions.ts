/** A queue's buttons. */
import type { Action } from '../../engine/behaviour.ts'
import type { ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { queueArn, queueUrl } from './names.ts'

const DEFAULT_BODY = 'Hello from the queue’s own button'

export const actions: Readonly<Record<string, Action>> = {
  /** `body`: what it says. */
  sendOne: (sim, node, args) =>
    ask(sim, node, 'SendMessage', {
      MessageBody: typeof args.body === 'string' ? args.body : DEFAULT_BODY,
    }),
  redrive: (sim, node) =>
    ask(sim, node, 'StartMessageMoveTask', { SourceArn: queueArn(sim.world.nodes[node].name) }),
  purge: (sim, node) => ask(sim, node, 'PurgeQueue', {}),
}

/** Buttons do what an API call does, and stand in the log as one. */
function ask(
  sim: Simulation,
  node: number,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): ApiError | undefined {
  const QueueUrl = queueUrl(sim.world.nodes[node].name)
  return sim.callFromOutside('sqs', operation, { QueueUrl, ...input }).error
}
