import { useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, useImperativeHandle, useRef } from 'react'
import type { NodeId } from '../scenario/scenario.ts'
import { FIT } from './CanvasControls.tsx'
import type { ScenarioCanvasProps } from './ScenarioCanvas.tsx'

/** What shortcuts, menus and the command palette may ask of a canvas. */
export interface CanvasHandle {
  /** Brings everything into view. */
  fit(): void
  zoomIn(): void
  zoomOut(): void
  /** Brings one part into the middle of the view and focuses its card. */
  reveal(id: NodeId): void
  /** Arranges all parts automatically: one `arrange` command, then everything in view. */
  tidy(): void
}

const SMOOTH = { duration: 200 }

export function useCanvasHandle(props: ScenarioCanvasProps): CanvasHandle {
  const flow = useReactFlow()
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  const tidy = useCallback(async () => {
    const { autoLayout } = await import('./autoLayout.ts')
    const { scenario, onCommand } = latest.current
    onCommand({ type: 'arrange', positions: autoLayout(scenario) })
    // The new places reach React Flow with the next render.
    requestAnimationFrame(() => requestAnimationFrame(() => void flow.fitView(FIT)))
  }, [flow])

  const handle: CanvasHandle = {
    fit: () => void flow.fitView(FIT),
    zoomIn: () => void flow.zoomIn(SMOOTH),
    zoomOut: () => void flow.zoomOut(SMOOTH),
    reveal(id) {
      void flow.fitView({ nodes: [{ id }], maxZoom: flow.getZoom(), minZoom: 0.5, ...SMOOTH })
      const selector = `.react-flow__node[data-id="${CSS.escape(id)}"]`
      document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
    },
    tidy: () => void tidy(),
  }
  useImperativeHandle(props.ref, () => handle)
  return handle
}
