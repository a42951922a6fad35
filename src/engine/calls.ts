/**
 * Calls on their way, being answered, or on their way back. Actors and outside callers fill one in,
 * services answer it; at most ten messages ride on a call, as in AWS's batch operations. A large call
 * has the places of fifty in a row; records that are read in thousands ride as columns (`batches`).
 *
 * Whose a message is: on a call that carries its request, the caller's until the service answers it
 * with code ok (for the call and for that item), then the service's. A refused message is the
 * caller's again, to send once more or to release.
 */
import { grown, growColumns } from '../base/columns.ts'
import type { RecordBatch, RecordEvent } from './batch.ts'
import { pinMessage, unpinMessage, type MessageTable } from './messages.ts'

/** AWS's batch limit for SQS and SNS. */
export const ITEMS_PER_CALL = 10
/** What a large call takes: AWS's limit for Kinesis and Firehose. */
export const ITEMS_PER_LARGE_CALL = 500
const ROWS_PER_LARGE_CALL = ITEMS_PER_LARGE_CALL / ITEMS_PER_CALL

/** Result codes every service shares; a kind's own errors follow from FIRST_ERROR on. */
export const CODE = { ok: 0, gone: 1 } as const
export const FIRST_ERROR = 2

/** `Operation.carries` as a number. */
export const CARRIES = { nothing: 0, request: 1, answer: 2, reference: 3, records: 4 } as const

export interface CallTable {
  top: number
  freeHead: number
  /** Caller's node index, or OUTSIDE. */
  from: Int32Array
  to: Int32Array
  /** Index into the service's operations. */
  operation: Int32Array
  /** What it carries: one of CARRIES. */
  carries: Uint8Array
  /** Wire it travels on, or -1. */
  wire: Int32Array
  /** The caller's own number: a worker's slot, ... */
  token: Int32Array
  /** The operation's own numbers; see its docstring. */
  arg: Float64Array
  arg2: Float64Array
  arg3: Float64Array
  /** Result: CODE or the kind's error. */
  code: Int32Array
  /** Items in use. */
  count: Int32Array
  sentUs: Float64Array
  /** For a service that keeps calls waiting: neighbours in its list, when patience ends, heap place. */
  next: Int32Array
  prev: Int32Array
  dueUs: Float64Array
  dueSeq: Float64Array
  heapPlace: Int32Array
  /** ITEMS_PER_CALL places a call: message slots (or -1), their serials, receipts, result codes. */
  slots: Int32Array
  /** 0 = not said; tells a message from a later one in its slot. */
  serials: Uint32Array
  receipts: Float64Array
  codes: Int32Array
  /** The item's own `arg`, for batches whose entries differ; -1 = the call's. */
  itemArgs: Float64Array
  /**
   * What callers sent and get who speak AWS's JSON; by call index, empty as long as there are none.
   * An array, as a map takes longer for one entry than the call for all else.
   */
  outside: (OutsideCall | undefined)[]
  /** What answers bring whose operation carries records; by call index. */
  batches: Map<number, RecordBatch>
  /** What requests bring whose event is many records; by call index. */
  events: Map<number, RecordEvent>
  /** First rows of large calls, in use or free. */
  large: Set<number>
  largeFreeHead: number
}

/** A call in AWS's JSON: by the console, the endpoint, a test, or a part that asks (`Simulation.ask`). */
export interface OutsideCall {
  /** As the AWS CLI calls it: sqs. */
  readonly service: string
  /** AWS's name: SendMessage. */
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  /** Set when answered. */
  output?: unknown
  error?: ApiError
  /** Of an answer that streams: events that nobody has taken yet; `output` or `error` ends it. */
  events?: StreamEvent[]
  /** Entries of a batch that were refused before the service saw them, by index. */
  failures?: Readonly<Record<number, ApiError>>
}

/** One event of an answer that streams, as AWS's JSON. */
export interface StreamEvent {
  /** AWS's name: SubscribeToShardEvent. */
  readonly type: string
  readonly payload: unknown
}

/** AWS's way to say no. */
export interface ApiError {
  /** The JSON protocol's `__type` without prefix, e.g. QueueDoesNotExist. */
  readonly code: string
  /** What SDKs show as the code, where it differs (FACTS 1.2). */
  readonly legacyCode?: string
  readonly status: number
  readonly message: string
  /** Refused by a policy, not for want of room: drawn in a way of its own. */
  readonly isDenial?: true
}

/** What CODE.gone stands for where a kind does not say it better (`Behaviour.gone`). */
export const GONE: ApiError = {
  code: 'ResourceNotFoundException',
  status: 400,
  message: 'It was removed.',
}

/** `from` of a call that no node made. */
export const OUTSIDE = -1

