/**
 * Batches that a function transforms before they are delivered (FACTS 8): invoked, again while that
 * fails, and then each record goes its own way: on to delivery, dropped, or put aside as failed.
 */
import { US_PER_MINUTE, fromSeconds, type SimUs } from '../../base/units.ts'
import type { ReturnedRecords } from '../../engine/batch.ts'
import { CODE } from '../../engine/calls.ts'
import { append, createList, slotsOf, unlink, type MessageList } from '../../engine/lists.ts'
import type { MessageTable } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { addRecent } from '../recent.ts'
import { TRANSFORM, TRANSFORMED, askAboutRecords, transformedBy } from '../transform.ts'
import { PROCESSING_FAILED, backUp, backoffUs, closeBatch, openBatch, toBackup } from './batches.ts'
import { count } from './books.ts'
import { collect, passOn, rearm } from './buffer.ts'
import { EVENT, NEWS } from './events.ts'
import type { ProcessingProblem } from './failedRecord.ts'
import { RECENT, stateOf, type Batch, type State } from './state.ts'

const MB = 1_048_576

/** Uses the function that is wired to it now, if one is. */
export function connectTransform(sim: Simulation, node: number): void {
  const { nodes, wires } = sim.world
  const state = stateOf(sim, node)
  const wire = nodes[node].out.find((each) => wires[each].role === 'transform')
  state.transform = null
  if (wire !== undefined) {
    const { to, config } = wires[wire]
    state.transform = Object.freeze({
      wire,
      lambda: to,
      sizeBytes: Number(config.BufferSizeInMBs) * MB,
      intervalUs: fromSeconds(Number(config.BufferIntervalInSeconds)),
      retries: Number(config.NumberOfRetries),
    })
  }
  rearm(sim, node)
}

/** The records set out to the function, as soon as one more invocation is allowed. */
export function transformBatch(
  sim: Simulation,
  node: number,
  records: MessageList,
  bytes: number,
): void {
  const state = stateOf(sim, node)
  backUp(sim, node, openBatch(sim, state, 'transform', records, bytes))
  invokeWaiting(sim, node, state)
}

function invokeWaiting(sim: Simulation, node: number, state: State): void {
  const waiting = state.batches.filter(({ stage, tries }) => stage === 'transform' && tries === 0)
  const room = mostAtATime(state) - running(state)
  for (const batch of waiting.slice(0, Math.max(0, room))) invoke(sim, node, batch)
}

const running = ({ batches }: State): number =>
  batches.filter(({ stage, call }) => stage === 'transform' && call >= 0).length

/** Concurrent invocations: five for each shard that is read, ten to Splunk. */
const mostAtATime = ({ settings, source }: State): number => {
  const shards = source?.shards.filter(({ finished }) => !finished).length ?? 1
  return (settings.destination === 'splunk' ? 10 : 5) * Math.max(1, shards)
}

/** One more try. */
export function invoke(sim: Simulation, node: number, batch: Batch): void {
  const state = stateOf(sim, node)
  if (!state.transform) {
    closeBatch(state, batch)
    passOn(sim, node, batch.records)
    return
  }
  const { lambda, wire } = state.transform
  batch.tries++
  batch.lambda = sim.world.nodes[lambda].name
  const slots = slotsOf(sim.world.messages, batch.records)
  batch.call = askAboutRecords(sim, node, lambda, wire, slots, TRANSFORM)
  sim.at(sim.nowUs + LONGEST_US, node, EVENT.invocationTimedOut, batch.id, batch.tries)
}

/** Firehose waits no longer for one invocation. */
const LONGEST_US: SimUs = 5 * US_PER_MINUTE

export function invocationTimedOut(sim: Simulation, node: number, batch: Batch): void {
  if (batch.call < 0) return
  batch.call = -1
  tell(sim, node, LONGEST_US, false)
  invocationFailed(sim, node, batch, {
    code: 'Lambda.FunctionRequestTimedOut',
    message: 'The Lambda function did not return within 5 minutes.',
  })
}

