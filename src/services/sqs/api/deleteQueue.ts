/** DeleteQueue: the queue leaves the design, with whatever it holds, at once (FACTS 1.3). */
import type { Operation } from '../../../engine/behaviour.ts'
import { CODE } from '../../../engine/calls.ts'
import { queueUrl } from '../names.ts'
import { queueOf } from '../queue.ts'

export const deleteQueue: Operation = {
  name: 'DeleteQueue',
  carries: 'nothing',
  run(sim, node, call) {
    sim.answer(call, CODE.ok)
    sim.removeNode(node)
    queueOf(sim, node).deletedUs = sim.nowUs
  },
  parse: () => null,
  request: (sim, node) => ({ QueueUrl: queueUrl(sim.world.nodes[node].name) }),
  response: () => ({}),
  gist: () => ({ input: '', output: '' }),
}
