import { useEffect, useMemo, useRef } from 'react'
import { useStoreApi } from '@xyflow/react'
import type { FrameSource } from './frameSource.ts'
import { createHopPainter } from './hopPainter.ts'
import { runOverlay } from './overlay.ts'
import type { RouteBook } from './routeBook.ts'
import { useReducedMotion, useTheme } from './surroundings.ts'
import '../layers.css'

export interface HopLayerProps {
  readonly frames: FrameSource
  readonly routes: RouteBook
  /** Serial number of the message to ring while it travels. */
  readonly selected?: number | null
}

/**
 * The messages that move, over the React Flow pane. Place it as a child of <ReactFlow>. It renders
 * once: painting goes on outside React.
 */
export function HopLayer({ frames, routes, selected = null }: HopLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const store = useStoreApi()
  const theme = useTheme()
  const still = useReducedMotion()
  const painter = useMemo(() => createHopPainter(frames, routes, store), [frames, routes, store])

  useEffect(() => painter.set({ theme, still, selected }), [painter, theme, still, selected])
  useEffect(() => {
    if (canvas.current) return runOverlay(canvas.current, store, painter)
  }, [store, painter])

  return <canvas ref={canvas} className="paint-layer" data-layer="hops" aria-hidden="true" />
}
