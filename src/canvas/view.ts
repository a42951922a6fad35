/** What a kind adds to the screen: `src/services/<kind>/view.tsx` exports one of these as default. */
import type { ComponentType } from 'react'
import type { LucideIcon } from 'lucide-react'
import type { ScenarioNode } from '../scenario/scenario.ts'
import type { KindSchema } from '../services/schema.ts'
import type { GateVerdict, NodeDigest } from '../worker/protocol.ts'

export interface KindView {
  /** The kind's own: both come to the screen together. */
  readonly schema: KindSchema
  readonly icon: LucideIcon
  /** The pill in the card's upper right corner, e.g. "vt 30 s"; '' for none. */
  badge(
    config: Readonly<Record<string, unknown>>,
    digest: NodeDigest | undefined,
    rolesIn: readonly string[],
  ): string
  /** A heading other than the kind's title, from how the part is connected; undefined for the title. */
  heading?(rolesIn: readonly string[], rolesOut: readonly string[]): CardHeading | undefined
  /** The card's body, below its heading. Places `<TokenRow>`s; never draws a message itself. */
  readonly Card: ComponentType<CardProps>
  /** Shown below the settings of a wire that leaves a part of this kind; loaded when it is. */
  readonly WireTools?: ComponentType<WireToolsProps>
  /** Buttons in the inspector, the node's menu and the command palette. */
  readonly actions: readonly NodeAction[]
  /** CloudWatch's names of the digest's figures, for the inspector. */
  readonly figureNames?: Readonly<Record<string, string>>
  /** Figures that stand for a word: the words of 0, 1, ... */
  readonly figureWords?: Readonly<Record<string, readonly string[]>>
  /** Lists the Messages tab can page through; empty for kinds that hold no messages. */
  readonly lists: readonly { readonly id: string; readonly label: string }[]
  /** The inspector's tab for what the part keeps that is no message (`Behaviour.table`). */
  readonly table?: {
    readonly label: string
    /** What it says when there is nothing, and which of the actions it offers then. */
    readonly empty: string
    readonly action?: string
  }
}

export interface CardHeading {
  readonly title: string
  /** The bar and heading take the warning colour instead of the family's. */
  readonly tone?: 'danger'
}

export interface CardProps {
  readonly node: ScenarioNode
  /** With every default filled in. */
  readonly config: Readonly<Record<string, unknown>>
  readonly digest: NodeDigest | undefined
  /** Roles of the wires that arrive here and leave here: ['redrive'], ... */
  readonly rolesIn: readonly string[]
  readonly rolesOut: readonly string[]
}

export interface WireToolsProps {
  /** With every default filled in. */
  readonly config: Readonly<Record<string, unknown>>
  /** Sets some of the wire's fields, as the form does. */
  readonly onChange: (config: Readonly<Record<string, string>>) => void
  /** What the wire's gate made of the last message; null where none came by. */
  readonly verdict: GateVerdict | null
}

export interface NodeAction {
  /** A key of the behaviour's `actions`. */
  readonly id: string
  readonly label: string
  readonly icon: LucideIcon
  readonly help: string
  readonly args: Readonly<Record<string, unknown>>
}
