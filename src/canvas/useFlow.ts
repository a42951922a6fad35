import { applyNodeChanges } from '@xyflow/react'
import type { EdgeChange, NodeChange } from '@xyflow/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Command, Point } from '../scenario/commands.ts'
import type { NodeId, Scenario } from '../scenario/scenario.ts'
import type { PartNode, WireEdge } from './flowModel.ts'
import { toFlowEdges, toFlowNodes } from './flowModel.ts'
import type { Selection } from './selection.ts'

interface Flow {
  readonly scenario: Scenario
  readonly selection: Selection
  readonly nodes: PartNode[]
  readonly edges: WireEdge[]
}

const flowOf = (before: Flow | null, scenario: Scenario, selection: Selection): Flow => ({
  scenario,
  selection,
  nodes: toFlowNodes(before?.nodes ?? [], scenario, selection),
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
export function useFlow(scenario: Scenario, selection: Selection, listeners: Listeners) {
  const [flow, setFlow] = useState(() => flowOf(null, scenario, selection))
  if (flow.scenario !== scenario || flow.selection !== selection) {
    setFlow(flowOf(flow, scenario, selection))
  }

  // One click may tell of nodes, edges and a new part in separate calls: each builds on the last.
  const latest = useRef({ scenario, selection, ...listeners })
  useEffect(() => {
    latest.current = { scenario, selection, ...listeners }
  })

  const select = useCallback((selection: Selection) => {
    latest.current.selection = selection
    latest.current.onSelect(selection)
  }, [])

  const onNodesChange = useCallback(
    (changes: NodeChange<PartNode>[]) => {
      const { selection, scenario, onCommand } = latest.current
      const nodes = withSelectChanges(selection.nodes, changes)
      if (nodes !== selection.nodes) select({ ...selection, nodes })
      const local = changes.filter(({ type }) => type === 'position' || type === 'dimensions')
      if (local.length > 0) {
        setFlow((flow) => ({ ...flow, nodes: applyNodeChanges(local, flow.nodes) }))
      }
      const positions = settledPositions(scenario, changes)
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
  changes: readonly NodeChange<PartNode>[],
): Record<NodeId, Point> {
  const positions: Record<NodeId, Point> = {}
  for (const change of changes) {
    if (change.type !== 'position' || change.dragging || !change.position) continue
    const node = scenario.nodes.find(({ id }) => id === change.id)
    const { x, y } = change.position
    if (node && (node.x !== x || node.y !== y)) positions[change.id] = { x, y }
  }
  return positions
}
