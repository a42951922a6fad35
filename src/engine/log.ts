/**
 * The API log: one row a call, with the messages that rode on it, and one a piece of news (a
 * visibility timeout that ended, a message that expired). Two rings of columns; JSON is made when
 * somebody looks. A record of the run, not part of the world, except for its running hash.
 */
import { fnvMix, fnvMixWord } from '../base/hash.ts'
import type { SimUs } from '../base/units.ts'
import {
  CODE,
  FIRST_ERROR,
  ITEMS_PER_CALL,
  OUTSIDE,
  type CallTable,
  type OutsideCall,
} from './calls.ts'
import type { Content, MessageTable } from './messages.ts'

const ROWS = 1 << 16
const ITEMS = 1 << 17
const TICKETS_KEPT = 256

export interface ApiLog {
  /** Rows ever written; row n stands at n & (ROWS - 1). */
  rows: number
  items: number
  atUs: Float64Array
  from: Int32Array
  to: Int32Array
  token: Int32Array
  /** Index into the service's operations, NAMED, or NEWS - (index of the news). */
  operation: Int32Array
  code: Int32Array
  arg: Float64Array
  arg2: Float64Array
  arg3: Float64Array
  /** First item's serial and how many. */
  itemStart: Float64Array
  itemCount: Uint8Array
  /** Per item. */
  message: Uint32Array
  recipe: Uint16Array
  ordinal: Uint32Array
  receives: Uint16Array
  receipt: Float64Array
  sentUs: Float64Array
  itemCode: Int32Array
  /** The slot it had; another message may be there by now. */
  slot: Int32Array
  /** By row: what outside callers sent and got. By item: messages with words of their own. */
  outside: Map<number, OutsideCall>
  literals: Map<number, Content>
}

/** `operation` of rows whose outside caller's ticket tells the rest. */
export const NAMED = 1 << 20

/** `operation` of news rows is NEWS - index. */
export const NEWS = -1

export const createLog = (): ApiLog => ({
  rows: 0,
  items: 0,
  atUs: new Float64Array(ROWS),
  from: new Int32Array(ROWS),
  to: new Int32Array(ROWS),
  token: new Int32Array(ROWS),
  operation: new Int32Array(ROWS),
  code: new Int32Array(ROWS),
  arg: new Float64Array(ROWS),
  arg2: new Float64Array(ROWS),
  arg3: new Float64Array(ROWS),
  itemStart: new Float64Array(ROWS),
  itemCount: new Uint8Array(ROWS),
  message: new Uint32Array(ITEMS),
  recipe: new Uint16Array(ITEMS),
  ordinal: new Uint32Array(ITEMS),
  receives: new Uint16Array(ITEMS),
  receipt: new Float64Array(ITEMS),
  sentUs: new Float64Array(ITEMS),
  itemCode: new Int32Array(ITEMS),
  slot: new Int32Array(ITEMS),
  outside: new Map(),
  literals: new Map(),
})

/** Writes an answered call. Returns the new running hash. */
export function logCall(
  log: ApiLog,
  hash: number,
  nowUs: SimUs,
  calls: CallTable,
  call: number,
  messages: MessageTable,
): number {
  const row = beginRow(log, nowUs, calls.from[call], calls.to[call], calls.operation[call])
  log.token[row] = calls.token[call]
  log.code[row] = calls.code[call]
  log.arg[row] = calls.arg[call]
  log.arg2[row] = calls.arg2[call]
  log.arg3[row] = calls.arg3[call]
  const count = calls.count[call]
  log.itemCount[row] = count
  let mixed = fnvMix(hash, nowUs)
  mixed = fnvMixWord(mixed, (calls.from[call] << 16) + calls.to[call])
  mixed = fnvMixWord(mixed, (calls.operation[call] << 16) + (calls.code[call] << 4) + count)
  const first = call * ITEMS_PER_CALL
  for (let place = first; place < first + count; place++) {
    const item = logItem(
      log,
      calls.slots[place],
      calls.serials[place],
      calls.receipts[place],
      calls.codes[place],
      messages,
    )
    mixed = fnvMixWord(mixed, log.message[item])
  }
  const outside = calls.outside.size > 0 ? calls.outside.get(call) : undefined
  if (outside) log.outside.set(log.rows - 1, outside)
  return mixed
}

