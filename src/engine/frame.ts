/** What leaves the engine for the screen: plain data and columns of numbers. */
import type { SimUs } from '../base/units.ts'
import type { NodeId } from '../scenario/scenario.ts'

/** What the screen needs to draw any moment of [fromUs, atUs]. Columns are transferred, not copied. */
export interface Frame {
  readonly fromUs: SimUs
  readonly atUs: SimUs
  readonly hops: HopColumns
  /** Nodes whose digest changed; absent when digests were not asked for. */
  readonly digests?: readonly NodeDigest[]
  /** Notable things since the last frame, for the timeline and the narration. */
  readonly marks: readonly Mark[]
  /** Events since the run began; the screen plots its growth as the timeline's density. */
  readonly events: number
  /** The agenda is empty: nothing will ever happen again without an intervention. */
  readonly idle: boolean
  /** A broken book: which node, which sum. The screen shows a report, not a picture. */
  readonly violation?: string
}

/** Every hop that overlaps the frame's span (at most HOPS_PER_FRAME; the rest is in `density`). */
export interface HopColumns {
  readonly count: number
  /** Index into the wires list of 'loaded' or 'intervened'. */
  readonly wire: Int32Array
  readonly departUs: Float64Array
  readonly arriveUs: Float64Array
  /** The message's serial number: m-1042. */
  readonly message: Float64Array
  /** Identity colour: 0 .. 65535, taken modulo the palette. */
  readonly hue: Uint16Array
  /** One of HOP_LOOK. */
  readonly look: Uint8Array
  /** Times received so far; the badge on the token. */
  readonly receives: Uint16Array
  /** Per wire (same index): how many hops were left out because the frame was full. Empty when none. */
  readonly density: Uint32Array
}
export const HOPS_PER_FRAME = 20_000

/** How a hop looks. Direction is part of the look: wires are walked backwards by answers to a poll, refusals and deletes. */
export const HOP_LOOK = {
  /** A message on its way forward along the wire. */
  message: 0,
  /** A message that may be a duplicate: the same message was delivered before. */
  again: 1,
  /** Refused (throttled, invalid, full): bounces back against the wire. */
  refused: 2,
  /** Walks the dashed redrive wire to the dead-letter queue. */
  deadLettered: 3,
  /** A small acknowledgement (DeleteMessage) against the wire. */
  ack: 4,
  /** A copy that a filter policy stops: goes as far as the gate at the wire's beginning, and fades. */
  filtered: 5,
  /** Refused because a policy does not let the caller: goes back against the wire. */
  denied: 6,
} as const

/** Something that happens at a node, not on a wire; also the timeline's marks. */
export interface Mark {
  readonly atUs: SimUs
  readonly node: NodeId
  readonly type: MarkType
  readonly message?: number
  readonly count: number
}
export type MarkType = NotableType | PassingType
/** What a caller outside the picture moves: there is no wire to draw it on, so it shows at the card. */
export type PassingType = 'arrived' | 'left' | 'acknowledged'
/** What is worth a mark on the timeline. */
export const NOTABLE_TYPES = [
  'deadLettered',
  'expired',
  'purged',
  'throttled',
  'denied',
  'duplicate',
  'lost',
  'crashed',
  'filtered',
  'alarm',
  'scaled',
  'edited',
] as const
export type NotableType = (typeof NOTABLE_TYPES)[number]

/** A mark that is on the timeline. */
export type Notable = Mark & { readonly type: NotableType }

/** Coming and going by calls from outside is what the density shows already. */
export const isNotable = <M extends { readonly type: MarkType }>(
  mark: M,
): mark is M & { readonly type: NotableType } =>
  mark.type !== 'arrived' && mark.type !== 'left' && mark.type !== 'acknowledged'

/** What a node's card shows; small, plain, sent only when changed. Each kind adds its own `facts`. */
export interface NodeDigest {
  readonly id: NodeId
  /** Rows of tokens painted into the card by the token layer. */
  readonly rows: readonly TokenRow[]
  /** Named figures: books, gauges, rates. Numbers only; times in microseconds end in `Us`. */
  readonly figures: Readonly<Record<string, number>>
  /** A few recent values for the spark line, newest last; empty when the kind has none. */
  readonly spark: readonly number[]
  /** The latest things that happened, in words, newest first; for cards that show what arrives. */
  readonly lines?: readonly string[]
  /** What is worth warning about now, in plain English; shown on the card and in Advice. */
  readonly advice: readonly string[]
  /** What is wrong with a setting and only shows while it runs, by the field's id; for the inspector. */
  readonly problems?: Readonly<Record<string, string>>
}

