import { applyNodeChanges } from '@xyflow/react'
import type { EdgeChange, NodeChange } from '@xyflow/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Command, Point } from '../scenario/commands.ts'
import type { NodeId, Scenario } from '../scenario/scenario.ts'
import type { PartNode, WireEdge } from './flowModel.ts'
import { toFlowEdges, toFlowNodes } from './flowModel.ts'
import { toCanvas, toDocument, type Orientation } from './orientation.ts'
import type { Selection } from './selection.ts'

interface Flow {
  readonly scenario: Scenario
  readonly selection: Selection
  readonly orientation: Orientation
  readonly nodes: PartNode[]
  readonly edges: WireEdge[]
}

const flowOf = (
  before: Flow | null,
  scenario: Scenario,
  selection: Selection,
  orientation: Orientation,
): Flow => ({
  scenario,
  selection,
  orientation,
  nodes: toFlowNodes(before?.nodes ?? [], scenario, selection, orientation),
  edges: toFlowEdges(before?.edges ?? [], scenario, selection),
})

interface Listeners {
  readonly onSelect: (selection: Selection) => void
  readonly onCommand: (command: Command) => void
}

/**
 * Scenario and selection as React Flow's controlled nodes and edges. A drag lives here until it
 * ends; then it is one `arrange` command. Arrow keys arrive the same way, one command a press.
 */
export function useFlow(
  scenario: Scenario,
  selection: Selection,
  orientation: Orientation,
  listeners: Listeners,
) {
  const [flow, setFlow] = useState(() => flowOf(null, scenario, selection, orientation))
  if (
    flow.scenario !== scenario ||
    flow.selection !== selection ||
    flow.orientation !== orientation
  ) {
    setFlow(flowOf(flow, scenario, selection, orientation))
  }

  // One click may tell of nodes, edges and a new part in separate calls: each builds on the last.
  const latest = useRef({ scenario, selection, orientation, ...listeners })
  useEffect(() => {
    latest.current = { scenario, selection, orientation, ...listeners }
  })

  const select = useCallback((selection: Selection) => {
    latest.current.selection = selection
    latest.current.onSelect(selection)
  }, [])

  const onNodesChange = useCallback(
    (changes: NodeChange<PartNode>[]) => {
      const { selection, scenario, orientation, onCommand } = latest.current
      const nodes = withSelectChanges(selection.nodes, changes)
      if (nodes !== selection.nodes) select({ ...selection, nodes })
      const local = changes.filter(({ type }) => type === 'position' || type === 'dimensions')
      if (local.length > 0) {
        setFlow((flow) => ({ ...flow, nodes: applyNodeChanges(local, flow.nodes) }))
      }
      const positions = settledPositions(scenario, orientation, changes)
      if (Object.keys(positions).length > 0) onCommand({ type: 'arrange', positions })
    },
    [select],
  )

  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireEdge>[]) => {
      const { selection } = latest.current
      const wires = withSelectChanges(selection.wires, changes)
      if (wires !== selection.wires) select({ ...selection, wires })
    },
    [select],
  )

  return { select, flow: { nodes: flow.nodes, edges: flow.edges, onNodesChange, onEdgesChange } }
}

type Change = NodeChange<PartNode> | EdgeChange<WireEdge>

function withSelectChanges(ids: readonly string[], changes: readonly Change[]): readonly string[] {
  let next = ids
  for (const change of changes) {
    if (change.type !== 'select' || next.includes(change.id) === change.selected) continue
    next = change.selected ? [...next, change.id] : next.filter((id) => id !== change.id)
  }
  return next
}

/** Where parts came to rest, if that is another place than the document's. */
function settledPositions(
  scenario: Scenario,
  orientation: Orientation,
  changes: readonly NodeChange<PartNode>[],
): Record<NodeId, Point> {
  const positions: Record<NodeId, Point> = {}
  for (const change of changes) {
    if (change.type !== 'position' || change.dragging || !change.position) continue
    const node = scenario.nodes.find(({ id }) => id === change.id)
    if (!node) continue
    const { x, y } = change.position
    const before = toCanvas(orientation, node)
    if (before.x !== x || before.y !== y) positions[change.id] = toDocument(orientation, { x, y })
  }
  return positions
}
