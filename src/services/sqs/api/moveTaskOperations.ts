/** StartMessageMoveTask, ListMessageMoveTasks, CancelMessageMoveTask (FACTS 1.3). */
import { uuidFrom } from '../../../base/hash.ts'
import { hash32 } from '../../../base/random.ts'
import type { AccountOperation } from '../../../engine/behaviour.ts'
import type { ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { epochMs } from '../../aws.ts'
import { fromBase64, toBase64 } from '../base64.ts'
import { invalidParameter, missingParameter } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { TASKS_KEPT, runningTask, startMoveTask, type MoveTask } from '../moveTasks.ts'
import { nameInArn, queueArn, queueNamed } from '../names.ts'
import { queueOf } from '../queue.ts'
import { numberUpTo, textOf, type Input } from './input.ts'

export const startMessageMoveTask: AccountOperation = {
  name: 'StartMessageMoveTask',
  run: (sim, input) => answering(() => start(sim, input)),
}

export const listMessageMoveTasks: AccountOperation = {
  name: 'ListMessageMoveTasks',
  run: (sim, input) => answering(() => list(sim, input)),
}

export const cancelMessageMoveTask: AccountOperation = {
  name: 'CancelMessageMoveTask',
  run: (sim, input) => answering(() => cancel(sim, input)),
}

/** The output, or AWS's error that it was refused with. */
function answering(read: () => unknown): { output: unknown } | { error: ApiError } {
  try {
    return { output: read() }
  } catch (problem) {
    if (problem instanceof Refusal) return { error: problem.error }
    throw problem
  }
}

function start(sim: Simulation, input: Input): Input {
  const source = queueIn(sim, input, 'SourceArn')
  const perSecond = taskNumber(input, 'MaxNumberOfMessagesPerSecond', MAX_PER_SECOND) ?? 0
  if (!isDeadLetterQueue(sim, source)) {
    throw refused('Source queue must be configured as a Dead Letter Queue.')
  }
  const destination =
    input.DestinationArn === undefined ? -1 : queueIn(sim, input, 'DestinationArn')
  if (destination === source) {
    throw refused('Source queue arn and destination queue arn cannot be the same.')
  }
  if (destination >= 0 && isFifo(sim, destination) !== isFifo(sim, source)) {
    throw refused('The source queue and destination queue must be of the same queue type.')
  }
  if (runningTask(queueOf(sim, source))) {
    throw refused(
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    )
  }
  const { seed } = sim.world.scenario
  const order = sim.takeSeq()
  const id = uuidFrom(hash32(seed, order), hash32(order, source), hash32(order, 5), hash32(seed, 7))
  startMoveTask(sim, source, { id, destination, perSecond })
  return { TaskHandle: handleOf(sim, source, id) }
}

function list(sim: Simulation, input: Input): Input {
  const source = queueIn(sim, input, 'SourceArn')
  const count = taskNumber(input, 'MaxResults', TASKS_KEPT) ?? 1
  const tasks = queueOf(sim, source).moveTasks.slice(0, count)
  return tasks.length > 0 ? { Results: tasks.map((task) => resultOf(sim, source, task)) } : {}
}

function resultOf(sim: Simulation, source: number, task: MoveTask): Input {
  const { nodes } = sim.world
  return {
    ...(task.status === 'RUNNING' && { TaskHandle: handleOf(sim, source, task.id) }),
    Status: task.status,
    SourceArn: queueArn(nodes[source].name),
    ...(task.destination >= 0 && { DestinationArn: queueArn(nodes[task.destination].name) }),
    ...(task.perSecond > 0 && { MaxNumberOfMessagesPerSecond: task.perSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failure !== '' && { FailureReason: task.failure }),
    StartedTimestamp: epochMs(task.startedUs),
  }
}

/** What is moved stays moved. */
function cancel(sim: Simulation, input: Input): Input {
  const { taskId, sourceArn } = readHandle(input)
  const source = queueOf(sim, queueAt(sim, sourceArn, 'SourceArn'))
  const task = runningTask(source)
  if (task?.id !== taskId) {
    throw new Refusal({
      code: 'ResourceNotFoundException',
      status: 404,
      message: 'Task does not exist.',
    })
  }
  task.status = 'CANCELLED'
  return { ApproximateNumberOfMessagesMoved: task.moved }
}

const MAX_PER_SECOND = 500

/** @throws Refusal */
const taskNumber = (input: Input, name: string, max: number): number | undefined =>
  numberUpTo(input, name, max, `You must enter a number that's between 1 and ${max}.`)

const isFifo = (sim: Simulation, node: number): boolean => queueOf(sim, node).fifo !== null

const isDeadLetterQueue = (sim: Simulation, node: number): boolean =>
  sim.world.nodes[node].in.some((wire) => sim.world.wires[wire].role === 'redrive')

/** Of any queue, whoever owns it. */
const ARN = /^arn:aws[\w-]*:sqs:/

/** The queue that a parameter names by its ARN. @throws Refusal */
function queueIn(sim: Simulation, input: Input, parameter: string): number {
  const arn = textOf(input, parameter)
  if (arn === '') throw new Refusal(missingParameter(parameter))
  if (!ARN.test(arn)) {
    throw refused(
      `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
    )
  }
  return queueAt(sim, arn, parameter)
}

/** @throws Refusal */
function queueAt(sim: Simulation, arn: string, parameter: string): number {
  const node = queueNamed(sim, nameInArn(arn))
  if (node >= 0 && queueArn(sim.world.nodes[node].name) === arn) return node
  throw new Refusal({
    code: 'ResourceNotFoundException',
    status: 404,
    message: `The resource that you specified for the ${parameter} parameter doesn't exist.`,
  })
}

const refused = (message: string): Refusal => new Refusal(invalidParameter(message))

interface Handle {
  readonly taskId: string
  readonly sourceArn: string
}

function handleOf(sim: Simulation, source: number, taskId: string): string {
  const handle: Handle = { taskId, sourceArn: queueArn(sim.world.nodes[source].name) }
  return toBase64(new TextEncoder().encode(JSON.stringify(handle)))
}

/** @throws Refusal */
function readHandle(input: Input): Handle {
  const text = textOf(input, 'TaskHandle')
  if (text === '') throw new Refusal(missingParameter('TaskHandle'))
  const bytes = fromBase64(text)
  try {
    const handle = JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())) as Handle
    if (typeof handle.taskId === 'string' && typeof handle.sourceArn === 'string') return handle
  } catch {
    // Told below, in AWS's words.
  }
  throw refused('Value for parameter TaskHandle is invalid.')
}