export function createCalls(capacity = 64): CallTable {
  return {
    top: 0,
    freeHead: -1,
    from: new Int32Array(capacity),
    to: new Int32Array(capacity),
    operation: new Int32Array(capacity),
    carries: new Uint8Array(capacity),
    wire: new Int32Array(capacity),
    token: new Int32Array(capacity),
    arg: new Float64Array(capacity),
    arg2: new Float64Array(capacity),
    arg3: new Float64Array(capacity),
    code: new Int32Array(capacity),
    count: new Int32Array(capacity),
    sentUs: new Float64Array(capacity),
    next: new Int32Array(capacity),
    prev: new Int32Array(capacity),
    dueUs: new Float64Array(capacity),
    dueSeq: new Float64Array(capacity),
    heapPlace: new Int32Array(capacity),
    slots: new Int32Array(capacity * ITEMS_PER_CALL),
    serials: new Uint32Array(capacity * ITEMS_PER_CALL),
    receipts: new Float64Array(capacity * ITEMS_PER_CALL),
    codes: new Int32Array(capacity * ITEMS_PER_CALL),
    itemArgs: new Float64Array(capacity * ITEMS_PER_CALL),
    outside: [],
    batches: new Map(),
    events: new Map(),
    large: new Set(),
    largeFreeHead: -1,
  }
}

export function newCall(
  table: CallTable,
  from: number,
  to: number,
  operation: number,
  wire: number,
): number {
  let call = table.freeHead
  if (call >= 0) {
    table.freeHead = table.token[call]
  } else {
    call = table.top++
    if (call === table.from.length) grow(table)
    table.heapPlace[call] = -1
  }
  return begin(table, call, from, to, operation, wire)
}

/** A call with room for ITEMS_PER_LARGE_CALL; all else about it is as about others. */
export function newLargeCall(
  table: CallTable,
  from: number,
  to: number,
  operation: number,
  wire: number,
): number {
  let call = table.largeFreeHead
  if (call >= 0) {
    table.largeFreeHead = table.token[call]
  } else {
    call = table.top
    table.top += ROWS_PER_LARGE_CALL
    while (table.top > table.from.length) grow(table)
    table.heapPlace[call] = -1
    table.large.add(call)
  }
  return begin(table, call, from, to, operation, wire)
}

/** What it carries, when it is sent and its place in a list are left as they were: they are set before they are read. */
function begin(
  table: CallTable,
  call: number,
  from: number,
  to: number,
  operation: number,
  wire: number,
): number {
  table.from[call] = from
  table.to[call] = to
  table.operation[call] = operation
  table.wire[call] = wire
  table.token[call] = 0
  table.arg[call] = 0
  table.arg2[call] = 0
  table.arg3[call] = 0
  table.code[call] = CODE.ok
  table.count[call] = 0
  return call
}

/**
 * Puts a message on the call. Give its serial too when it is only referred to (a delete), as its
 * slot may hold another one when the call is read. Returns its place. Throws when the call is full.
 */
export function addItem(
  table: CallTable,
  call: number,
  slot: number,
  receipt: number,
  serial = 0,
): number {
  const item = table.count[call]++
  if (item >= ITEMS_PER_CALL && !hasRoom(table, call, item)) throw new Error('the call is full')
  const place = call * ITEMS_PER_CALL + item
  table.slots[place] = slot
  table.serials[place] = serial
  table.receipts[place] = receipt
  table.codes[place] = CODE.ok
  table.itemArgs[place] = -1
  return item
}

const hasRoom = (table: CallTable, call: number, item: number): boolean =>
  table.large.has(call) && item < ITEMS_PER_LARGE_CALL

/** The call's messages set out with its answer; `serials` says which they are. */
export function pinItems(table: CallTable, call: number, messages: MessageTable): void {
  const first = call * ITEMS_PER_CALL
  for (let place = first; place < first + table.count[call]; place++) {
    const slot = table.slots[place]
    table.serials[place] = messages.serial[slot]
    pinMessage(messages, slot)
  }
}

/** They have arrived. */
export function unpinItems(table: CallTable, call: number, messages: MessageTable): void {
  const first = call * ITEMS_PER_CALL
  for (let place = first; place < first + table.count[call]; place++) {
    unpinMessage(messages, table.slots[place])
  }
}

export function releaseCall(table: CallTable, call: number): void {
  if (call < table.outside.length) table.outside[call] = undefined
  if (table.batches.size > 0) table.batches.delete(call)
  if (table.events.size > 0) table.events.delete(call)
  if (table.large.size > 0 && table.large.has(call)) {
    table.token[call] = table.largeFreeHead
    table.largeFreeHead = call
    return
  }
  table.token[call] = table.freeHead
  table.freeHead = call
}

function grow(table: CallTable): void {
  const { slots, serials, receipts, codes, itemArgs } = table
  const capacity = table.from.length * 2
  const places = capacity * ITEMS_PER_CALL
  // Item columns are longer than the rest, so `growColumns` must not see them.
  Object.assign(table, NO_ITEMS)
  growColumns(table, capacity)
  table.slots = grown(slots, places)
  table.serials = grown(serials, places)
  table.receipts = grown(receipts, places)
  table.codes = grown(codes, places)
  table.itemArgs = grown(itemArgs, places)
}

const NO_ITEMS = {
  slots: new Int32Array(0),
  serials: new Uint32Array(0),
  receipts: new Float64Array(0),
  codes: new Int32Array(0),
  itemArgs: new Float64Array(0),
}
