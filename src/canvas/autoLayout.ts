/** Automatic layout: messages flow from left to right; a dead-letter queue hangs below its queue. */
import dagre from '@dagrejs/dagre'
import type { Point } from '../scenario/commands.ts'
import type { NodeId, Scenario, ScenarioNode } from '../scenario/scenario.ts'
import { sizeOfKind } from './partSize.ts'
import { GRID } from './selection.ts'
import { REDRIVE, roleOfWire } from './wiring.ts'

/** Between a queue and the dead-letter queue below it: room for the wire and its label. */
const BELOW = 4 * GRID
const BETWEEN_COLUMNS = 5 * GRID
const BETWEEN_ROWS = 2 * GRID
/** Handles stand so far below a card's top (canvas.css); aligned handles make straight wires. */
const HANDLE_Y = 60

const sizeOf = (node: ScenarioNode) => sizeOfKind(node.kind)
const snap = (value: number): number => Math.round(value / GRID) * GRID

/** New places of all parts, canvas units, on the grid; the same for the same document. */
export function autoLayout(scenario: Scenario): Record<NodeId, Point> {
  const below = hanging(scenario)
  const nodes = new Map(scenario.nodes.map((node) => [node.id, node]))
  const hung = new Set(below.values())
  const columnWidth = Math.max(0, ...scenario.nodes.map((node) => sizeOf(node).width))

  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', ranksep: BETWEEN_COLUMNS, nodesep: BETWEEN_ROWS })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const node of scenario.nodes) {
    if (hung.has(node.id)) continue
    // As wide as the widest, so that columns have one left edge; as tall below the handle as above
    // it, so that dagre's middle is the handle.
    const height = heightWithHanging(node, below, nodes)
    graph.setNode(node.id, {
      width: columnWidth,
      height: 2 * Math.max(HANDLE_Y, height - HANDLE_Y),
    })
  }
  for (const { from, to } of scenario.wires) {
    if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to)
  }
  dagre.layout(graph)

  const positions: Record<NodeId, Point> = {}
  for (const id of graph.nodes()) {
    const { x, y } = graph.node(id)
    let place: Point = { x: snap(x - columnWidth / 2), y: snap(y - HANDLE_Y) }
    for (let part: NodeId | undefined = id; part !== undefined; part = below.get(part)) {
      positions[part] = place
      const node = nodes.get(part)
      if (node) place = { x: place.x, y: snap(place.y + sizeOf(node).height + BELOW) }
    }
  }
  return positions
}

/** For each queue the dead-letter queue to hang below it: each hangs below the first that names it. */
function hanging(scenario: Scenario): ReadonlyMap<NodeId, NodeId> {
  const below = new Map<NodeId, NodeId>()
  const hung = new Set<NodeId>()
  for (const { from, to } of scenario.wires) {
    if (roleOfWire(scenario, from, to) !== REDRIVE) continue
    if (below.has(from) || hung.has(to) || leadsTo(below, to, from)) continue
    below.set(from, to)
    hung.add(to)
  }
  return below
}

function leadsTo(below: ReadonlyMap<NodeId, NodeId>, start: NodeId, end: NodeId): boolean {
  for (let id: NodeId | undefined = start; id !== undefined; id = below.get(id)) {
    if (id === end) return true
  }
  return false
}

function heightWithHanging(
  top: ScenarioNode,
  below: ReadonlyMap<NodeId, NodeId>,
  nodes: ReadonlyMap<NodeId, ScenarioNode>,
): number {
  let { height } = sizeOf(top)
  for (let id = below.get(top.id); id !== undefined; id = below.get(id)) {
    const node = nodes.get(id)
    if (node) height += BELOW + sizeOf(node).height
  }
  return height
}
