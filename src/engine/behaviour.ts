/**
 * The contract a kind fulfils in the engine: `src/services/<kind>/behaviour.ts` exports one as
 * default. A behaviour reaches the world only through `Simulation`; its state is plain data that
 * survives `structuredClone`.
 */
import type { SimUs } from '../base/units.ts'
import type { ApiError, OutsideCall } from './calls.ts'
import type {
  Charge,
  GateVerdict,
  LogRow,
  MarkType,
  MessageInfo,
  NodeDigest,
  TablePage,
} from './frame.ts'
import type { Content } from './messages.ts'
import type { Simulation } from './simulation.ts'

export interface Behaviour {
  /** Whose API it fulfils, as the AWS CLI calls the service; the kind's own id unless given. */
  readonly service?: string
  /** Further services of the AWS CLI and SDKs whose operations are among its own. */
  readonly alsoServes?: readonly string[]
  /** Books: names of the counters in `NodeState.counters`, in that order. They only grow. */
  readonly counters: readonly string[]
  /** Result codes FIRST_ERROR + index. Texts may hold {placeholders} for `fill`. */
  readonly errors: readonly ApiError[]
  /** What callers get whose node is gone when their call arrives (CODE.gone); GONE unless given. */
  readonly gone?: ApiError
  /** What stands for a placeholder in an error's text: of a call, or of one of its items. */
  fill?(
    sim: Simulation,
    node: number,
    placeholder: string,
    call: CallView,
    item: ItemView | undefined,
  ): string
  /**
   * Who calls when this node calls, where it is not a user of the own account: AWS itself on behalf of
   * a topic, or another account's user. Resource policies ask.
   */
  caller?(sim: Simulation, node: number): Caller | undefined
  /** What callers may ask of this kind; a call carries the index. Empty for actors. */
  readonly operations: readonly Operation[]
  /** Operations on no node in particular, or that make and remove nodes; only for outside callers. */
  readonly accountOperations?: readonly AccountOperation[]
  /** Words of news rows in the log, "visibility timeout expired"; `Simulation.news` takes the index. */
  readonly news: readonly string[]
  /** What each of them means for the message that it is about; null: it stays as it is. */
  readonly newsEffects?: readonly (StayEffect | null)[]
  readonly metrics: readonly Metric[]
  /** CloudWatch's namespace of them, and the dimension that names the part; absent where AWS has none. */
  readonly cloudWatch?: { readonly namespace: string; readonly dimension: string }
  /** Of kinds whose parts CloudWatch can measure one by one: a stream's shards. */
  readonly partMetrics?: PartMetrics
  /**
   * Why a row about one message came to be or what follows from it, in a sentence for people; '' when
   * the row says it all. @param before the earlier rows about the message, oldest first
   */
  because?(sim: Simulation, node: number, row: LogRow, before: readonly LogRow[]): string

  /**
   * Loads what such a part needs and no first load should hold (an SQL engine); null when it is there
   * already. Awaited before a world with such a part is made or gets one (`engine/prepare.ts`).
   */
  prepare?(): Promise<void> | null
  /** The first state, at the moment the node appears. Schedule first events in `started`. */
  create(sim: Simulation, node: number): unknown
  /** All nodes and wires exist now. */
  started?(sim: Simulation, node: number): void
  /** The config changed while running; `sim.nodes[node].config` is the new one. */
  configured?(sim: Simulation, node: number, before: Readonly<Record<string, unknown>>): void
  /** Of a service: the API calls that edits of the design are, for the log. */
  readonly edits?: EditCalls
  /** Wires from or to this node changed (also their settings). */
  wired?(sim: Simulation, node: number): void
  /** The node was removed: let go of what it holds (every message must be released or counted). */
  removed?(sim: Simulation, node: number): void
  /** An event scheduled by `sim.at` or `sim.arm` is due. */
  event(sim: Simulation, node: number, type: number, a: number, b: number): void
  /** A call this node made came back; the call is released afterwards. */
  answered?(sim: Simulation, node: number, call: number): void
  /**
   * The node an outside call means (by QueueUrl, ARN or name), or AWS's error. It may be of another
   * kind that has an operation of that name: SNS publishes to a phone, too.
   */
  locate?(
    sim: Simulation,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): number | ApiError
  /** What an outside call that found no node is about, for the log's table: "orders". */
  subject?(input: Readonly<Record<string, unknown>>): string
  /**
   * Answers a plain web request, such as the link in a confirmation; null when the address is none
   * of this kind's.
   */
  web?(sim: Simulation, request: WebRequest): WebReply | null
  /**
   * The outside caller of a call that waits went away: forget the call, take nothing for it. It is
   * released afterwards. Kinds that keep calls waiting must have this.
   */
  hungUp?(sim: Simulation, node: number, call: number): void
  /** Buttons. An error is shown where the person is looking. */
  readonly actions: Readonly<Record<string, Action>>

