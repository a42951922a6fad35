/**
 * A canvas that lies over the React Flow pane and is painted in step with it: size, pixel ratio,
 * animation frames and pauses, all outside React's rendering.
 */
import type { useStoreApi } from '@xyflow/react'
import type { Viewport } from './motion.ts'

export type FlowStore = ReturnType<typeof useStoreApi>

export interface Surface {
  readonly context: CanvasRenderingContext2D
  /** Device pixels. */
  readonly width: number
  readonly height: number
  /** Device pixels per CSS pixel. */
  readonly ratio: number
}

export interface Painter {
  /**
   * Called in every animation frame; leaves the canvas alone when nothing changed. A new `surface`
   * object is an empty canvas.
   * @param nowMs wall time, as performance.now()
   */
  paint(surface: Surface, view: Viewport, nowMs: number): void
}

/** More device pixels than this buy nothing for things that move. */
const MAX_RATIO = 2

/** Paints until the returned function is called. */
export function runOverlay(canvas: HTMLCanvasElement, store: FlowStore, painter: Painter) {
  let surface = measure(canvas)
  let request = 0
  let paintedThisFrame = false

  // A task posted while a frame is being made runs after that frame.
  const afterFrame = new MessageChannel()
  afterFrame.port1.addEventListener('message', () => (paintedThisFrame = false))
  afterFrame.port1.start()

  const paint = () => {
    const [x, y, zoom] = store.getState().transform
    if (surface) painter.paint(surface, { x, y, zoom }, performance.now())
  }
  const tick = () => {
    request = requestAnimationFrame(tick)
    paint()
    paintedThisFrame = true
    afterFrame.port2.postMessage(null)
  }
  const pauseOrGo = () => {
    cancelAnimationFrame(request)
    if (!document.hidden) request = requestAnimationFrame(tick)
  }
  // React Flow's own animations move the pane in animation frames too, sometimes after ours:
  // painting again within the frame keeps the messages on their edges.
  const unsubscribe = store.subscribe((state, before) => {
    if (paintedThisFrame && state.transform !== before.transform) queueMicrotask(paint)
  })
  const sizes = new ResizeObserver(() => {
    surface = measure(canvas)
    paint()
  })
  sizes.observe(canvas)
  document.addEventListener('visibilitychange', pauseOrGo)
  pauseOrGo()

  return () => {
    cancelAnimationFrame(request)
    unsubscribe()
    sizes.disconnect()
    afterFrame.port1.close()
    document.removeEventListener('visibilitychange', pauseOrGo)
  }
}

/** Sets the canvas to the size of its box in device pixels, which empties it; null while it has none. */
function measure(canvas: HTMLCanvasElement): Surface | null {
  const ratio = Math.min(MAX_RATIO, window.devicePixelRatio)
  const width = Math.round(canvas.clientWidth * ratio)
  const height = Math.round(canvas.clientHeight * ratio)
  const context = canvas.getContext('2d')
  if (!context || width === 0 || height === 0) return null
  canvas.width = width
  canvas.height = height
  return { context, width, height, ratio }
}

/** The viewport's state as a value that two moments can be compared by. */
export const sameView = (a: Viewport, b: Viewport): boolean =>
  a.x === b.x && a.y === b.y && a.zoom === b.zoom
