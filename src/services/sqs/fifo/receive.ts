/** What a receive takes from a FIFO queue (FACTS 2.8). */
import type { Simulation } from '../../../engine/simulation.ts'
import { inFlightCount, type QueueState } from '../queue.ts'
import { MAX_IN_FLIGHT, hand } from '../receive.ts'
import { deadLetter, isLastTry } from '../redrive.ts'
import { barrier, settle } from './groups.ts'
import { firstInRing, leaveRing, returnToRing } from './ring.ts'
import type { FifoState } from './state.ts'
import { ACTION, partsOf } from './throughput.ts'

/**
 * Puts messages on the call, group by group: as many of one as there are up to its first in flight,
 * then of the next. Groups of partitions over their limit are passed over, unless the poll waited: it
 * has been taken already. Returns how many it put.
 */
export function takeFromGroups(
  sim: Simulation,
  node: number,
  queue: QueueState,
  fifo: FifoState,
  call: number,
  waited: boolean,
): number {
  const { groups, throughput } = fifo
  const max = Math.min(sim.world.calls.arg3[call], MAX_IN_FLIGHT - inFlightCount(queue))
  const admits = partsOf(throughput, ACTION.receive, sim.nowUs)
  const passedOver: number[] = []
  let taken = 0
  while (taken < max) {
    // A group leaves the ring when something is taken from it.
    const index = firstInRing(groups.ring)
    if (index < 0) break
    if (waited || admits(groups.all[index].id)) {
      taken += takeRun(sim, node, queue, fifo, call, index, max - taken)
    } else {
      leaveRing(groups.ring, index)
      passedOver.push(index)
    }
  }
  for (const index of passedOver) returnToRing(groups.ring, index)
  return taken
}

/** Takes from one group; those received too often move on instead, and free those behind them. */
function takeRun(
  sim: Simulation,
  node: number,
  queue: QueueState,
  { groups }: FifoState,
  call: number,
  index: number,
  max: number,
): number {
  const { messages } = sim.world
  const group = groups.all[index]
  const end = barrier(messages, group)
  let taken = 0
  for (;;) {
    const slot = group.visible.head
    if (taken >= max || slot < 0 || messages.sequence[slot] > end) break
    if (isLastTry(sim, node, queue, messages.receives[slot])) {
      deadLetter(sim, node, queue, slot)
    } else {
      hand(sim, node, queue, call, slot)
      taken++
    }
  }
  settle(messages, groups, index)
  return taken
}