export interface TokenRow {
  /** Matches the card's row: 'visible', 'inFlight', 'delayed', 'workers', ... */
  readonly name: string
  /** How many there are; the picture shows `tokens` and "+ the rest". */
  readonly total: number
  readonly tokens: readonly Token[]
  /** Words beside a row that is not there for every part of its kind (a message group). */
  readonly label?: string
  /** How what the row stands for is, in a word: 'crashed'. */
  readonly state?: string
  /** Its first message is out: nothing more of it can be received, which a bar at the head shows. */
  readonly locked?: boolean
  /** A lane that things are appended to and read from, as a stream's shard: newest token first. */
  readonly lane?: Lane
}

export interface Lane {
  /** What part of the whole it takes (hash keys), as shares from 0 to 1. */
  readonly from: number
  readonly to: number
  /** Share of what it can take in a second that came in; more than 1 is refused. */
  readonly heat: number
  /** Something was refused within the last seconds. */
  readonly refuses: boolean
  /** Nothing is appended any more. */
  readonly closed: boolean
  /** Its parent's number in words: "from shard-0"; '' for a first one. */
  readonly origin: string
  /** Where readers are: how many cells wait for each (0 = none), and its colour. */
  readonly pins: readonly {
    readonly reader: string
    readonly cells: number
    readonly hue: number
  }[]
}

export interface Token {
  /** Serial number of the message; 0 for a slot that holds none (an idle worker). */
  readonly message: number
  readonly hue: number
  /** solid = visible; outline = in flight; faded = delayed or idle; failed = crossed out; off = dashed. */
  readonly look: 'solid' | 'outline' | 'faded' | 'failed' | 'off'
  /** A ring that drains (or, for workers, fills) between the two times. */
  readonly ringFromUs?: SimUs
  readonly ringToUs?: SimUs
  readonly receives?: number
  /** The next receive moves it to the dead-letter queue. */
  readonly lastTry?: boolean
}

export interface MessageInfo {
  readonly message: number
  readonly messageId: string
  /** Where it is: a node, or '' while it travels. */
  readonly node: NodeId
  readonly list: string
  readonly hue: number
  readonly body: string
  readonly sizeBytes: number
  readonly attributes: Readonly<Record<string, { DataType: string; Value: string }>>
  readonly sentUs: SimUs
  readonly firstReceivedUs?: SimUs
  readonly receives: number
  /** When the delay or the visibility timeout ends, if one runs. */
  readonly dueUs?: SimUs
  readonly expiresUs?: SimUs
  readonly groupId?: string
  readonly partitionKey?: string
  readonly deadLetterSource?: NodeId
  /** Of an e-mail: its subject; of an object: its key. */
  readonly subject?: string
  readonly headers?: Readonly<Record<string, string>>
  /** What came of it, where it is not received again: "answered 200 after 120 ms". */
  readonly outcome?: string
}

/** One thing that a gate asks of a message, in words, and whether it holds. */
export interface JudgedClause {
  readonly text: string
  readonly holds: boolean
}

/** What the gate at the beginning of a wire made of the last message that came by. */
export interface GateVerdict {
  readonly message: number
  readonly atUs: SimUs
  readonly passed: boolean
  /** In one sentence. */
  readonly because: string
  /**
   * All that the gate asks now: a message passes when one list holds whole. Empty when it asks nothing;
   * null when the message cannot be read.
   */
  readonly alternatives: readonly (readonly JudgedClause[])[] | null
}

/** A page of what a part keeps that is no message: a table's items, an application's leases. */
export interface TablePage {
  readonly columns: readonly string[]
  /** Each as long as `columns`, in words. */
  readonly rows: readonly (readonly string[])[]
  /** Rows in all. */
  readonly total: number
}

export interface LogRow {
  readonly row: number
  readonly atUs: SimUs
  /** Caller: node name and, for fleets, the worker ("order-workers/3"); or "console". */
  readonly from: string
  readonly operation: string
  /** The service's node name. */
  readonly to: string
  /** One line: the input's gist, the output's gist. */
  readonly input: string
  readonly output: string
  readonly status: number
  /** AWS's error code, or ''. */
  readonly error: string
  /** False for rows that are news, not calls: "(visibility timeout expired)". */
  readonly isCall: boolean
}

/** What one may ask the cause of: a row of the log, or something notable. */
export type WhyOf = { readonly row: number } | { readonly mark: Mark }

/** Why a row of the log came to be. */
export interface Why {
  /** Sentences; '' when the row says it all. */
  readonly because: string
  /** The message that it is about, 0 for none. */
  readonly message: number
  /** The moment of the call before it that it follows from; null where there is none. */
  readonly since: SimUs | null
}

