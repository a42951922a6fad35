/** Redrive tasks: a dead-letter queue's messages go back, oldest first (FACTS 1.3, 2.5). */
import { US_PER_S, type SimUs } from '../../base/units.ts'
import { copyMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { COUNTER, EVENT, NEWS } from './events.ts'
import {
  enter,
  firstVisible,
  leave,
  makeVisible,
  queueOf,
  visibleCount,
  type QueueState,
} from './queue.ts'
import { serveWaiters } from './receive.ts'
import { armRetention } from './retention.ts'

export interface MoveTask {
  readonly id: string
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED'
  /** -1 = each message to the queue it came from. */
  readonly destination: number
  /** 1 to 500; 0 = as SQS likes. */
  readonly perSecond: number
  readonly startedUs: SimUs
  readonly toMove: number
  moved: number
  /** AWS's word, '' for none. */
  failure: '' | 'AWS.SimpleQueueService.NonExistentQueue' | 'CouldNotDetermineMessageSource'
}

/** Our choice where the caller leaves the pace to SQS: batches of ten, 500 messages a second. */
const OWN_PACE = { batch: 10, everyUs: 20_000 }

/** Newest first; AWS tells at most so many. */
export const TASKS_KEPT = 10

export const runningTask = (queue: QueueState): MoveTask | undefined =>
  queue.moveTasks.find((task) => task.status === 'RUNNING')

/** Begins a task; its first messages move at once. */
export function startMoveTask(
  sim: Simulation,
  node: number,
  task: Pick<MoveTask, 'id' | 'destination' | 'perSecond'>,
): void {
  const queue = queueOf(sim, node)
  queue.moveTasks.unshift({
    ...task,
    status: 'RUNNING',
    startedUs: sim.nowUs,
    toMove: visibleCount(queue),
    moved: 0,
    failure: '',
  })
  queue.moveTasks.length = Math.min(queue.moveTasks.length, TASKS_KEPT)
  sim.at(sim.nowUs, node, EVENT.moveTask)
}

/** Moves the next messages of the running task. */
export function moveNext(sim: Simulation, node: number, queue: QueueState): void {
  const task = runningTask(queue)
  if (!task) return
  const batch = task.perSecond > 0 ? 1 : OWN_PACE.batch
  for (let n = 0; n < batch && task.status === 'RUNNING'; n++) {
    const slot = firstVisible(sim.world.messages, queue)
    if (slot < 0 || task.moved >= task.toMove) task.status = 'COMPLETED'
    else moveOne(sim, node, queue, task, slot)
  }
  if (task.moved >= task.toMove && task.status === 'RUNNING') task.status = 'COMPLETED'
  if (task.status !== 'RUNNING') return
  const everyUs = task.perSecond > 0 ? Math.ceil(US_PER_S / task.perSecond) : OWN_PACE.everyUs
  sim.at(sim.nowUs + everyUs, node, EVENT.moveTask)
}

/** The message there is a new one: new MessageId, new time stamp, never received. */
function moveOne(
  sim: Simulation,
  node: number,
  queue: QueueState,
  task: MoveTask,
  slot: number,
): void {
  const { messages, nodes, nowUs } = sim.world
  const to = task.destination >= 0 ? task.destination : messages.deadLetterSource[slot] - 1
  if (to < 0 || !nodes[to].alive) {
    task.status = 'FAILED'
    task.failure =
      to < 0 ? 'CouldNotDetermineMessageSource' : 'AWS.SimpleQueueService.NonExistentQueue'
    return
  }
  sim.news(node, NEWS.redriven, slot)
  const moved = copyMessage(messages, slot)
  leave(messages, queue, slot)
  sim.release(slot)
  nodes[node].counters[COUNTER.movedOut]++
  task.moved++
  const target = queueOf(sim, to)
  messages.sentUs[moved] = nowUs
  enter(sim, to, target, moved)
  nodes[to].counters[COUNTER.movedIn]++
  makeVisible(messages, target, moved)
  armRetention(sim, to, target)
  serveWaiters(sim, to, target)
}
