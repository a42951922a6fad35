/** The way of a wire, sampled once per move of the wire so that a frame only interpolates. */

/** Points equally spaced along a wire's path, from its start to its end. */
export interface Route {
  /** x, y pairs in flow coordinates. */
  readonly points: Float32Array
  /** Number of points, at least 2. */
  readonly count: number
}

/** What is asked of an SVG path; tests put a straight line in its place. */
export type Measurable = Pick<SVGPathElement, 'getTotalLength' | 'getPointAtLength'>

/**
 * Samples a path, given as an element or as the text of its `d` attribute.
 * @param samples number of points, at least 2; 64 keeps the error of a long curve under a pixel
 */
export function sampleRoute(path: Measurable | string, samples = 64): Route {
  const element = typeof path === 'string' ? detachedPath(path) : path
  const length = element.getTotalLength()
  const points = new Float32Array(samples * 2)
  for (let i = 0; i < samples; i++) {
    const { x, y } = element.getPointAtLength((length * i) / (samples - 1))
    points[i * 2] = x
    points[i * 2 + 1] = y
  }
  return { points, count: samples }
}

function detachedPath(d: string): SVGPathElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  element.setAttribute('d', d)
  return element
}

/** A place in flow coordinates or pixels. */
export interface Point {
  x: number
  y: number
}

/** Writes the place at `share` (0 .. 1 of the way) into `into`: no allocation, 20 000 calls a frame. */
export function pointAt(route: Route, share: number, into: Point): void {
  const along = share * (route.count - 1)
  const before = Math.min(Math.floor(along), route.count - 2)
  const rest = along - before
  const at = before * 2
  const { points } = route
  into.x = points[at] + (points[at + 2] - points[at]) * rest
  into.y = points[at + 1] + (points[at + 3] - points[at + 1]) * rest
}

/** Length of a route in flow units. */
export function lengthOf({ points, count }: Route): number {
  let length = 0
  for (let i = 2; i < count * 2; i += 2) {
    length += Math.hypot(points[i] - points[i - 2], points[i + 1] - points[i - 1])
  }
  return length
}