  digest(sim: Simulation, node: number): Omit<NodeDigest, 'id'>
  /** Values for metrics that are not sums of counters, in the order of `metrics`. */
  gauges?(sim: Simulation, node: number, into: Float64Array): void
  /** Slots of one of the kind's lists, a page at a time. */
  page?(
    sim: Simulation,
    node: number,
    list: string,
    offset: number,
    limit: number,
  ): { total: number; slots: number[] }
  /** Of kinds that keep messages outside the message table: a page of a list, and one by its serial. */
  readonly stored?: {
    page(
      sim: Simulation,
      node: number,
      list: string,
      offset: number,
      limit: number,
    ): { readonly total: number; readonly messages: readonly MessageInfo[] }
    find(sim: Simulation, node: number, message: number): MessageInfo | null
  }
  /** Of kinds that keep what is no message (items, leases): a page of it for the inspector. */
  table?(sim: Simulation, node: number, offset: number, limit: number): TablePage
  /**
   * Of kinds that let messages through to a wire or not: what became of the last one. Null where there
   * was none. @param wire index of a wire that leaves this node
   */
  gate?(sim: Simulation, node: number, wire: number): GateVerdict | null
  /** When a message this node holds expires, if it does. */
  expiresUs?(sim: Simulation, node: number, slot: number): SimUs | undefined
  /**
   * What a message made by this kind says: a pure function of its arguments.
   * @param words what another recipe's message says, for words made of others
   */
  render?(
    recipe: unknown,
    ordinal: number,
    words: (recipe: number, ordinal: number) => Content,
  ): Content
  /** The partition key alone of a message made by this kind, where it has one: asked for every record. */
  partitionKey?(recipe: unknown, ordinal: number): string | undefined
  /** Name of a caller's worker for the log ("3"), from the call's token; '' for none. */
  workerName?(token: number): string
  /**
   * What AWS bills for it at list price, also after it was removed; absent where there is no price.
   * Derived from books and times, so that asking changes nothing. Quantities only grow.
   */
  charges?(sim: Simulation, node: number): readonly Charge[]
  /** Which book does not add up, in words; null when all do. */
  broken?(sim: Simulation, node: number): string | null
}

/** By AWS's names, values as texts. */
export type Attributes = Readonly<Record<string, string>>
export type NamedCall = Pick<OutsideCall, 'operation' | 'input' | 'output'>

/** What people's edits of a part are in its service's API. The edit is made already. */
export interface EditCalls {
  /** All of the node that an edit can change and the API tells, as it is now. */
  attributes(sim: Simulation, node: number): Attributes
  /** The node is new. */
  created(sim: Simulation, node: number): NamedCall
  /** Null when nothing changed that the service knows of. @param before its attributes before */
  changed(sim: Simulation, node: number, before: Attributes): NamedCall | null
  /** The node is gone. */
  deleted(sim: Simulation, node: number): NamedCall
}

/** What ends a message's being in flight: it can be had again, or it is no longer here. */
export type StayEffect = 'back' | 'gone'

/** Who asks a service for something. */
export interface Caller {
  /** 12 digits. */
  readonly account: string
  /** Of the user or role; for a service, of the resource that it acts for (a topic). */
  readonly arn: string
  /** 'sns.amazonaws.com' when AWS itself calls. */
  readonly service?: string
  /** Of a user: the IPv4 address that the calls come from. */
  readonly address?: string
}

export type Action = (
  sim: Simulation,
  node: number,
  args: Readonly<Record<string, unknown>>,
) => ApiError | void

