/**
 * Everything that crosses the border between the screen and the engine, in both directions.
 * Frames are pulled: the screen asks to advance, and never asks again before the answer.
 */
import type { SimUs } from '../base/units.ts'
import type { ApiError } from '../engine/calls.ts'
import type { Saved } from '../engine/past.ts'
import type { Intervention, NodeId, Scenario, WireId } from '../scenario/scenario.ts'
import type {
  Costs,
  Frame,
  GateVerdict,
  LogCall,
  LogFilter,
  LogRow,
  MessageInfo,
  MetricSeries,
  Notable,
  NotableType,
  SwimLanes,
  TablePage,
  Totals,
  TraceStep,
  Why,
  WhyOf,
} from '../engine/frame.ts'

export * from '../engine/frame.ts'
export type { Saved }

/** Tells one loaded run from the next, so that late answers can be thrown away. */
export type RunId = number

export type ToWorker =
  /** Begin a run at time 0; `interventions` happen again at their own times. Answered by 'loaded'. */
  | {
      type: 'load'
      run: RunId
      scenario: Scenario
      interventions: readonly Intervention[]
      /** What the screen kept of this very run when its engine died: a short way back to where it was. */
      kept?: Saved
    }
  /** Simulate up to `toUs`, or as far as the time slice allows. Answered by one 'frame'. */
  | { type: 'advance'; run: RunId; toUs: SimUs; wantDigests: boolean }
  /** Simulate exactly one event. Answered by one 'frame'. */
  | { type: 'step'; run: RunId }
  /**
   * Go to another moment, back or on, as far as the time slice allows; 'advance' does what is left.
   * Answered by one 'frame' of no length.
   */
  | { type: 'seek'; run: RunId; toUs: SimUs }
  /** Go back by one event. Answered by one 'frame' of no length. */
  | { type: 'stepBack'; run: RunId }
  /** 'advance' stops when one of these holds. Not answered. */
  | { type: 'breakAt'; run: RunId; breakpoints: readonly Breakpoint[] }
  /** Take effect now; `atUs` is overwritten with the engine's time. Answered by 'intervened'. */
  | { type: 'intervene'; run: RunId; intervention: Intervention }
  /** Answered by 'answer' with the same `id`. */
  | { type: 'ask'; run: RunId; id: number; question: Question }

export type FromWorker =
  | { type: 'loaded'; run: RunId; wires: readonly string[]; frame: Frame }
  | {
      type: 'frame'
      run: RunId
      frame: Frame
      /** Present when an edit that was replayed added wires; holds for this frame already. */
      wires?: readonly string[]
      /** The document after interventions that were replayed changed it, or as it was back then. */
      scenario?: Scenario
      /** Why the frame ends here: this breakpoint held at its end. */
      hit?: BreakpointHit
    }
  | {
      type: 'intervened'
      run: RunId
      intervention: Intervention
      /**
       * How many of the run's interventions have happened, this one included; those after them are no
       * more. Absent in a shared world, whose interventions are not all known here.
       */
      done?: number
      wires: readonly string[]
      /** The document, when an API call changed it (CreateQueue). An edit is known already. */
      scenario?: Scenario
      /** An action that was refused: AWS's code and text. */
      error?: { code: string; message: string }
      /** Of an API call: its number in this run. Answered by 'called', at once or (a long poll) later. */
      call?: number
    }
  /** Null: the run went back to before the call, which is still to come. */
  | { type: 'called'; run: RunId; call: number; answer: CallAnswer | null }
  | { type: 'answer'; run: RunId; id: number; answer: Answer }
  /** A snapshot for the screen to keep, now and then in a long run: an engine that dies loses its own. */
  | { type: 'kept'; run: RunId; saved: Saved }
  /** The engine failed or an invariant broke; the world is no longer to be trusted. */
  | { type: 'failed'; run: RunId; message: string; atUs: SimUs }

