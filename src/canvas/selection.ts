/** What is selected, and the edits that concern a selection. Pure: the shell binds them to keys and menus. */
import type { Command } from '../scenario/commands.ts'
import { copyParts } from '../scenario/commands.ts'
import type { NodeId, Scenario, WireId } from '../scenario/scenario.ts'

export interface Selection {
  readonly nodes: readonly NodeId[]
  readonly wires: readonly WireId[]
}

export const NOTHING: Selection = { nodes: [], wires: [] }

/** Parts snap to multiples of this, canvas units. */
export const GRID = 20

export const selectNode = (id: NodeId): Selection => ({ nodes: [id], wires: [] })
export const selectWire = (id: WireId): Selection => ({ nodes: [], wires: [id] })

export const selectAll = (scenario: Scenario): Selection => ({
  nodes: scenario.nodes.map((node) => node.id),
  wires: scenario.wires.map((wire) => wire.id),
})

export const isNothing = (selection: Selection): boolean =>
  selection.nodes.length === 0 && selection.wires.length === 0

/** The selection without parts that are gone; the same object when none is. */
export function stillThere(selection: Selection, scenario: Scenario): Selection {
  const nodes = new Set(scenario.nodes.map((node) => node.id))
  const wires = new Set(scenario.wires.map((wire) => wire.id))
  const left = {
    nodes: selection.nodes.filter((id) => nodes.has(id)),
    wires: selection.wires.filter((id) => wires.has(id)),
  }
  const same =
    left.nodes.length === selection.nodes.length && left.wires.length === selection.wires.length
  return same ? selection : left
}

/** What an edit added: selected after a paste, a duplicate or a new part. */
export function addedParts(before: Scenario, after: Scenario): Selection {
  const known = selectAll(before)
  const nodes = new Set(known.nodes)
  const wires = new Set(known.wires)
  return {
    nodes: after.nodes.filter((node) => !nodes.has(node.id)).map((node) => node.id),
    wires: after.wires.filter((wire) => !wires.has(wire.id)).map((wire) => wire.id),
  }
}

export const removeCommand = (selection: Selection): Command => ({
  type: 'removeParts',
  nodes: selection.nodes,
  wires: selection.wires,
})

/** What goes on the clipboard; paste it with `pasteCommand`. */
export const copySelection = (scenario: Scenario, selection: Selection): Scenario =>
  copyParts(scenario, selection.nodes)

/** @param times how often these parts were pasted already: each copy stands a little further on */
export const pasteCommand = (parts: Pick<Scenario, 'nodes' | 'wires'>, times = 0): Command => ({
  type: 'paste',
  parts,
  dx: 2 * GRID * (times + 1),
  dy: 2 * GRID * (times + 1),
})

export const duplicateCommand = (scenario: Scenario, selection: Selection): Command =>
  pasteCommand(copySelection(scenario, selection))
