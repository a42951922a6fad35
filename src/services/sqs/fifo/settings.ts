/** What changed settings do to a FIFO queue. */
import { addTimer, createTimers } from '../../../engine/lists.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { EVENT } from '../events.ts'
import type { QueueState } from '../queue.ts'
import { arm } from '../timers.ts'
import { isHighThroughput, type FifoState } from './state.ts'
import { createThroughput } from './throughput.ts'

/** The queue's type and the scope of its memory stay as they were made (FACTS 2.8). */
export function reconfigure(
  sim: Simulation,
  node: number,
  queue: QueueState,
  fifo: FifoState,
): void {
  const perGroup = isHighThroughput(sim.world.nodes[node].config)
  if (perGroup !== fifo.throughput.perGroup) fifo.throughput = createThroughput(perGroup)
  delayAnew(sim, node, queue)
}

/** A new delay counts for messages that wait already, from when they were sent (FACTS 2.3). */
function delayAnew(sim: Simulation, node: number, queue: QueueState): void {
  const { messages, nowUs } = sim.world
  const { list, heap } = queue.delayed
  const slots = Array.from(heap.members.subarray(0, heap.size))
  for (let slot = list.head; slot >= 0; slot = messages.next[slot]) slots.push(slot)
  slots.sort((a, b) => messages.sequence[a] - messages.sequence[b])
  queue.delayed = createTimers()
  for (const slot of slots) {
    messages.heapPlace[slot] = -1
    messages.dueUs[slot] = Math.max(nowUs, messages.sentUs[slot] + queue.settings.delayUs)
    messages.dueSeq[slot] = sim.takeSeq()
    addTimer(messages, queue.delayed, slot)
  }
  arm(sim, node, queue.delayed, EVENT.delay)
}
