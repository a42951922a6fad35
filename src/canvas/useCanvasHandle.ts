import { useReactFlow, useStoreApi, type Rect } from '@xyflow/react'
import { useCallback, useEffect, useImperativeHandle, useRef } from 'react'
import type { NodeId, Scenario } from '../scenario/scenario.ts'
import { SMOOTH_FIT } from './CanvasControls.tsx'
import { rectInDocument, type Orientation } from './orientation.ts'
import type { ScenarioCanvasProps } from './ScenarioCanvas.tsx'

/** What shortcuts, menus and the command palette may ask of a canvas. */
export interface CanvasHandle {
  /** Brings everything into view. */
  fit(): void
  zoomIn(): void
  zoomOut(): void
  /** Brings one part into view and focuses its card. */
  reveal(id: NodeId): void
  /** What is in view, in whole units of the document; null before it is measured. */
  area(): Rect | null
  /** Arranges all parts automatically: one `arrange` command, then everything in view. */
  tidy(): void
}

const SMOOTH = { duration: 200 }

/** @param renew asks for an orientation that suits the document's new places */
export function useCanvasHandle(
  props: ScenarioCanvasProps,
  orientation: Orientation,
  renew: () => void,
): CanvasHandle {
  const flow = useReactFlow()
  const store = useStoreApi()
  const showPart = useShowPart()
  /** The document as it was before automatic layout; null when that is done. */
  const untidy = useRef<Scenario | null>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  // Parts chosen elsewhere (outline, search, paste) come into view; those clicked here are in it.
  const [only] = props.selection.nodes.length === 1 ? props.selection.nodes : []
  useEffect(() => {
    if (only !== undefined) showPart(only)
  }, [only, showPart])

  const { scenario } = props
  useEffect(() => {
    if (!untidy.current || untidy.current === scenario) return
    untidy.current = null
    renew()
    void flow.fitView(SMOOTH_FIT)
  }, [scenario, flow, renew])

  const tidy = useCallback(async () => {
    const { autoLayout } = await import('./autoLayout.ts')
    const { scenario, onCommand } = latest.current
    const positions = autoLayout(scenario)
    const isTidy = scenario.nodes.every(
      ({ id, x, y }) => positions[id].x === x && positions[id].y === y,
    )
    if (isTidy) {
      void flow.fitView(SMOOTH_FIT)
      return
    }
    untidy.current = scenario
    onCommand({ type: 'arrange', positions })
  }, [flow])

  const handle: CanvasHandle = {
    fit: () => void flow.fitView(SMOOTH_FIT),
    zoomIn: () => void flow.zoomIn(SMOOTH),
    zoomOut: () => void flow.zoomOut(SMOOTH),
    reveal(id) {
      showPart(id)
      const selector = `.react-flow__node[data-id="${CSS.escape(id)}"]`
      document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
    },
    area() {
      const { transform, width, height } = store.getState()
      if (width === 0) return null
      const [left, top, zoom] = transform
      const units = (pixels: number) => Math.round(pixels / zoom)
      return rectInDocument(orientation, {
        x: units(-left),
        y: units(-top),
        width: units(width),
        height: units(height),
      })
    },
    tidy: () => void tidy(),
  }
  useImperativeHandle(props.ref, () => handle)
  return handle
}

/** Moves the view so that the part's middle is in it, if it is not. */
function useShowPart(): (id: NodeId) => void {
  const { setCenter } = useReactFlow()
  const store = useStoreApi()
  return useCallback(
    (id) => {
      const { nodeLookup, transform, width, height } = store.getState()
      const part = nodeLookup.get(id)
      if (!part || width === 0) return
      // A part that was just placed is not measured yet; its corner alone may be out of view.
      const middle = {
        x: part.internals.positionAbsolute.x + (part.measured.width ?? part.width ?? 0) / 2,
        y:
          part.internals.positionAbsolute.y + (part.measured.height ?? part.initialHeight ?? 0) / 2,
      }
      const [left, top, zoom] = transform
      const x = middle.x * zoom + left
      const y = middle.y * zoom + top
      const inView = x > 0 && y > 0 && x < width && y < height
      if (!inView) void setCenter(middle.x, middle.y, { zoom, ...SMOOTH })
    },
    [setCenter, store],
  )
}