/** CreateQueue, ListQueues: answered at once, in AWS's JSON. */
export interface AccountOperation {
  readonly name: string
  /** Whether this input means it, where a node's operation has the same name; always unless said. */
  takes?(sim: Simulation, input: Readonly<Record<string, unknown>>): boolean
  run(
    sim: Simulation,
    input: Readonly<Record<string, unknown>>,
  ): { readonly output: unknown } | { readonly error: ApiError }
}

/** What a browser or a program asks of an address that is no operation's. */
export interface WebRequest {
  readonly method: string
  /** '/confirm', without the query. */
  readonly path: string
  /** 'a=b', without the '?'. */
  readonly queryString: string
  readonly body: string
}
export interface WebReply {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** One of AWS's operations. */
export interface Operation {
  /** AWS's name: SendMessage. */
  readonly name: string
  /**
   * The call's messages travel to the service (a send), or back with the answer (a receive);
   * `records` are copies in columns that an answer brings (batch.ts).
   */
  readonly carries: 'request' | 'answer' | 'reference' | 'nothing' | 'records'
  /** What it means for the messages that it refers to, when it succeeds. */
  readonly effect?: StayEffect
  /** How long what it brings waits before it can be taken. @param arg the call's */
  delayUs?(sim: Simulation, node: number, arg: number): SimUs
  /** Up to 500 items may be on it, instead of ten; callers use `largeCall` for more than ten. */
  readonly isLarge?: boolean
  /** Between AWS's own services: no client can call it, and no API describes it. */
  readonly isInternal?: boolean
  /** One call may get several answers, and none of them overtakes another: a push subscription. */
  readonly keepsOrder?: boolean
  /** Whether a call with no items of its own had to do with a message, for the log's filter. */
  touches?(sim: Simulation, node: number, call: CallView, message: number): boolean
  /** Does it, at the service's side: ends in `sim.answer(call, code)` now or later. */
  run(sim: Simulation, node: number, call: number): void
  /** AWS's input for a call that an actor made, for the log. */
  request(sim: Simulation, node: number, call: CallView): unknown
  /** AWS's output. */
  response(sim: Simulation, node: number, call: CallView): unknown
  /** One line each for the log's table. */
  gist(sim: Simulation, call: CallView): { input: string; output: string }
  /**
   * Fills a call from AWS's JSON input (already capped in size and depth). Returns AWS's error for
   * bad input; then nothing may have changed.
   */
  parse(
    sim: Simulation,
    node: number,
    call: number,
    input: Readonly<Record<string, unknown>>,
  ): ApiError | null
}

/** A call as the log and the endpoint see it, while it lives or long after. */
export interface CallView {
  /** What the caller sent, of a call from outside that is still alive. */
  readonly outside?: OutsideCall
  /** Caller's node index, or OUTSIDE. */
  readonly from: number
  /** Index into the service's operations. */
  readonly operation: number
  readonly arg: number
  readonly arg2: number
  readonly arg3: number
  readonly code: number
  readonly items: readonly ItemView[]
}
export interface ItemView {
  readonly message: number
  readonly content: Content
  readonly receipt: number
  readonly receives: number
  readonly sentUs: SimUs
  readonly code: number
  /** The slot it had, or -1; it holds the same message while the table's serial there is `message`. */
  readonly slot: number
}

export interface Metric {
  /** CloudWatch's name (FACTS 2.11); ours begin with a lower-case letter. */
  readonly name: string
  readonly unit: 'Count' | 'Seconds' | 'Milliseconds' | 'Bytes' | 'Percent'
  readonly statistic: 'Sum' | 'Average' | 'Maximum' | 'p50' | 'p90' | 'p99'
  /** The counter it is a sum of; absent for gauges. */
  readonly counter?: string
}

/** Metrics of a node's parts, kept only while somebody asks for them. */
export interface PartMetrics {
  /** CloudWatch's dimension: ShardId. */
  readonly dimension: string
  /** How to have them measured, in a sentence for people. */
  readonly howTo: string
  readonly metrics: readonly Metric[]
  /** Numbers of the parts that are measured now; no part ever gets the number of another. */
  parts(sim: Simulation, node: number): readonly number[]
  /** The dimension's value: shardId-000000000000. */
  nameOf(part: number): string
  /** Fills in all metrics of a part, sums as they have grown; NaN stands for one that is not measured. */
  values(sim: Simulation, node: number, part: number, into: Float64Array): void
}

export type { MarkType }
