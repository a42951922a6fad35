import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback } from 'react'
import type { MouseEvent as ReactMouseEvent } from 'react'
import { hitTestHop } from './hops/motion.ts'
import type { RouteBook } from './hops/routeBook.ts'
import type { ScenarioCanvasProps } from './ScenarioCanvas.tsx'
import type { RowBook } from './tokens/rowBook.ts'
import { hitTestToken } from './tokens/tokenLayout.ts'
import { placedRows } from './tokens/tokenPainter.ts'

/** How far from a message a click may be, screen pixels. */
const REACH_PX = 11

/**
 * Messages are painted, so a click looks for one where it fell: waiting ones first, then moving
 * ones. A click that meets a message means only the message.
 * @returns the canvas's handler of clicks in their capture phase
 */
export function useMessageClicks(
  { frames, digests, placing, onOpenMessage }: ScenarioCanvasProps,
  routes: RouteBook,
  rows: RowBook,
): (event: ReactMouseEvent) => void {
  const store = useStoreApi()
  const { screenToFlowPosition, getZoom } = useReactFlow()
  return useCallback(
    (event) => {
      if (!onOpenMessage || placing || isControl(event.target)) return
      const screen = { x: event.clientX, y: event.clientY }
      const point = screenToFlowPosition(screen, { snapToGrid: false })
      const reach = REACH_PX / getZoom()
      const serial =
        hitTestToken(placedRows(rows, digests, store), point, reach) ?? movingAt(point, reach)
      if (serial === null) return
      event.stopPropagation()
      onOpenMessage(serial, screen)

      function movingAt(at: { x: number; y: number }, radius: number): number | null {
        const shown = frames.current()
        if (!shown) return null
        const { hops } = shown.frame
        const index = hitTestHop(hops, routes.routes(), shown.atUs, at, radius)
        return index < 0 ? null : hops.message[index]
      }
    },
    [frames, digests, placing, onOpenMessage, routes, rows, store, screenToFlowPosition, getZoom],
  )
}

const isControl = (target: EventTarget): boolean =>
  target instanceof Element &&
  target.closest('button, .react-flow__handle, .react-flow__panel') !== null
