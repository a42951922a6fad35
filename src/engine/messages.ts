/**
 * Every message in the world, in one table of columns. A message keeps its slot from the moment a
 * producer makes it until it is deleted, expires or is lost; queues are linked lists through the
 * table. Hot fields only: bodies are either a pure function of (recipe, ordinal) or, when somebody
 * typed them, kept in `literals`. About 100 bytes a message.
 */
import { growColumns } from '../base/columns.ts'
import type { SimUs } from '../base/units.ts'
import type { RecordColumns } from './batch.ts'

export interface MessageAttribute {
  readonly DataType: string
  readonly StringValue?: string
  /** Base64. */
  readonly BinaryValue?: string
}

/** What a message says. Immutable; snapshots share it. */
export interface Content {
  readonly body: string
  readonly attributes: Readonly<Record<string, MessageAttribute>>
  /** AWSTraceHeader only (FACTS 1.3). */
  readonly systemAttributes?: Readonly<Record<string, MessageAttribute>>
  readonly groupId?: string
  readonly deduplicationId?: string
  /** The body is Base64 of bytes that are no text. */
  readonly isBase64?: boolean
  /** Of a message for a topic: its subject, and whether the body says what each protocol gets (FACTS 3.2). */
  readonly subject?: string
  readonly perProtocol?: boolean
  /** Of a request to a web server, or of an e-mail (FACTS 4.1). */
  readonly headers?: Readonly<Record<string, string>>
  /** Of a record for a stream (FACTS 5). */
  readonly partitionKey?: string
  readonly explicitHashKey?: string
  /** The user records that a record of the KPL stands for (FACTS 6.8). Frozen. */
  readonly userRecords?: RecordColumns
}

export const MESSAGE_STATE = {
  free: 0,
  /** On a wire, or held by its sender. */
  travelling: 1,
  visible: 2,
  inFlight: 3,
  delayed: 4,
} as const

export interface MessageTable {
  /** Slots in use are below this. */
  top: number
  freeHead: number
  /** Messages that exist now. */
  live: number
  nextSerial: number
  /** By slot: words that no recipe makes. */
  literals: (Content | undefined)[]
  /** The name people see: m-1042. Never used twice in a run. */
  serial: Uint32Array
  /** Serial of the message this one is a copy of, or its own. */
  origin: Uint32Array
  /** Index into `World.recipes`; 0 = literal. */
  recipe: Uint16Array
  ordinal: Uint32Array
  /** Body plus attributes (FACTS 1.3), bytes. */
  sizeBytes: Uint32Array
  hue: Uint16Array
  state: Uint8Array
  /** The owning kind's own bits. */
  flags: Uint8Array
  receives: Uint16Array
  /** Answers on their way that carry it; its slot is not used again before they have arrived. */
  pins: Uint8Array
  /** Index of the node that holds it, or -1. */
  node: Int32Array
  /** When the first message of its line was first sent: copies and results keep it. -1 = not yet. */
  beganUs: Float64Array
  /** Enqueue time; retention counts from here. */
  sentUs: Float64Array
  /** 0 = never received. */
  firstReceivedUs: Float64Array
  /** End of the delay or of the visibility timeout. */
  dueUs: Float64Array
  dueSeq: Float64Array
  /** When it came to the node it is in (differs from sentUs in a dead-letter queue). */
  enteredUs: Float64Array
  /** When it was received last. */
  receivedUs: Float64Array
  /** The newest receipt; a handle is valid while it equals this. 0 = none. */
  receipt: Float64Array
  /** Neighbours in the list of its state, -1 at the ends. Also the free list. */
  next: Int32Array
  prev: Int32Array
  /** Neighbours in the list of arrival: the next message it is older than, newer than; -1 at the ends. */
  olderThan: Int32Array
  newerThan: Int32Array
  /** Place in a retention heap, -1 when in none. */
  retentionPlace: Int32Array
  /** Place in a timer heap, -1 when in none. */
  heapPlace: Int32Array
  /** The owning kind's own index (a FIFO group, ...). */
  group: Int32Array
  /** The owning kind's own order of its messages (a FIFO queue's sequence), 0 = none. */
  sequence: Float64Array
  /** Index + 1 of the node that dead-lettered it; 0 = none. */
  deadLetterSource: Uint16Array
}

