import { Tabs } from 'radix-ui'
import { lazy, Suspense } from 'react'
import { counted } from '../../base/format.ts'
import { useDigest } from '../../canvas/digests.ts'
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { views } from '../../services/views.ts'
import { INSPECTOR_ID } from '../focusIds.ts'
import type { InspectorTab } from '../store/viewSlice.ts'
import { useApp, useScenario } from '../useApp.ts'
import { NodeForm } from './NodeForm.tsx'
import { NodeHead } from './NodeHead.tsx'
import { ScenarioSettings } from './ScenarioSettings.tsx'
import { WireForm } from './WireForm.tsx'
import './inspector.css'

const MessagesTab = lazy(() => import('./MessagesTab.tsx'))
const TableTab = lazy(() => import('./TableTab.tsx'))
const MetricsTab = lazy(() => import('./MetricsTab.tsx'))

/** Settings and state of what is selected; of the whole design when nothing is. */
export default function Inspector() {
  const scenario = useScenario()
  const { nodes, wires } = useApp((state) => state.selection)
  const node = nodes.length === 1 ? scenario.nodes.find(({ id }) => id === nodes[0]) : undefined
  const wire = wires.length === 1 ? scenario.wires.find(({ id }) => id === wires[0]) : undefined
  return (
    <div className="inspector" id={INSPECTOR_ID} tabIndex={-1}>
      {node && nodes.length + wires.length === 1 ? (
        <NodeInspector key={node.id} node={node} />
      ) : wire && nodes.length + wires.length === 1 ? (
        <WireForm key={wire.id} wire={wire} />
      ) : nodes.length + wires.length > 1 ? (
        <Several nodes={nodes.length} wires={wires.length} />
      ) : (
        <ScenarioSettings />
      )}
    </div>
  )
}

function Several({ nodes, wires }: { readonly nodes: number; readonly wires: number }) {
  const words = [nodes > 0 && counted(nodes, 'part'), wires > 0 && counted(wires, 'wire')].filter(
    Boolean,
  )
  return (
    <div className="inspector-body">
      <h2 className="inspector-title">{words.join(' and ')} selected</h2>
      <p className="inspector-kind">Select a single one to see its settings.</p>
    </div>
  )
}

function NodeInspector({ node }: { readonly node: ScenarioNode }) {
  const tab = useApp((state) => state.tab)
  const setTab = useApp((state) => state.setTab)
  const advice = useDigest(node.id)?.advice ?? []
  const { lists = [], table } = views.get(node.kind) ?? {}
  const tabs: { id: InspectorTab; label: string; count?: number }[] = [
    { id: 'configure', label: 'Configure' },
    ...(lists.length > 0 ? [{ id: 'messages' as const, label: 'Messages' }] : []),
    ...(table ? [{ id: 'table' as const, label: table.label }] : []),
    { id: 'metrics', label: 'Metrics' },
    { id: 'advice', label: 'Advice', count: advice.length },
  ]
  const current = tabs.some(({ id }) => id === tab) ? tab : 'configure'
  return (
    <Tabs.Root
      className="inspector-tabs"
      value={current}
      onValueChange={(value) => {
        const chosen = tabs.find(({ id }) => id === value)
        if (chosen) setTab(chosen.id)
      }}
    >
      <NodeHead node={node} />
      <Tabs.List className="tabs" aria-label={`About ${node.name}`}>
        {tabs.map(({ id, label, count = 0 }) => (
          <Tabs.Trigger key={id} value={id} className="tab">
            {label}
            {count > 0 && (
              <span className="tab-count" aria-label={`(${count})`}>
                {count}
              </span>
            )}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="configure" className="inspector-scroll">
        <NodeForm node={node} />
      </Tabs.Content>
      <Suspense fallback={<p className="empty">…</p>}>
        <Tabs.Content value="messages" className="inspector-fill">
          <MessagesTab node={node.id} lists={lists} />
        </Tabs.Content>
        {table && (
          <Tabs.Content value="table" className="inspector-fill">
            <TableTab node={node} table={table} />
          </Tabs.Content>
        )}
        <Tabs.Content value="metrics" className="inspector-scroll">
          <MetricsTab node={node.id} />
        </Tabs.Content>
      </Suspense>
      <Tabs.Content value="advice" className="inspector-scroll">
        {advice.length === 0 ? (
          <p className="empty">Nothing to warn about now.</p>
        ) : (
          <ul className="advice">
            {advice.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </Tabs.Content>
    </Tabs.Root>
  )
}