/**
 * Writes a call from outside that was answered before it reached a node, or that is about none
 * (`node` -1). Returns the new running hash.
 */
export function logNamed(
  log: ApiLog,
  hash: number,
  nowUs: SimUs,
  node: number,
  ticket: OutsideCall,
): number {
  const row = beginRow(log, nowUs, OUTSIDE, node, NAMED)
  clearRow(log, row)
  log.code[row] = ticket.error ? FIRST_ERROR : CODE.ok
  log.outside.set(log.rows - 1, ticket)
  let mixed = fnvMix(hash, nowUs)
  mixed = fnvMix(mixed, node)
  for (let n = 0; n < ticket.operation.length; n++) {
    mixed = fnvMix(mixed, ticket.operation.charCodeAt(n))
  }
  return fnvMix(mixed, log.code[row])
}

/** Writes news about one message (or about none: slot -1). Returns the new running hash. */
export function logNews(
  log: ApiLog,
  hash: number,
  nowUs: SimUs,
  node: number,
  news: number,
  slot: number,
  messages: MessageTable,
): number {
  const row = beginRow(log, nowUs, node, node, NEWS - news)
  clearRow(log, row)
  let mixed = fnvMix(hash, nowUs)
  mixed = fnvMix(mixed, node * 65_536 + news)
  if (slot >= 0) {
    log.itemCount[row] = 1
    const item = logItem(log, slot, 0, 0, 0, messages)
    mixed = fnvMixWord(mixed, log.message[item])
  }
  return mixed
}

/** Index in the columns of a row that was ever written, or -1 when the ring has moved on. */
export const rowPlace = (log: ApiLog, row: number): number =>
  row < 0 || row >= log.rows || row < log.rows - ROWS ? -1 : row & (ROWS - 1)

/** Index in the item columns, or -1. */
export const itemPlace = (log: ApiLog, item: number): number =>
  item < log.items - ITEMS ? -1 : item & (ITEMS - 1)

/** Oldest row that can still be read. */
export const oldestRow = (log: ApiLog): number => Math.max(0, log.rows - ROWS)

/**
 * What outside callers sent and got is kept whole for a while; older rows are told from the columns,
 * as those of actors are. Only rows that are nothing without their ticket keep it to the end.
 */
function forgetTickets(log: ApiLog): void {
  const aged = log.rows - TICKETS_KEPT
  if (aged >= 0 && log.operation[aged & (ROWS - 1)] !== NAMED) log.outside.delete(aged)
  log.outside.delete(log.rows - ROWS)
}

function beginRow(log: ApiLog, nowUs: SimUs, from: number, to: number, operation: number): number {
  if (log.outside.size > 0) forgetTickets(log)
  const row = log.rows++ & (ROWS - 1)
  log.atUs[row] = nowUs
  log.from[row] = from
  log.to[row] = to
  log.operation[row] = operation
  log.itemStart[row] = log.items
  return row
}

/** For rows that are not calls: what else a row says. */
function clearRow(log: ApiLog, row: number): void {
  log.token[row] = 0
  log.code[row] = 0
  log.arg[row] = 0
  log.arg2[row] = 0
  log.arg3[row] = 0
  log.itemCount[row] = 0
}

function logItem(
  log: ApiLog,
  slot: number,
  knownSerial: number,
  receipt: number,
  code: number,
  messages: MessageTable,
): number {
  if (log.literals.size > 0) log.literals.delete(log.items - ITEMS)
  const serial = log.items++
  const item = serial & (ITEMS - 1)
  log.receipt[item] = receipt
  log.itemCode[item] = code
  log.slot[item] = slot
  if (slot < 0 || (knownSerial > 0 && messages.serial[slot] !== knownSerial)) {
    log.message[item] = knownSerial
    log.recipe[item] = 0
    log.receives[item] = 0
    log.sentUs[item] = 0
    return item
  }
  log.message[item] = messages.serial[slot]
  log.recipe[item] = messages.recipe[slot]
  log.ordinal[item] = messages.ordinal[slot]
  log.receives[item] = messages.receives[slot]
  log.sentUs[item] = messages.sentUs[slot]
  if (messages.recipe[slot] === 0) {
    const content = messages.literals.get(slot)
    if (content) log.literals.set(serial, content)
  }
  return item
}
