/** Where every wire runs: edges write what they draw, the hop layer reads it by the engine's index. */
import { createContext, useContext, useLayoutEffect } from 'react'
import type { WireId } from '../../scenario/scenario.ts'
import { sampleRoute } from './route.ts'
import type { Route } from './route.ts'

export interface RouteBook {
  /** Grows with every change, so that a painter can tell whether anything moved. */
  readonly version: number
  /** The order in which hops count wires: the `wires` of 'loaded' or 'intervened'. */
  order(wires: readonly WireId[]): void
  /** Says how the wire is drawn now: the path's `d`, in flow coordinates; null when it is gone. */
  set(wire: WireId, path: string | null): void
  /** Routes in the engine's order; null where the wire is not drawn. */
  routes(): readonly (Route | null)[]
}

/** @param sample how a path becomes a route; tests bring their own */
export function createRouteBook(sample: (path: string) => Route = sampleRoute): RouteBook {
  let version = 0
  let wires: readonly WireId[] = []
  let list: readonly (Route | null)[] | null = null
  const paths = new Map<WireId, string>()
  const sampled = new Map<WireId, { path: string; route: Route }>()

  const routeOf = (wire: WireId): Route | null => {
    const path = paths.get(wire)
    if (path === undefined) return null
    const known = sampled.get(wire)
    if (known?.path === path) return known.route
    const route = sample(path)
    sampled.set(wire, { path, route })
    return route
  }
  const changed = () => {
    version++
    list = null
  }
  return {
    get version() {
      return version
    },
    order(next) {
      wires = next
      changed()
    },
    set(wire, path) {
      if (path === (paths.get(wire) ?? null)) return
      if (path === null) {
        paths.delete(wire)
        sampled.delete(wire)
      } else {
        paths.set(wire, path)
      }
      changed()
    },
    // Sampled when asked, not when set: a drag that moves an edge twice in a frame samples it once.
    routes: () => (list ??= wires.map(routeOf)),
  }
}

export const RouteBookContext = createContext<RouteBook | null>(null)

/** Called by an edge component with the path it draws; outside a `RouteBookContext` it does nothing. */
export function useRoute(wire: WireId, path: string): void {
  const book = useContext(RouteBookContext)
  useLayoutEffect(() => book?.set(wire, path), [book, wire, path])
  useLayoutEffect(() => () => book?.set(wire, null), [book, wire])
}
