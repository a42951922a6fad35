/** Measurements made inside the page. */
import type { ReactFlowInstance } from '@xyflow/react'

/** Animation frames a second over this time. */
export function countFrames(forMs: number): Promise<number> {
  return new Promise((resolve) => {
    let frames = -1
    let beganMs = 0
    const count = (nowMs: number) => {
      if (frames < 0) beganMs = nowMs
      frames++
      if (nowMs - beganMs < forMs) requestAnimationFrame(count)
      else resolve((frames * 1000) / (nowMs - beganMs))
    }
    requestAnimationFrame(count)
  })
}

/** Pans and zooms in every animation frame until the returned function is called. */
export function sway(flow: ReactFlowInstance): () => void {
  const start = flow.getViewport()
  const beganMs = performance.now()
  let request = 0
  const step = () => {
    const turn = (performance.now() - beganMs) / 1000
    flow.setViewport({
      x: start.x + Math.sin(turn * 2) * 90,
      y: start.y + Math.sin(turn * 3) * 60,
      zoom: start.zoom * (1 + Math.sin(turn) * 0.25),
    })
    request = requestAnimationFrame(step)
  }
  step()
  return () => cancelAnimationFrame(request)
}

/**
 * Compares, after every frame, where the messages are in the picture with where the middles of
 * their edges are in the document, until `stop`.
 * @param edgeIds edges with exactly one message each, at half way, far from others
 */
export function strayOf(edgeIds: readonly string[]) {
  const canvas = document.querySelector<HTMLCanvasElement>('[data-layer=hops]')
  const context = canvas?.getContext('2d')
  if (!canvas || !context) throw new Error('the hop layer is not mounted')
  const paths = edgeIds.map((id) => document.getElementById(id) as unknown as SVGPathElement)
  let [frames, worst, request] = [0, 0, 0]
  // Posted while a frame is made, delivered after it: both pictures are then what is shown.
  const after = new MessageChannel()
  after.port1.addEventListener('message', () => {
    frames++
    const { width, height } = canvas
    const picture = context.getImageData(0, 0, width, height)
    for (const path of paths) worst = Math.max(worst, strayOfOne(path, picture))
  })
  after.port1.start()
  const tick = () => {
    after.port2.postMessage(null)
    request = requestAnimationFrame(tick)
  }
  tick()
  return {
    stop() {
      cancelAnimationFrame(request)
      after.port1.close()
      return { frames, worst }
    },
  }
}

/** Half the side of the square in which a message is looked for; one that is not there is this far off. */
const SEARCH = 16

/** Distance between an edge's middle and the centre of what is painted around it; device pixel ratio 1. */
function strayOfOne(path: SVGPathElement, { data, width, height }: ImageData): number {
  const matrix = path.getScreenCTM()
  if (!matrix) throw new Error('an edge is not drawn')
  const middle = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(matrix)
  if (middle.x < SEARCH || middle.y < SEARCH) return 0
  if (middle.x > width - SEARCH || middle.y > height - SEARCH) return 0
  let [sumX, sumY, weight] = [0, 0, 0]
  for (let y = Math.round(middle.y) - SEARCH; y < middle.y + SEARCH; y++) {
    for (let x = Math.round(middle.x) - SEARCH; x < middle.x + SEARCH; x++) {
      const alpha = data[(y * width + x) * 4 + 3]
      sumX += (x + 0.5) * alpha
      sumY += (y + 0.5) * alpha
      weight += alpha
    }
  }
  if (weight === 0) return SEARCH
  return Math.hypot(sumX / weight - middle.x, sumY / weight - middle.y)
}
