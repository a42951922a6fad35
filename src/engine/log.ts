/**
 * The API log: one row a call, with the messages that rode on it, and one a piece of news (a
 * visibility timeout that ended, a message that expired). Two rings of numbers, each row in one piece;
 * JSON is made when somebody looks. A record of the run, not part of the world, except for its running hash.
 */
import { fnvMixWord } from '../base/hash.ts'
import type { SimUs } from '../base/units.ts'
import { CODE, FIRST_ERROR, ITEMS_PER_CALL, OUTSIDE, type OutsideCall } from './calls.ts'
import type { Content } from './messages.ts'
import { closeWindow, createWindow, moveWindow, oldestIn, type Window } from './window.ts'
import type { World } from './world.ts'

const ROWS = 1 << 16
const ITEMS = 1 << 17
/** Each item may be of another message. */
const WORDS = ITEMS
const TICKETS_KEPT = 256

/** What a row is made of: whole numbers, and doubles. */
const ROW_INTS = 4
/** Of caller and service, 16 bits each. */
const ROUTE = 0
const TOKEN = 1
const OPERATION = 2
/** How many items, and above 16 bits the result. */
const OUTCOME = 3
const ROW_DOUBLES = 5
const AT_US = 0
const ARG = 1
const ARG2 = 2
const ARG3 = 3
const FIRST_ITEM = 4

/** And one of its items. */
const ITEM_INTS = 5
const MESSAGE = 0
const ORDINAL = 1
/** 16 bits each. */
const RECIPE_AND_RECEIVES = 2
const ITEM_RESULT = 3
const SLOT = 4
const ITEM_DOUBLES = 2
const RECEIPT = 0
const SENT_US = 1

export interface ApiLog {
  /** Rows ever written; row n stands at n & (ROWS - 1). */
  rows: number
  items: number
  /** Which of each are there, once the run has gone to another moment (see window.ts). */
  readonly rowWindow: Window
  readonly itemWindow: Window
  readonly rowInts: Int32Array
  readonly rowDoubles: Float64Array
  readonly itemInts: Int32Array
  readonly itemDoubles: Float64Array
  /** What outside callers sent and got lately: that of row n stands at n & (TICKETS_KEPT - 1). */
  readonly tickets: (OutsideCall | undefined)[]
  /** Of which row each of them is. */
  readonly ticketRows: Float64Array
  /** The same by row, for as long as the row is there, of rows that are nothing without it. */
  readonly named: Map<number, OutsideCall>
  /** What messages say that have words of their own: that of serial n at n & (WORDS - 1). None as long as there are none. */
  words: (Content | undefined)[]
  /** Of which message each of them is. */
  readonly wordSerials: Uint32Array
}

/** A row as it is read. */
export interface LoggedRow {
  readonly atUs: SimUs
  readonly from: number
  readonly to: number
  readonly token: number
  /** Index into the service's operations, NAMED, or NEWS - (index of the news). */
  readonly operation: number
  readonly code: number
  readonly arg: number
  readonly arg2: number
  readonly arg3: number
  /** First item's serial and how many. */
  readonly firstItem: number
  readonly itemCount: number
}

export interface LoggedItem {
  readonly message: number
  /** 0 = words of its own, or none that are known. */
  readonly recipe: number
  /** Of the recipe; without one, the serial of the message that it is a copy of, or its own. */
  readonly ordinal: number
  readonly receives: number
  readonly code: number
  /** The slot it had; another message may be there by now. */
  readonly slot: number
  readonly receipt: number
  readonly sentUs: SimUs
}

/** `operation` of rows whose outside caller's ticket tells the rest. */
export const NAMED = 1 << 20

/** `operation` of news rows is NEWS - index. */
export const NEWS = -1

export const createLog = (): ApiLog => ({
  rows: 0,
  items: 0,
  rowWindow: createWindow(ROWS),
  itemWindow: createWindow(ITEMS),
  rowInts: new Int32Array(ROWS * ROW_INTS),
  rowDoubles: new Float64Array(ROWS * ROW_DOUBLES),
  itemInts: new Int32Array(ITEMS * ITEM_INTS),
  itemDoubles: new Float64Array(ITEMS * ITEM_DOUBLES),
  tickets: Array.from({ length: TICKETS_KEPT }, () => undefined),
  ticketRows: new Float64Array(TICKETS_KEPT).fill(-1),
  named: new Map(),
  words: [],
  wordSerials: new Uint32Array(WORDS),
})

