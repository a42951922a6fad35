/**
 * How services have a function look at many records: a delivery stream has it transform them (FACTS 8),
 * an SQL application delivers results to it (FACTS 9). One synchronous Invoke whose event is the records,
 * in columns, and whose answer tells what became of each. The call's items refer to the first of them,
 * for the wire and the log; all of them stay the caller's.
 */
import { toBase64 } from '../base/base64.ts'
import type { RecordColumns, RecordEvent, ReturnedRecords } from '../engine/batch.ts'
import type { CallView } from '../engine/behaviour.ts'
import { ITEMS_PER_CALL, ITEMS_PER_LARGE_CALL, addItem } from '../engine/calls.ts'
import { largeCall } from '../engine/large.ts'
import type { Content } from '../engine/messages.ts'
import type { Simulation } from '../engine/simulation.ts'
import { REGION, arn, epochMs } from './aws.ts'

/** What the function says of a record: Ok, Dropped or ProcessingFailed; of a result Ok or DeliveryFailed. */
export const TRANSFORMED = { ok: 0, dropped: 1, failed: 2 } as const
const WORDS = ['Ok', 'Dropped', 'ProcessingFailed']

/** `arg2` of such an Invoke; `arg` is how many records there are. */
export const TRANSFORM = 2
export const DELIVER = 3
export type Purpose = typeof TRANSFORM | typeof DELIVER

export const isAboutRecords = (arg2: number): boolean => arg2 === TRANSFORM || arg2 === DELIVER

/** FACTS 8: of a synchronous invocation's request, and of its response. */
export const PAYLOAD_BYTES = 6_291_556

/** As Base64, which is how records are in an event. */
export const base64Bytes = (bytes: number): number => 4 * Math.ceil(bytes / 3)

/** Sends records along a wire, to be transformed or delivered. Returns the call. */
export function askAboutRecords(
  sim: Simulation,
  from: number,
  to: number,
  wire: number,
  slots: readonly number[],
  purpose: Purpose,
): number {
  const { calls, messages } = sim.world
  const call = largeCall(sim, from, to, sim.operationIndex(to, 'Invoke'), wire)
  calls.arg[call] = slots.length
  calls.arg2[call] = purpose
  for (const slot of slots.slice(0, ITEMS_PER_LARGE_CALL)) {
    addItem(calls, call, slot, 0, messages.serial[slot])
  }
  calls.events.set(call, Object.freeze({ records: columnsOf(sim, slots), returned: null }))
  sim.send(call)
  return call
}

function columnsOf(sim: Simulation, slots: readonly number[]): RecordColumns {
  const { messages } = sim.world
  const count = slots.length
  const literals = new Map<number, Content>()
  const columns = {
    count,
    serials: new Uint32Array(count),
    recipes: new Uint16Array(count),
    ordinals: new Uint32Array(count),
    literals,
    sizesBytes: new Uint32Array(count),
    hues: new Uint16Array(count),
    arrivedUs: new Float64Array(count),
  }
  for (let n = 0; n < count; n++) {
    const slot = slots[n]
    columns.serials[n] = messages.origin[slot]
    columns.recipes[n] = messages.recipe[slot]
    columns.ordinals[n] = messages.ordinal[slot]
    columns.sizesBytes[n] = messages.sizeBytes[slot]
    columns.hues[n] = messages.hue[slot]
    columns.arrivedUs[n] = messages.enteredUs[slot]
    const literal = messages.literals[slot]
    if (literal) literals.set(n, literal)
  }
  return Object.freeze(columns)
}

/** The records that a call is about; undefined for other calls. */
export const recordsOn = (sim: Simulation, call: number): RecordColumns | undefined =>
  sim.world.calls.events.get(call)?.records

/** Puts what the function returned on the call; `answer` it then. An item's receipt is its result. */
export function returnTransformed(sim: Simulation, call: number, returned: ReturnedRecords): void {
  const { calls } = sim.world
  const { records } = calls.events.get(call)!
  calls.events.set(call, Object.freeze({ records, returned: Object.freeze(returned) }))
  const first = call * ITEMS_PER_CALL
  for (let n = 0; n < calls.count[call]; n++) calls.receipts[first + n] = returned.results[n]
}

/** What the function returned; null when it returned nothing of use: refused, timed out, failed. */
export const transformedBy = (sim: Simulation, call: number): RecordEvent['returned'] =>
  sim.world.calls.events.get(call)?.returned ?? null

/** The event in AWS's JSON, with the records that the log knows. */
export function eventJson(sim: Simulation, { arg2, from, items }: CallView) {
  const { name } = sim.world.nodes[from]
  const invocationId = sim.messageId(items[0].message)
  if (arg2 === DELIVER) {
    return {
      invocationId,
      applicationArn: arn('kinesisanalytics', `application/${name}`),
      records: items.map(({ message, content }) => ({
        recordId: recordId(sim, message),
        data: base64(content.body),
      })),
    }
  }
  return {
    invocationId,
    deliveryStreamArn: arn('firehose', `deliverystream/${name}`),
    region: REGION,
    records: items.map(({ message, content, sentUs }) => ({
      recordId: recordId(sim, message),
      approximateArrivalTimestamp: epochMs(sentUs),
      data: base64(content.body),
    })),
  }
}

/** And what the function returned. @param wordsOf what it made of a record that is Ok */
export const returnedJson = (
  sim: Simulation,
  { arg2, items }: CallView,
  wordsOf: (content: Content) => Content,
) => ({
  records: items.map(({ message, content, receipt }) => {
    const isOk = receipt === TRANSFORMED.ok
    return {
      recordId: recordId(sim, message),
      result: arg2 === DELIVER && !isOk ? 'DeliveryFailed' : WORDS[receipt],
      ...(arg2 === TRANSFORM && isOk && { data: base64(wordsOf(content).body) }),
    }
  }),
})

const recordId = (sim: Simulation, message: number): string => `${sim.messageId(message)}000000`

const base64 = (text: string): string => toBase64(new TextEncoder().encode(text))
