/**
 * Invoke: its one item is the payload, unless it is about records (`../transform.ts`). `arg2` is 1 for
 * RequestResponse (the answer waits for the end of the execution), 0 for Event, and TRANSFORM or DELIVER
 * for records; `arg3` of an answered one is 1 when the function has failed, more when it changed records.
 */
import { counted } from '../../base/format.ts'
import { utf8Length } from '../../base/utf8.ts'
import type { CallView, Operation } from '../../engine/behaviour.ts'
import { CODE, ITEMS_PER_CALL, OUTSIDE, addItem } from '../../engine/calls.ts'
import { newLiteralMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { Refusal, reading } from '../refusal.ts'
import { PAYLOAD_BYTES, eventJson, isAboutRecords, recordsOn, returnedJson } from '../transform.ts'
import { accept } from './asynchronous.ts'
import { count } from './books.ts'
import { invalidParameter, tooLarge } from './errors.ts'
import { execute } from './execution.ts'
import { itemOf } from './items.ts'
import { REPORTS, stateOf, type Result } from './state.ts'
import { beginTransform, changedWords } from './transform.ts'

/** FACTS 7: of an asynchronous invocation, since October 2025. */
const ASYNC_BYTES = 1_048_576

export const invoke: Operation = {
  name: 'Invoke',
  carries: 'request',
  run(sim, node, call) {
    const { calls, wires } = sim.world
    const wire = calls.wire[call]
    const records = recordsOn(sim, call)
    if (records) {
      beginTransform(sim, node, call, records)
      return
    }
    if (calls.from[call] !== OUTSIDE && !calls.outside[call]) {
      calls.arg2[call] =
        wire >= 0 && wires[wire].config.InvocationType === 'RequestResponse' ? 1 : 0
    }
    calls.arg3[call] = 0
    if (calls.arg2[call] === 0) accept(sim, node, call)
    else begin(sim, node, call)
  },
  request: (sim, node, call) => ({
    FunctionName: sim.world.nodes[node].name,
    InvocationType: call.arg2 === 0 ? 'Event' : 'RequestResponse',
    Payload: isAboutRecords(call.arg2) ? eventJson(sim, call) : (call.items[0]?.content.body ?? ''),
  }),
  response: (sim, _node, call) =>
    call.arg2 === 0
      ? { StatusCode: 202, Payload: '' }
      : {
          StatusCode: 200,
          ...(call.arg3 === 1 && { FunctionError: 'Unhandled' }),
          Payload: payloadOf(sim, call),
          ExecutedVersion: '$LATEST',
        },
  gist: (_sim, call) => ({ input: gistOf(call), output: call.arg3 === 1 ? 'Unhandled' : '' }),
  parse: (sim, _node, call, input) =>
    reading(() => {
      const { InvocationType = 'RequestResponse', Payload = '' } = input
      if (typeof Payload !== 'string') throw new Refusal(invalidParameter('Payload is no text.'))
      const isSync = InvocationType === 'RequestResponse'
      if (!isSync && InvocationType !== 'Event') {
        throw new Refusal(
          invalidParameter(
            `1 validation error detected: Value '${String(InvocationType)}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse]`,
          ),
        )
      }
      const bytes = utf8Length(Payload)
      const limit = isSync ? PAYLOAD_BYTES : ASYNC_BYTES
      if (bytes > limit) throw new Refusal(tooLarge(limit))
      const { calls, messages } = sim.world
      const content = { body: Payload, attributes: {} }
      addItem(calls, call, newLiteralMessage(messages, content, bytes, 0), 0)
      calls.arg2[call] = isSync ? 1 : 0
    }),
}

/** What a failed function returns in place of its result. */
const FAILURE = JSON.stringify({
  errorMessage: 'The record could not be processed.',
  errorType: 'Error',
})

function payloadOf(sim: Simulation, call: CallView): unknown {
  if (call.arg3 === 1) return FAILURE
  return isAboutRecords(call.arg2)
    ? returnedJson(sim, call, (content) => changedWords(sim, call.arg3, content))
    : 'null'
}

function gistOf({ arg, arg2, items: [item] }: CallView): string {
  if (isAboutRecords(arg2)) return counted(arg, 'record')
  return `${item ? `m-${item.message}` : ''}${arg2 === 1 ? '' : ', Event'}`
}

/** Synchronous: the caller waits. */
function begin(sim: Simulation, node: number, call: number): void {
  const { calls, messages } = sim.world
  const slot = calls.slots[call * ITEMS_PER_CALL]
  const refusal = execute(sim, node, { type: 'call', call }, [itemOf(sim, slot)], REPORTS.none)
  if (refusal !== 0) {
    sim.answer(call, refusal)
    return
  }
  messages.node[slot] = node
  count(sim, node, 'received')
}

/** The execution is over. A function error is an answer too: the payload was the function's. */
export function callFinished(sim: Simulation, node: number, call: number, { isOk }: Result): void {
  const { calls } = sim.world
  const slot = calls.slots[call * ITEMS_PER_CALL]
  calls.arg3[call] = isOk ? 0 : 1
  sim.answer(call, CODE.ok)
  workedForNobody(sim, node, slot, { isOk })
}

/** The payload is done with, and nobody waits for an answer any more. */
export function workedForNobody(
  sim: Simulation,
  node: number,
  slot: number,
  { isOk }: Pick<Result, 'isOk'>,
): void {
  count(sim, node, isOk ? 'processed' : 'failed')
  if (!isOk) sim.mark(node, 'lost', sim.world.messages.serial[slot])
  sim.release(slot)
}

/** The caller went away: the function works on, as at AWS. */
export function hungUp(sim: Simulation, node: number, call: number): void {
  const slot = sim.world.calls.slots[call * ITEMS_PER_CALL]
  const { runs } = stateOf(sim, node)
  const run = runs.find(({ owner }) => owner.type === 'call' && owner.call === call)
  if (run) run.owner = { type: 'nobody', slot }
}