export function createMessages(capacity = 256): MessageTable {
  return {
    top: 0,
    freeHead: -1,
    live: 0,
    nextSerial: 1,
    literals: [],
    serial: new Uint32Array(capacity),
    origin: new Uint32Array(capacity),
    recipe: new Uint16Array(capacity),
    ordinal: new Uint32Array(capacity),
    sizeBytes: new Uint32Array(capacity),
    hue: new Uint16Array(capacity),
    state: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
    receives: new Uint16Array(capacity),
    pins: new Uint8Array(capacity),
    node: new Int32Array(capacity),
    beganUs: new Float64Array(capacity),
    sentUs: new Float64Array(capacity),
    firstReceivedUs: new Float64Array(capacity),
    dueUs: new Float64Array(capacity),
    dueSeq: new Float64Array(capacity),
    enteredUs: new Float64Array(capacity),
    receivedUs: new Float64Array(capacity),
    receipt: new Float64Array(capacity),
    next: new Int32Array(capacity),
    prev: new Int32Array(capacity),
    olderThan: new Int32Array(capacity),
    newerThan: new Int32Array(capacity),
    retentionPlace: new Int32Array(capacity),
    heapPlace: new Int32Array(capacity),
    group: new Int32Array(capacity),
    sequence: new Float64Array(capacity),
    deadLetterSource: new Uint16Array(capacity),
  }
}

/** A new travelling message; every column is set, so that equal worlds are equal byte for byte. */
export function newMessage(
  table: MessageTable,
  recipe: number,
  ordinal: number,
  sizeBytes: number,
  hue: number,
): number {
  let slot = table.freeHead
  if (slot >= 0) {
    table.freeHead = table.next[slot]
  } else {
    slot = table.top++
    if (slot === table.serial.length) growColumns(table, Math.ceil(slot * 1.5))
  }
  const serial = table.nextSerial++
  table.live++
  table.serial[slot] = serial
  table.origin[slot] = serial
  table.recipe[slot] = recipe
  table.ordinal[slot] = ordinal
  table.sizeBytes[slot] = sizeBytes
  table.hue[slot] = hue
  table.state[slot] = MESSAGE_STATE.travelling
  table.flags[slot] = 0
  table.receives[slot] = 0
  table.pins[slot] = 0
  table.node[slot] = -1
  table.beganUs[slot] = -1
  table.sentUs[slot] = 0
  table.firstReceivedUs[slot] = 0
  table.dueUs[slot] = 0
  table.dueSeq[slot] = 0
  table.enteredUs[slot] = 0
  table.receivedUs[slot] = 0
  table.receipt[slot] = 0
  table.next[slot] = -1
  table.prev[slot] = -1
  table.olderThan[slot] = -1
  table.newerThan[slot] = -1
  table.retentionPlace[slot] = -1
  table.heapPlace[slot] = -1
  table.group[slot] = -1
  table.sequence[slot] = 0
  table.deadLetterSource[slot] = 0
  return slot
}

/** A new message with words of its own (console, endpoint, recorded list). */
export function newLiteralMessage(
  table: MessageTable,
  content: Content,
  sizeBytes: number,
  hue: number,
): number {
  const slot = newMessage(table, 0, 0, sizeBytes, hue)
  table.literals[slot] = content
  return slot
}

/** A message that its holder has not sent yet says something else from now on. */
export function reword(
  table: MessageTable,
  slot: number,
  content: Content,
  sizeBytes: number,
): void {
  table.recipe[slot] = 0
  table.sizeBytes[slot] = sizeBytes
  table.literals[slot] = content
}

/** A copy with a serial of its own; `origin` tells where it came from. */
export function copyMessage(table: MessageTable, slot: number): number {
  const copy = newMessage(
    table,
    table.recipe[slot],
    table.ordinal[slot],
    table.sizeBytes[slot],
    table.hue[slot],
  )
  table.origin[copy] = table.origin[slot]
  table.beganUs[copy] = table.beganUs[slot]
  const content = table.literals[slot]
  if (content) table.literals[copy] = content
  return copy
}

/** The message is gone. Its holder must have unlinked it from every list first. */
export function releaseMessage(table: MessageTable, slot: number): void {
  table.state[slot] = MESSAGE_STATE.free
  table.serial[slot] = 0
  table.receipt[slot] = 0
  table.node[slot] = -1
  table.live--
  if (table.pins[slot] === 0) reuse(table, slot)
}

/**
 * An answer that carries the message sets out: even when the message is released meanwhile, its
 * words, origin and times can be read on arrival.
 */
export function pinMessage(table: MessageTable, slot: number): void {
  table.pins[slot]++
}

export function unpinMessage(table: MessageTable, slot: number): void {
  if (--table.pins[slot] === 0 && table.state[slot] === MESSAGE_STATE.free) reuse(table, slot)
}

function reuse(table: MessageTable, slot: number): void {
  if (slot < table.literals.length) table.literals[slot] = undefined
  table.next[slot] = table.freeHead
  table.freeHead = slot
}

/** Whether a slot still holds the message with this serial. */
export const holds = (table: MessageTable, slot: number, serial: number): boolean =>
  slot >= 0 && slot < table.top && table.serial[slot] === serial

/** When a message with this retention expires. */
export const expiresUs = (table: MessageTable, slot: number, retentionUs: SimUs): SimUs =>
  table.sentUs[slot] + retentionUs
