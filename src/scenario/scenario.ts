/**
 * The scenario document: what a person draws, as plain JSON. Immutable: every edit makes a new one
 * (`commands.ts`), so history is a list of documents. The only door in from outside is `parse.ts`.
 */
import type { SimUs } from '../base/units.ts'

/** Raised only when the meaning of existing documents changes; see FORMAT.md. */
export const SCENARIO_FORMAT = 1

export type NodeId = string
export type WireId = string

/** Settings of a node or wire: only those that differ from the kind's defaults. */
export type Config = Readonly<Record<string, unknown>>

export interface ScenarioNode {
  readonly id: NodeId
  /** A folder under `src/services`. A kind this version does not know is kept and shown as a placeholder. */
  readonly kind: string
  /** The resource's name, unique in the scenario; what calls and the console refer to. */
  readonly name: string
  /** Top left corner on the canvas, in canvas units (CSS pixels at zoom 1). */
  readonly x: number
  readonly y: number
  readonly config: Config
}

/** A connection. What it means (send, poll, redrive, ...) follows from the two kinds: `KindSchema.connect`. */
export interface Wire {
  readonly id: WireId
  readonly from: NodeId
  readonly to: NodeId
  readonly config: Config
}

export interface ScenarioSettings {
  /** How long a call travels. `stretched` lets eyes follow it; `instant` is for theory checks. */
  readonly network: 'stretched' | 'realistic' | 'instant'
  /** AWS's present limits, or those that exam material still teaches (FACTS part 17). */
  readonly limits: 'today' | 'exam'
}

export interface Scenario {
  readonly format: typeof SCENARIO_FORMAT
  readonly title: string
  readonly description: string
  /** 0 .. 2^32-1. Same scenario + seed + interventions = same run. */
  readonly seed: number
  readonly settings: ScenarioSettings
  readonly nodes: readonly ScenarioNode[]
  readonly wires: readonly Wire[]
}

export const DEFAULT_SETTINGS: ScenarioSettings = { network: 'stretched', limits: 'today' }

export const emptyScenario = (title = 'Untitled'): Scenario => ({
  format: SCENARIO_FORMAT,
  title,
  description: '',
  seed: 1,
  settings: DEFAULT_SETTINGS,
  nodes: [],
  wires: [],
})

/** What changed between two documents: parts by id, null where one was removed. */
export interface ScenarioDiff {
  readonly nodes: Readonly<Record<NodeId, ScenarioNode | null>>
  readonly wires: Readonly<Record<WireId, Wire | null>>
  readonly settings?: ScenarioSettings
  readonly title?: string
  readonly description?: string
}

/** Something a person or a program did to a running world, stamped with the time it took effect. */
export type Intervention =
  /** The document was edited while it ran (also by undo and redo). */
  | { readonly atUs: SimUs; readonly type: 'edit'; readonly diff: ScenarioDiff }
  /** A button on a node: send one, crash one, ... (`Behaviour.actions`). */
  | {
      readonly atUs: SimUs
      readonly type: 'action'
      readonly node: NodeId
      readonly action: string
      readonly args: Readonly<Record<string, unknown>>
    }
  /** An AWS API call from outside (console, endpoint), with AWS's input. */
  | {
      readonly atUs: SimUs
      readonly type: 'call'
      readonly service: string
      readonly operation: string
      readonly input: Readonly<Record<string, unknown>>
    }

/** What somebody looked at when they shared a moment. */
export interface View {
  /** The part of the canvas that was in view, in whole canvas units. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Selected; some may not be there (any more). */
  readonly nodes: readonly NodeId[]
  readonly wires: readonly WireId[]
}

/** A design and what was done to it as it ran. */
export interface Recording {
  readonly scenario: Scenario
  readonly interventions: readonly Intervention[]
}

/** What a link or file carries: the design, and optionally a run of it up to a moment. */
export interface SharedDocument extends Recording {
  /** Open paused at this simulated time. */
  readonly momentUs?: SimUs
  /** And looking at this. */
  readonly view?: View
  /** Another variant, to compare it with: of the same format, and run with the seed of `scenario`. */
  readonly reference?: Recording
}
