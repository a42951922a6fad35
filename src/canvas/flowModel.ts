/**
 * The scenario as React Flow's nodes and edges. Objects are kept from one call to the next wherever
 * nothing changed, so that only cards whose part changed render again.
 */
import type { Edge, Node } from '@xyflow/react'
import type { Point } from '../scenario/commands.ts'
import type { NodeId, Scenario, ScenarioNode, Wire } from '../scenario/scenario.ts'
import { connectionOf } from '../services/schemas.ts'
import { refusedWire } from '../services/wireAccess.ts'
import { RIGHT, toCanvas, type Orientation } from './orientation.ts'
import { ACCESS_DENIED, kindTitle, spokenWire } from './partNames.ts'
import { sizeOfKind } from './partSize.ts'
import type { Selection } from './selection.ts'
import { REDRIVE } from './wiring.ts'

export interface PartData extends Record<string, unknown> {
  readonly part: ScenarioNode
  readonly rolesIn: readonly string[]
  readonly rolesOut: readonly string[]
  readonly limits: Scenario['settings']['limits']
}
export type PartNode = Node<PartData, 'part'>

export interface WireData extends Record<string, unknown> {
  readonly role: string
  readonly label: string
  /** A policy refuses what the wire means. */
  readonly isDenied: boolean
}
export type WireEdge = Edge<WireData, 'wire'>

/** Ids of the element inside a card that speaks its name (see NodeCard). */
export const spokenId = (id: NodeId): string => `part-name-${id}`

interface Roles {
  readonly into: Map<NodeId, string[]>
  readonly from: Map<NodeId, string[]>
}

const add = (map: Map<NodeId, string[]>, id: NodeId, role: string): void => {
  map.set(id, [...(map.get(id) ?? []), role])
}

export function rolesOf(scenario: Scenario, parts: ReadonlyMap<NodeId, ScenarioNode>): Roles {
  const roles: Roles = { into: new Map(), from: new Map() }
  for (const wire of scenario.wires) {
    const connection = meaningOf(wire, parts)
    if (!connection?.ok) continue
    add(roles.from, wire.from, connection.role)
    add(roles.into, wire.to, connection.role)
  }
  return roles
}

function meaningOf(wire: Wire, parts: ReadonlyMap<NodeId, ScenarioNode>) {
  const from = parts.get(wire.from)
  const to = parts.get(wire.to)
  return from && to && connectionOf(from, to)
}

function isRefused(wire: Wire, parts: ReadonlyMap<NodeId, ScenarioNode>): boolean {
  const from = parts.get(wire.from)
  const to = parts.get(wire.to)
  return from !== undefined && to !== undefined && refusedWire(from, to) !== null
}

export const partsOf = (scenario: Scenario): ReadonlyMap<NodeId, ScenarioNode> =>
  new Map(scenario.nodes.map((node) => [node.id, node]))

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])

/** A node being dragged stays where the pointer has it; sizes React Flow measured are kept. */
export function toFlowNodes(
  previous: readonly PartNode[],
  scenario: Scenario,
  selection: Selection,
  orientation: Orientation = RIGHT,
): PartNode[] {
  const before = new Map(previous.map((node) => [node.id, node]))
  const selected = new Set(selection.nodes)
  const roles = rolesOf(scenario, partsOf(scenario))
  return scenario.nodes.map((part) => {
    const old = before.get(part.id)
    const data: PartData = {
      part,
      rolesIn: roles.into.get(part.id) ?? [],
      rolesOut: roles.from.get(part.id) ?? [],
      limits: scenario.settings.limits,
    }
    const isSelected = selected.has(part.id)
    const place = toCanvas(orientation, part)
    if (!old) return newNode(data, place, isSelected)
    const sameData = sameParts(old.data, data)
    const position = old.dragging ? old.position : place
    const samePlace = old.position.x === position.x && old.position.y === position.y
    if (sameData && samePlace && old.selected === isSelected) return old
    return {
      ...old,
      ...(sameData ? {} : { data }),
      position: samePlace ? old.position : position,
      selected: isSelected,
    }
  })
}

const sameParts = (a: PartData, b: PartData): boolean =>
  a.part === b.part &&
  a.limits === b.limits &&
  sameList(a.rolesIn, b.rolesIn) &&
  sameList(a.rolesOut, b.rolesOut)

function newNode(data: PartData, position: Point, selected: boolean): PartNode {
  const { part } = data
  const size = sizeOfKind(part.kind)
  return {
    id: part.id,
    type: 'part',
    position,
    data,
    selected,
    // Only the width is fixed: a card is as tall as what it shows.
    width: size.width,
    initialHeight: size.height,
    ariaRole: 'group',
    domAttributes: {
      'aria-labelledby': spokenId(part.id),
      'aria-roledescription': kindTitle(part),
    },
  }
}

export function toFlowEdges(
  previous: readonly WireEdge[],
  scenario: Scenario,
  selection: Selection,
): WireEdge[] {
  const before = new Map(previous.map((edge) => [edge.id, edge]))
  const selected = new Set(selection.wires)
  const parts = partsOf(scenario)
  return scenario.wires.map((wire) => {
    const connection = meaningOf(wire, parts)
    const role = connection?.ok ? connection.role : ''
    const label = connection?.ok ? connection.label(wire.config) : ''
    const redrive = role === REDRIVE
    const isDenied = isRefused(wire, parts)
    const edge: WireEdge = {
      id: wire.id,
      type: 'wire',
      source: wire.from,
      target: wire.to,
      sourceHandle: redrive ? 'redrive-out' : 'out',
      targetHandle: redrive ? 'redrive-in' : 'in',
      data: { role, label: isDenied ? ACCESS_DENIED : label, isDenied },
      selected: selected.has(wire.id),
      ariaLabel: spokenWire(scenario, wire),
    }
    const old = before.get(wire.id)
    return old && sameEdge(old, edge) ? old : edge
  })
}

const sameEdge = (a: WireEdge, b: WireEdge): boolean =>
  a.source === b.source &&
  a.target === b.target &&
  a.sourceHandle === b.sourceHandle &&
  a.selected === b.selected &&
  a.ariaLabel === b.ariaLabel &&
  a.data?.role === b.data?.role &&
  a.data?.label === b.data?.label &&
  a.data?.isDenied === b.data?.isDenied
