import { Suspense, lazy } from 'react'
import { ScenarioCanvas } from '../canvas/ScenarioCanvas.tsx'
import { selectNode } from '../canvas/selection.ts'
import { withEveryKind } from '../services/views.ts'
import { useCanvasRef } from './canvasRef.ts'
import { INSPECTOR_ID } from './focusIds.ts'
import { useApp, useAppRun, useScenario } from './useApp.ts'
import { useTheme } from './useTheme.ts'

const Outline = lazy(() =>
  withEveryKind(import('../canvas/Outline.tsx').then(({ Outline }) => ({ default: Outline }))),
)
const GateTip = lazy(() => import('./GateTip.tsx'))

/** The picture of the run; or the same as a list. */
export function Stage({ readOnly = false }: { readonly readOnly?: boolean }) {
  const { player } = useAppRun()
  const canvas = useCanvasRef()
  const scenario = useScenario()
  const theme = useTheme()
  const docId = useApp((state) => state.docId)
  const opened = useApp((state) => state.opened)
  const view = useApp((state) => state.openedView)
  const outline = useApp((state) => state.outline)
  const selection = useApp((state) => state.selection)
  const select = useApp((state) => state.select)
  const dispatch = useApp((state) => state.dispatch)
  const act = useApp((state) => state.act)
  const announce = useApp((state) => state.announce)
  const wireIds = useApp((state) => state.play.wireIds)
  const placing = useApp((state) => state.placing)
  const setPlacing = useApp((state) => state.setPlacing)
  const setSheet = useApp((state) => state.setSheet)
  const message = useApp((state) => state.message)
  const openMessage = useApp((state) => state.openMessage)
  if (opened === 0) return null
  if (outline) {
    return (
      <div className="app-outline" data-document={docId}>
        <Suspense>
          <Outline
            scenario={scenario}
            digests={player.digests}
            selection={selection}
            onSelect={select}
            onCommand={dispatch}
            onConfigure={() => {
              setSheet('inspector')
              requestAnimationFrame(() => document.getElementById(INSPECTOR_ID)?.focus())
            }}
          />
        </Suspense>
      </div>
    )
  }
  return (
    <ScenarioCanvas
      key={opened}
      ref={canvas}
      scenario={scenario}
      digests={player.digests}
      frames={player.frames}
      readOnly={readOnly}
      wireIds={wireIds}
      selection={selection}
      onSelect={select}
      onCommand={dispatch}
      onConnectRefused={(reason, instead) => announce(`${reason} ${instead}`)}
      onAction={readOnly ? undefined : (node, action) => void act(node.id, action.id, action.args)}
      openMessage={message && message.variant !== 'a' ? message.message : null}
      onOpenMessage={(serial, at) => openMessage({ message: serial, ...at })}
      WireTip={GateTip}
      placing={placing}
      onPlaced={(id) => {
        setPlacing(null)
        if (id) select(selectNode(id))
      }}
      theme={theme}
      area={view ?? undefined}
    />
  )
}