/** Writes an answered call, and mixes it into the running hash. */
export function logCall(log: ApiLog, world: World, call: number): void {
  const { calls } = world
  const row = beginRow(log, world)
  const ints = log.rowInts
  const doubles = log.rowDoubles
  const i = row * ROW_INTS
  const d = row * ROW_DOUBLES
  const route = routeOf(calls.from[call], calls.to[call])
  const operation = calls.operation[call]
  const code = calls.code[call]
  const count = calls.count[call]
  ints[i + ROUTE] = route
  ints[i + TOKEN] = calls.token[call]
  ints[i + OPERATION] = operation
  ints[i + OUTCOME] = (code << 16) | count
  doubles[d + ARG] = calls.arg[call]
  doubles[d + ARG2] = calls.arg2[call]
  doubles[d + ARG3] = calls.arg3[call]
  let hash = fnvMixWord(world.logHash, world.nowUs)
  hash = fnvMixWord(hash, route)
  hash = fnvMixWord(hash, (operation << 16) ^ (code << 4) ^ count)
  const first = call * ITEMS_PER_CALL
  for (let place = first; place < first + count; place++) {
    const { slots, serials, codes, receipts } = calls
    const message = logItem(log, world, slots[place], serials[place], codes[place], receipts[place])
    hash = fnvMixWord(hash, message)
  }
  world.logHash = hash | 0
  // Older rows are told from the columns, as those of actors are.
  if (calls.outside.length > 0) keepTicket(log, calls.outside[call])
}

function keepTicket(log: ApiLog, ticket: OutsideCall | undefined): void {
  if (!ticket) return
  const row = log.rows - 1
  log.tickets[row & (TICKETS_KEPT - 1)] = ticket
  log.ticketRows[row & (TICKETS_KEPT - 1)] = row
}

const routeOf = (from: number, to: number): number => (from << 16) | (to & 0xffff)

/**
 * Writes a call in AWS's JSON that was answered before the kind saw it, or that is about no node
 * (`node` -1); `from` is a node that asked, or OUTSIDE.
 */
export function logNamed(
  log: ApiLog,
  world: World,
  node: number,
  ticket: OutsideCall,
  from = OUTSIDE,
): void {
  const row = beginRow(log, world)
  const code = ticket.error ? FIRST_ERROR : CODE.ok
  fillRow(log, row, from, node, NAMED, code)
  log.named.set(log.rows - 1, ticket)
  let hash = fnvMixWord(world.logHash, world.nowUs)
  hash = fnvMixWord(hash, node)
  for (let n = 0; n < ticket.operation.length; n++) {
    hash = fnvMixWord(hash, ticket.operation.charCodeAt(n))
  }
  world.logHash = fnvMixWord(hash, code) | 0
}

/** Writes news about one message (or about none: slot -1). */
export function logNews(
  log: ApiLog,
  world: World,
  node: number,
  news: number,
  slot: number,
  known: number,
  token: number,
): void {
  const row = beginRow(log, world)
  fillRow(log, row, node, node, NEWS - news, CODE.ok)
  log.rowInts[row * ROW_INTS + TOKEN] = token
  let hash = fnvMixWord(world.logHash, world.nowUs)
  hash = fnvMixWord(hash, (node << 16) ^ news)
  if (slot >= 0) {
    log.rowInts[row * ROW_INTS + OUTCOME]++
    hash = fnvMixWord(hash, logItem(log, world, slot, known, CODE.ok, 0))
  }
  world.logHash = hash | 0
}

/** A row that was ever written, or null when the ring has moved on. */
export function readRow(log: ApiLog, row: number): LoggedRow | null {
  if (row >= log.rows || row < oldestRow(log)) return null
  const { rowInts: ints, rowDoubles: doubles } = log
  const i = (row & (ROWS - 1)) * ROW_INTS
  const d = (row & (ROWS - 1)) * ROW_DOUBLES
  return {
    atUs: doubles[d + AT_US],
    from: ints[i + ROUTE] >> 16,
    to: (ints[i + ROUTE] << 16) >> 16,
    token: ints[i + TOKEN],
    operation: ints[i + OPERATION],
    code: ints[i + OUTCOME] >> 16,
    arg: doubles[d + ARG],
    arg2: doubles[d + ARG2],
    arg3: doubles[d + ARG3],
    firstItem: doubles[d + FIRST_ITEM],
    itemCount: ints[i + OUTCOME] & 0xffff,
  }
}

/** All rows that are kept, the oldest first. Returns since when they are complete. */
export function eachRow(log: ApiLog, visit: (row: LoggedRow) => void): SimUs {
  const oldest = oldestRow(log)
  for (let row = oldest; row < log.rows; row++) visit(readRow(log, row)!)
  return oldest === 0 ? 0 : (readRow(log, oldest)?.atUs ?? 0)
}

/** One of a row's items by its serial, or null. */
export function readItem(log: ApiLog, serial: number): LoggedItem | null {
  if (serial < oldestItem(log)) return null
  const { itemInts: ints, itemDoubles: doubles } = log
  const i = (serial & (ITEMS - 1)) * ITEM_INTS
  const d = (serial & (ITEMS - 1)) * ITEM_DOUBLES
  return {
    message: ints[i + MESSAGE] >>> 0,
    recipe: ints[i + RECIPE_AND_RECEIVES] >>> 16,
    ordinal: ints[i + ORDINAL] >>> 0,
    receives: ints[i + RECIPE_AND_RECEIVES] & 0xffff,
    code: ints[i + ITEM_RESULT],
    slot: ints[i + SLOT],
    receipt: doubles[d + RECEIPT],
    sentUs: doubles[d + SENT_US],
  }
}