/** A row about one message, with why. */
export interface TraceStep extends LogRow {
  /** A sentence, or ''. */
  readonly because: string
}

export interface LogFilter {
  readonly node?: NodeId
  readonly operation?: string
  readonly failedOnly?: boolean
  /** Hide ReceiveMessage calls that returned nothing. */
  readonly hideEmpty?: boolean
  readonly message?: number
}

export interface LogCall {
  readonly row: LogRow
  readonly request: unknown
  readonly response: unknown
}

/** A message on its way from node to node, by index into `SwimLanes.nodes`; backwards when refused. */
export interface Travel {
  readonly message: number
  readonly hue: number
  /** One of HOP_LOOK. */
  readonly look: number
  readonly from: number
  readonly to: number
  readonly fromUs: SimUs
  readonly toUs: SimUs
}

/** A message at a node for a while. */
export interface Stay {
  readonly message: number
  readonly hue: number
  readonly node: number
  /** Worked on means: by somebody who was lent it, while the queue keeps it in flight. */
  readonly state: 'delayed' | 'waiting' | 'inFlight' | 'working'
  readonly fromUs: SimUs
  readonly toUs: SimUs
  /** It is still there. */
  readonly isOpen: boolean
  /** What it came to, where it came to an end: done with, or not (it failed, expired, was moved away). */
  readonly end?: 'done' | 'broken'
}

/** When each message was where, within a span of time. */
export interface SwimLanes {
  /** Ids, by index. */
  readonly nodes: readonly string[]
  readonly travels: readonly Travel[]
  readonly stays: readonly Stay[]
  /** How many messages there are in the span. */
  readonly messages: number
  /** Where there are too many to be told apart: by node and equal parts of the span, how many are there. */
  readonly density: readonly (readonly number[])[] | null
  /** Before this moment the records are no longer complete. */
  readonly sinceUs: SimUs
}

export interface MetricSeries {
  /** CloudWatch's name, e.g. ApproximateNumberOfMessagesVisible; ours begin with a lower-case letter. */
  readonly name: string
  readonly unit: 'Count' | 'Seconds' | 'Milliseconds' | 'Bytes' | 'Percent'
  readonly statistic: 'Sum' | 'Average' | 'Maximum' | 'p50' | 'p90' | 'p99'
  /** Start of each period, simulated seconds, ascending. */
  readonly timesS: readonly number[]
  readonly values: readonly number[]
}

/** A list price of us-east-1. */
export interface Price {
  /** What is counted, in the plural: 'requests', 'shard-hours'. */
  readonly unit: string
  readonly usd: number
  /** For so many units. */
  readonly per: number
  /** Year and month of the source, '2026-03'; null: the source has no date. */
  readonly asOf: string | null
  /** No source that can be dated or named confirms it. */
  readonly unverified: boolean
}

/** Something that AWS bills a part for, and how much of it the part has used. */
export interface Charge {
  /** "Requests, standard queue, 64 KB each". */
  readonly item: string
  /** Since the run began, in the price's unit; it only grows. */
  readonly quantity: number
  readonly price: Price
  /** What makes it, for a learner, in a sentence or two. */
  readonly because: string
}

/** An amount so far, and in a month that goes on like that; US dollars. */
export interface Cost {
  readonly usd: number
  /** Null while no time has passed. */
  readonly monthUsd: number | null
}

export interface PartCosts extends Cost {
  /** Its index: of two parts with the same id at least one was removed. */
  readonly node: number
  readonly id: NodeId
  readonly name: string
  readonly kind: string
  /** It is not there any more; what it cost is. */
  readonly removed: boolean
  readonly charges: readonly (Charge & Cost)[]
}

/** What AWS would bill for the run by the prices that are known. */
export interface Costs extends Cost {
  /** Simulated time since the run began. */
  readonly elapsedUs: SimUs
  readonly parts: readonly PartCosts[]
  /** Names of parts that no price is known for, or that are people's own machines. */
  readonly notCounted: readonly string[]
}

/** What `simulate --json` prints and the comparison of two runs uses. */
export interface Totals {
  readonly atUs: SimUs
  readonly events: number
  /** Running hash over every call and its result: equal runs have equal hashes. */
  readonly logHash: string
  readonly nodes: Readonly<
    Record<
      string,
      { id: NodeId; kind: string; totals: Record<string, number>; metrics: Record<string, number> }
    >
  >
  readonly invariants: { readonly ok: boolean; readonly broken: readonly string[] }
}
