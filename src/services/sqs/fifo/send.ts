/** SendMessage and SendMessageBatch at a FIFO queue: groups, deduplication, throughput (FACTS 2.8). */
import { sha256Hex } from '../../../base/hash.ts'
import { CODE, ITEMS_PER_CALL } from '../../../engine/calls.ts'
import type { Content } from '../../../engine/messages.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { RESULT } from '../errors.ts'
import { COUNTER, NEWS } from '../events.ts'
import type { QueueState } from '../queue.ts'
import { serveWaiters } from '../receive.ts'
import { armRetention } from '../retention.ts'
import { accept, batchLimit, messageLimit } from '../send.ts'
import { bytesOn } from '../../metered.ts'
import { recall, remember } from '../../deduplication.ts'
import type { FifoState } from './state.ts'
import { ACTION, admit, partsOf } from './throughput.ts'

/** Duplicates on the present call: let go once it is in the log, which names them. */
const doomed = new Int32Array(ITEMS_PER_CALL)

export function sendToGroups(
  sim: Simulation,
  node: number,
  queue: QueueState,
  fifo: FifoState,
  call: number,
  inBatch: boolean,
): void {
  const { calls, nowUs } = sim.world
  const refusal = refusalOfAll(sim, node, queue, fifo, call, inBatch)
  if (refusal !== CODE.ok) {
    sim.answer(call, refusal)
    return
  }
  const first = call * ITEMS_PER_CALL
  const end = first + calls.count[call]
  const limit = messageLimit(sim, queue)
  const admits = partsOf(fifo.throughput, ACTION.send, nowUs)
  let duplicates = 0
  for (let place = first; place < end; place++) {
    const slot = calls.slots[place]
    if (slot < 0) continue
    const content = sim.contentOf(slot)
    const group = content.groupId!
    const id = deduplicationIdOf(content, queue)
    const isTooLong = sim.world.messages.sizeBytes[slot] > limit
    let code: number = isTooLong ? RESULT.tooLong : CODE.ok
    if (code === CODE.ok && !admits(group)) code = throttled(sim, node, fifo)
    if (code !== CODE.ok && !inBatch) {
      sim.answer(call, code)
      return
    }
    calls.codes[place] = code
    if (code !== CODE.ok) continue
    const key = fifo.perGroupMemory ? `${group} ${id}` : id!
    if (isDuplicate(sim, node, fifo, place, key)) {
      doomed[duplicates++] = slot
    } else {
      accept(sim, node, queue, slot, queue.settings.delayUs)
      const { serial, sequence } = sim.world.messages
      remember(fifo.memory, key, serial[slot], sequence[slot], nowUs)
    }
  }
  const gone = doomed.slice(0, duplicates)
  armRetention(sim, node, queue)
  sim.answer(call, CODE.ok)
  for (const slot of gone) sim.release(slot)
  serveWaiters(sim, node, queue)
}

/** Why the call as a whole is refused. */
function refusalOfAll(
  sim: Simulation,
  node: number,
  queue: QueueState,
  fifo: FifoState,
  call: number,
  inBatch: boolean,
): number {
  const { calls } = sim.world
  if (!admit(fifo.throughput, ACTION.send, sim.nowUs)) return throttled(sim, node, fifo)
  const first = call * ITEMS_PER_CALL
  for (let place = first; place < first + calls.count[call]; place++) {
    const slot = calls.slots[place]
    if (slot < 0) continue
    const { groupId, deduplicationId } = sim.contentOf(slot)
    if (groupId === undefined) return inBatch ? RESULT.noGroupInBatch : RESULT.noGroup
    if (deduplicationId === undefined && !queue.settings.contentBased) return RESULT.noDeduplication
  }
  if (inBatch && bytesOn(sim, call) > batchLimit(sim)) return RESULT.batchTooLong
  return calls.arg[call] > 0 ? RESULT.noDelay : CODE.ok
}

/** A call over the limit bounces. */
export function throttled(sim: Simulation, node: number, fifo: FifoState): number {
  fifo.throttledUs = sim.nowUs
  sim.world.nodes[node].counters[COUNTER.throttled]++
  sim.mark(node, 'throttled')
  return RESULT.throttled
}

/** An explicit id wins over that of the content, which is of the body only. */
export const deduplicationIdOf = (content: Content, queue: QueueState): string | undefined =>
  content.deduplicationId ?? (queue.settings.contentBased ? sha256Hex(content.body) : undefined)

/** Whether the queue took a message of that id lately; the call is told of which. */
function isDuplicate(
  sim: Simulation,
  node: number,
  fifo: FifoState,
  place: number,
  key: string,
): boolean {
  const { calls, messages, nodes } = sim.world
  const original = recall(fifo.memory, key, sim.nowUs)
  if (!original) return false
  const slot = calls.slots[place]
  calls.receipts[place] = original.serial
  messages.sequence[slot] = original.sequence
  nodes[node].counters[COUNTER.deduplicated]++
  fifo.lastDuplicate = { of: original.serial, untilUs: original.untilUs }
  sim.news(node, NEWS.deduplicated, slot)
  sim.mark(node, 'filtered', messages.serial[slot])
  return true
}