export function answeredTransform(sim: Simulation, node: number, batch: Batch, call: number): void {
  const returned = transformedBy(sim, call)
  batch.call = -1
  tell(sim, node, sim.nowUs - sim.world.calls.sentUs[call], returned !== null)
  if (returned === null) invocationFailed(sim, node, batch, problemOf(sim, call))
  else sort(sim, node, batch, returned)
  invokeWaiting(sim, node, stateOf(sim, node))
}

/** For ExecuteProcessing.Duration and .Success. */
function tell(sim: Simulation, node: number, durationUs: SimUs, isOk: boolean): void {
  const { recent } = stateOf(sim, node)
  addRecent(recent, sim.nowUs, RECENT.invocations, 1)
  addRecent(recent, sim.nowUs, RECENT.successes, isOk ? 1 : 0)
  addRecent(recent, sim.nowUs, RECENT.invokedUs, durationUs)
  count(sim, node, 'invocations')
  if (!isOk) count(sim, node, 'failedInvocations')
}

/** Every record goes where the function's word for it sends it. */
function sort(
  sim: Simulation,
  node: number,
  batch: Batch,
  { results, sizesBytes, words }: ReturnedRecords,
): void {
  const { messages } = sim.world
  const state = stateOf(sim, node)
  const { records } = batch
  const failed = createList()
  let failedBytes = 0
  closeBatch(state, batch)
  for (let n = 0; records.head >= 0; n++) {
    const slot = records.head
    unlink(messages, records, slot)
    if (results[n] === TRANSFORMED.failed) {
      append(messages, failed, slot)
      failedBytes += messages.sizeBytes[slot]
    } else if (results[n] === TRANSFORMED.dropped) {
      count(sim, node, 'dropped')
      sim.release(slot)
    } else {
      messages.sizeBytes[slot] = sizesBytes[n]
      if (words) reword(messages, slot, words, n)
      count(sim, node, 'SucceedProcessing.Records')
      count(sim, node, 'SucceedProcessing.Bytes', sizesBytes[n])
      collect(sim, node, slot)
    }
  }
  if (failed.count === 0) return
  const aside = openBatch(sim, state, 'transform', failed, failedBytes)
  Object.assign(aside, { tries: batch.tries, lambda: batch.lambda })
  giveUp(sim, node, aside, STATUS)
}

/** The record says from now on what the function made of it. */
function reword(
  messages: MessageTable,
  slot: number,
  { recipes, literals }: NonNullable<ReturnedRecords['words']>,
  n: number,
): void {
  messages.recipe[slot] = recipes[n]
  const literal = literals.get(n)
  if (literal) messages.literals[slot] = literal
}

type Reason = Pick<ProcessingProblem, 'code' | 'message'>

const STATUS: Reason = {
  code: 'Lambda.ProcessingFailedStatus',
  message: 'ProcessingFailed status set for record',
}

function invocationFailed(sim: Simulation, node: number, batch: Batch, reason: Reason): void {
  const { transform } = stateOf(sim, node)
  if (transform && batch.tries > transform.retries) {
    giveUp(sim, node, batch, reason)
    return
  }
  sim.news(node, NEWS.invokedAgain, batch.records.head)
  sim.at(sim.nowUs + backoffUs(batch.tries), node, EVENT.retry, batch.id, batch.tries)
}

/** The records are skipped: they go to the bucket as they came, with the reason. */
function giveUp(sim: Simulation, node: number, batch: Batch, reason: Reason): void {
  count(sim, node, 'notTransformed', batch.records.count)
  const { lambda } = batch
  batch.problem = Object.freeze({ ...reason, attempts: batch.tries, lambda, endedUs: sim.nowUs })
  toBackup(sim, node, batch, PROCESSING_FAILED)
}

/** What CloudWatch Logs calls it. */
function problemOf(sim: Simulation, call: number): Reason {
  if (sim.world.calls.code[call] === CODE.ok) {
    return {
      code: 'Lambda.FunctionError',
      message: 'The Lambda function was successfully invoked but it returned an error result.',
    }
  }
  const { code, message } = sim.errorOf(call)!
  return { code: PROBLEMS[code] ?? `Lambda.${code}`, message }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  TooManyRequestsException: 'Lambda.InvokeLimitExceeded',
  ResourceNotFoundException: 'Lambda.ResourceNotFound',
}
