/** Retention: a message is dropped when it is too old, whatever state it is in (FACTS 2.4). */
import type { Simulation } from '../../engine/simulation.ts'
import { firstSent } from './arrivals.ts'
import { COUNTER, EVENT, NEWS } from './events.ts'
import { leave, type QueueState } from './queue.ts'
import { serveWaiters } from './receive.ts'

/** Sees to it that an event comes when the first message expires. */
export function armRetention(sim: Simulation, node: number, queue: QueueState): void {
  const { arrivals } = queue
  if (arrivals.count === 0) return
  const { messages, nowUs } = sim.world
  const first = firstSent(messages, arrivals)
  const due = Math.max(nowUs, messages.sentUs[first] + queue.settings.retentionUs)
  if (arrivals.armedSeq > 0 && arrivals.armedUs <= due) return
  arrivals.armedSeq = sim.takeSeq()
  arrivals.armedUs = due
  sim.arm(due, arrivals.armedSeq, node, EVENT.retention)
}

/** Drops what is too old now. */
export function expireDue(sim: Simulation, node: number, queue: QueueState, seq: number): void {
  const { arrivals } = queue
  if (seq !== arrivals.armedSeq) return
  arrivals.armedSeq = 0
  const { messages, nowUs, nodes } = sim.world
  while (arrivals.count > 0) {
    const slot = firstSent(messages, arrivals)
    if (messages.sentUs[slot] + queue.settings.retentionUs > nowUs) break
    sim.news(node, NEWS.expired, slot)
    sim.mark(node, 'expired', messages.serial[slot])
    leave(messages, queue, slot)
    sim.release(slot)
    nodes[node].counters[COUNTER.expired]++
  }
  armRetention(sim, node, queue)
  // Polls may have waited for a group that the message held.
  if (queue.fifo) serveWaiters(sim, node, queue)
}