/** What a run is to be paused at. Checked after the fact and then gone back to, so it costs the run nothing. */
export type Breakpoint =
  /** Something notable, anywhere or at one part. */
  | { readonly on: 'notable'; readonly type: NotableType; readonly node: NodeId | null }
  /** An API call was answered with an error, by any service or one part. */
  | { readonly on: 'error'; readonly node: NodeId | null }
  /** A metric of a part is above a value; looked at every simulated second. */
  | {
      readonly on: 'metric'
      readonly node: NodeId
      readonly metric: string
      readonly above: number
    }

export interface BreakpointHit {
  /** Which of those that were set. */
  readonly index: number
  readonly atUs: SimUs
  /** What happened, for people: a message, an error code, a value. '' when the condition says it all. */
  readonly detail: string
  /** What it was, where one may ask why. */
  readonly of?: WhyOf
}

/** What AWS answers an API call: its JSON, or its error. */
export type CallAnswer = { readonly output: unknown } | { readonly error: ApiError }

export type Question =
  /** A page of what is in a node: `list` is one of the kind's lists ('visible', 'inFlight', ...). */
  | { about: 'messages'; node: NodeId; list: string; offset: number; limit: number }
  /** A page of what a node keeps that is no message (`KindView.table`). */
  | { about: 'table'; node: NodeId; offset: number; limit: number }
  /** One message wherever it is; null when gone. */
  | { about: 'message'; message: number }
  /** API log, newest first, at most 200 a page. `before` is a row number, or 0 for the newest. */
  | { about: 'log'; before: number; limit: number; filter: LogFilter }
  /** One call whole, as JSON. */
  | { about: 'call'; row: number }
  /** CloudWatch-named series of these nodes, in their order, or of that part of each. */
  | {
      about: 'metrics'
      nodes: readonly NodeId[]
      part?: number
      fromUs: SimUs
      toUs: SimUs
      periodS: 1 | 60
    }
  /** Which parts of a node are measured one by one; null: its kind has none. */
  | { about: 'measuredParts'; node: NodeId }
  /** The nearest thing that was notable after or before a moment, of one type or any. */
  | {
      about: 'notable'
      fromUs: SimUs
      direction: 'next' | 'previous'
      type: NotableType | null
    }
  /** The whole life of a message. */
  | { about: 'trace'; message: number }
  /** Why a row of the log, or something notable, came to be. */
  | { about: 'why'; of: WhyOf }
  /** What the gate of a wire made of the last message. */
  | { about: 'gate'; wire: WireId }
  /** When each message was where. */
  | { about: 'swimLanes'; fromUs: SimUs; toUs: SimUs }
  | { about: 'totals' }
  /** What AWS would bill for the run until now. */
  | { about: 'costs' }

export interface MeasuredParts {
  /** CloudWatch's dimension: ShardId. */
  readonly dimension: string
  readonly howTo: string
  readonly parts: readonly { readonly part: number; readonly name: string }[]
}

export type Answer =
  | { about: 'messages'; total: number; messages: readonly MessageInfo[] }
  | { about: 'table'; page: TablePage | null }
  | { about: 'message'; message: MessageInfo | null }
  | { about: 'log'; rows: readonly LogRow[]; total: number }
  | { about: 'call'; call: LogCall | null }
  | { about: 'metrics'; series: readonly (MetricSeries & { readonly node: NodeId })[] }
  | { about: 'measuredParts'; parts: MeasuredParts | null }
  /** Null: none that is known. */
  | { about: 'notable'; notable: Notable | null }
  | { about: 'trace'; steps: readonly TraceStep[]; isWhole: boolean; copies: readonly number[] }
  | { about: 'why'; why: Why | null }
  /** Null: the wire has no gate, or nothing has come by. */
  | { about: 'gate'; verdict: GateVerdict | null }
  | { about: 'swimLanes'; lanes: SwimLanes }
  | { about: 'totals'; totals: Totals }
  | { about: 'costs'; costs: Costs }
  | { about: 'refused'; reason: string }