/** The items of a row that are still kept. */
export function itemsOf(
  log: ApiLog,
  { firstItem, itemCount }: Pick<LoggedRow, 'firstItem' | 'itemCount'>,
): LoggedItem[] {
  const items: LoggedItem[] = []
  for (let n = 0; n < itemCount; n++) {
    const item = readItem(log, firstItem + n)
    if (item) items.push(item)
  }
  return items
}

/** The words of a message that are not made by a recipe, while they are kept. */
export const wordsOf = (log: ApiLog, message: number): Content | undefined =>
  log.wordSerials[message & (WORDS - 1)] === message ? log.words[message & (WORDS - 1)] : undefined

/** What an outside caller sent and got, while it is kept. */
export function ticketOf(log: ApiLog, row: number): OutsideCall | undefined {
  const place = row & (TICKETS_KEPT - 1)
  const isKept = row >= log.rows - TICKETS_KEPT && log.ticketRows[place] === row
  return isKept ? log.tickets[place] : log.named.get(row)
}

/** Oldest row that can still be read. */
export const oldestRow = (log: ApiLog): number => oldestIn(log.rowWindow, log.rows)

const oldestItem = (log: ApiLog): number => oldestIn(log.itemWindow, log.items)

/** The run goes to where these many rows and items were written. */
export function moveLog(log: ApiLog, rows: number, items: number): void {
  moveWindow(log.rowWindow, log.rows, rows)
  moveWindow(log.itemWindow, log.items, items)
  log.rows = rows
  log.items = items
}

/** What comes after the present moment will be otherwise than was written. */
export function forgetLogAhead(log: ApiLog): void {
  closeWindow(log.rowWindow, log.rows)
  closeWindow(log.itemWindow, log.items)
  for (const row of log.named.keys()) if (row >= log.rows) log.named.delete(row)
  log.ticketRows.forEach((row, place) => {
    if (row < log.rows) return
    log.ticketRows[place] = -1
    log.tickets[place] = undefined
  })
}

/** Returns the place of a new row. */
function beginRow(log: ApiLog, world: World): number {
  if (log.named.size > 0) log.named.delete(log.rows - ROWS)
  const row = log.rows++ & (ROWS - 1)
  const d = row * ROW_DOUBLES
  log.rowDoubles[d + AT_US] = world.nowUs
  log.rowDoubles[d + FIRST_ITEM] = log.items
  return row
}

/** For rows that are not an actor's calls. */
function fillRow(
  log: ApiLog,
  row: number,
  from: number,
  to: number,
  operation: number,
  code: number,
): void {
  const i = row * ROW_INTS
  const d = row * ROW_DOUBLES
  log.rowInts[i + ROUTE] = routeOf(from, to)
  log.rowInts[i + TOKEN] = 0
  log.rowInts[i + OPERATION] = operation
  log.rowInts[i + OUTCOME] = code << 16
  log.rowDoubles.fill(0, d + ARG, d + ARG3 + 1)
}

/** Writes down a message, which may be gone when its serial is `known`. Returns its serial. */
function logItem(
  log: ApiLog,
  world: World,
  slot: number,
  known: number,
  code: number,
  receipt: number,
): number {
  const { messages } = world
  const item = log.items++ & (ITEMS - 1)
  const ints = log.itemInts
  const doubles = log.itemDoubles
  const i = item * ITEM_INTS
  const d = item * ITEM_DOUBLES
  ints[i + SLOT] = slot
  ints[i + ITEM_RESULT] = code
  doubles[d + RECEIPT] = receipt
  const serial = slot < 0 ? 0 : messages.serial[slot]
  if (slot < 0 || (known > 0 && serial !== known)) {
    ints[i + MESSAGE] = known
    ints[i + RECIPE_AND_RECEIVES] = 0
    doubles[d + SENT_US] = 0
    return known
  }
  const recipe = messages.recipe[slot]
  ints[i + MESSAGE] = serial
  // With words of its own there is nothing to count, but perhaps a message that it is a copy of.
  ints[i + ORDINAL] = recipe === 0 ? messages.origin[slot] : messages.ordinal[slot]
  ints[i + RECIPE_AND_RECEIVES] = (recipe << 16) | messages.receives[slot]
  doubles[d + SENT_US] = messages.sentUs[slot]
  if (recipe === 0) keepWords(log, serial, messages.literals[slot])
  return serial
}

/** Once a message, as most are in several rows. */
function keepWords(log: ApiLog, serial: number, content: Content | undefined): void {
  const { words, wordSerials } = log
  const place = serial & (WORDS - 1)
  if (!content || (wordSerials[place] === serial && words[place] === content)) return
  if (words.length === 0) log.words = Array.from({ length: WORDS }, () => undefined)
  wordSerials[place] = serial
  log.words[place] = content
}
