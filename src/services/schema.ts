/**
 * What every kind says about itself to both sides (screen and engine): its settings, its palette
 * entries, what it may be connected to. Pure data and pure functions; no DOM, no engine.
 */
import type { Caller } from '../engine/behaviour.ts'
import type { Config, ScenarioNode } from '../scenario/scenario.ts'

/** Colour families; the groups of the palette and the outline's menu, in this order. */
export const FAMILIES = [
  'produce',
  'queue',
  'fanout',
  'stream',
  'compute',
  'store',
  'operate',
] as const
export type Family = (typeof FAMILIES)[number]

interface FieldBase {
  /** The key in `config`: AWS's attribute name where there is one, else camelCase with the unit last. */
  readonly id: string
  readonly label: string
  /** One line in plain English. */
  readonly help: string
  /** Shown under this heading in the inspector. Fields of one section stand together. */
  readonly section?: string
  /** Shown (and meaningful) only while another field has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly unknown[] }
  /** Where the rule comes from, e.g. "FACTS 1.3". */
  readonly source?: string
  /** True where only creation may set it; the inspector locks it during a run. */
  readonly fixed?: boolean
}

/** A number in AWS's own unit. `unit` is shown beside it; `error` is AWS's text for a bad value, `{v}` = value. */
export interface NumberField extends FieldBase {
  readonly type: 'number'
  readonly unit?: string
  readonly min: number
  readonly max: number
  /** 1 for whole numbers; absent for any. */
  readonly step?: number
  readonly default: number
  /** The slider moves by powers (ranges over several decades). */
  readonly logarithmic?: boolean
  readonly error?: string
  /** What exam material teaches, where it differs (FACTS part 17). */
  readonly exam?: {
    readonly default?: number
    readonly min?: number
    readonly max?: number
    readonly note: string
  }
}
export interface ChoiceField extends FieldBase {
  readonly type: 'choice'
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly default: string
}
export interface SwitchField extends FieldBase {
  readonly type: 'switch'
  readonly default: boolean
}
export interface TextField extends FieldBase {
  readonly type: 'text'
  readonly default: string
  readonly maxLength: number
  /** Edited in a larger box; `json` is checked as it is typed. */
  readonly multiline?: boolean
  readonly json?: boolean
  /** A query or program: a large box in the letters of code. */
  readonly code?: boolean
  /** It names a part of this kind; those there are get offered. */
  readonly names?: string
  readonly pattern?: string
  readonly error?: string
  /** Asked while it is edited, with the other settings: why AWS would refuse the text, or null. */
  problem?(text: string, config: Config): string | null
  /** Where in its JSON the problem lies: names and numbers on the way there; empty for all of it. */
  problemPath?(text: string, config: Config): readonly string[]
}
export type Field = NumberField | ChoiceField | SwitchField | TextField

/** One palette entry: a kind with some settings already made. */
export interface Preset {
  readonly id: string
  readonly label: string
  /** Name given to the new node; a number is added when taken. */
  readonly name: string
  readonly help: string
  readonly keywords: readonly string[]
  readonly config: Config
  /** The palette's swatch takes the warning colour instead of the family's. */
  readonly tone?: 'danger'
}

/** What a wire between two kinds means, or why there can be none. */
export type Connection =
  | {
      readonly ok: true
      /** The wire's meaning, used by behaviours: 'send', 'poll', 'redrive', 'invoke', ... */
      readonly role: string
      /** Short words on the edge, with the wire's settings filled in, or ''. */
      readonly label: (config: Config) => string
      readonly fields: readonly Field[]
      /** At most so many wires of this role may leave `from`. */
      readonly maxFrom?: number
    }
  | {
      readonly ok: false
      /** Why, in one sentence. */
      readonly reason: string
      /** What to do instead, in one sentence, or ''. */
      readonly instead: string
    }

/** One of CloudWatch's metrics of a kind. */
export interface MetricName {
  /** CloudWatch's name; ours begin with a lower-case letter. */
  readonly name: string
  readonly unit: 'Count' | 'Seconds' | 'Milliseconds' | 'Bytes' | 'Percent'
}

/** What a topic needs to know of a part that subscribes (FACTS 3.2). */
export type Subscriber =
  | {
      readonly ok: true
      /** As Subscribe names it: 'sqs', 'https', 'lambda'. */
      readonly protocol: string
      /** As Subscribe names it: an ARN, an address, a number. */
      readonly endpoint: string
      /** What the topic calls to deliver one message. */
      readonly operation: string
      /** Nothing is delivered before the endpoint's owner has confirmed. */
      readonly needsConfirmation?: boolean
    }
  | { readonly ok: false; readonly reason: string; readonly instead: string }

export interface KindSchema {
  readonly kind: string
  /** As AWS writes it: "SQS queue". The card's small heading may be refined by `titleOf`. */
  readonly title: string
  readonly titleOf?: (node: ScenarioNode) => string
  readonly family: Family
  /** In the palette it comes after the others of its family. */
  readonly isRare?: boolean
  readonly presets: readonly Preset[]
  readonly fields: readonly Field[]
  readonly name: {
    readonly pattern: RegExp
    readonly error: string
    readonly maxLength: number
    /** Where the rule follows from the settings too: why such a part cannot be called so, or null. */
    readonly problem?: (name: string, config: Config) => string | null
  }
  /** What kinds of call this kind answers: 'SendMessage', 'Request', ... Others ask this in `connect`. */
  readonly accepts: readonly string[]
  /** What CloudWatch tells of it, for alarms; the behaviour's `metrics` hold the same names. */
  readonly metrics?: readonly MetricName[]
  /** How a topic delivers to such a part, or why it cannot; absent for kinds that nothing is pushed to. */
  subscribeAs?(node: ScenarioNode, topic: { readonly isFifo: boolean }): Subscriber
  /** As whom such a part calls others, which policies ask; a user of the own account unless given. */
  callsAs?(node: ScenarioNode): Caller
  /** Of a resource that has a policy: where the policy is, and what wires ask of it. */
  readonly policy?: {
    /** The setting that holds it. */
    readonly field: string
    /** ARN of the resource. */
    arn(node: ScenarioNode): string
    /** Actions by the role of a wire that arrives, or that leaves and whose other end then calls. */
    readonly asked: {
      readonly byWiresIn: Readonly<Record<string, readonly string[]>>
      readonly byWiresOut: Readonly<Record<string, readonly string[]>>
    }
  }
  /** Card size on the canvas, canvas units. */
  readonly size: { readonly width: number; readonly height: number }
  /** Asked of the source's schema while a wire is being drawn. */
  connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection
  /** A wire may lead from such a part back to itself: AWS takes a queue as its own dead-letter queue. */
  readonly connectsToItself?: true
  /** Wires of the role `redrive` leave such a card at the bottom, and reach it at the top. */
  readonly hasRedrive?: true
  /** Whether any other wire could reach such a part as it is set now; true unless given. */
  takesWires?(node: ScenarioNode): boolean
  /**
   * For kinds that decide themselves what a wire to them means (an alarm, a function that reads): asked
   * of the target's schema first; null leaves it to the source's `connect`.
   */
  attach?(from: ScenarioNode, to: ScenarioNode, fromSchema: KindSchema): Connection | null
}
