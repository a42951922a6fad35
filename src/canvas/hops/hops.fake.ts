/** Hops and routes for the tests of the painters. */
import { HOP_LOOK } from '../../worker/protocol.ts'
import type { HopColumns } from '../../worker/protocol.ts'
import type { Route } from './route.ts'

export interface FakeHop {
  readonly wire?: number
  readonly departUs?: number
  readonly arriveUs?: number
  readonly message?: number
  readonly hue?: number
  readonly look?: number
}

/** Hops from 0 to 1000 µs on wire 0, unless they say otherwise. */
export function fakeHops(list: readonly FakeHop[], density: readonly number[] = []): HopColumns {
  return {
    count: list.length,
    wire: Int32Array.from(list, ({ wire = 0 }) => wire),
    departUs: Float64Array.from(list, ({ departUs = 0 }) => departUs),
    arriveUs: Float64Array.from(list, ({ arriveUs = 1000 }) => arriveUs),
    message: Float64Array.from(list, ({ message = 1 }) => message),
    hue: Uint16Array.from(list, ({ hue = 0 }) => hue),
    look: Uint8Array.from(list, ({ look = HOP_LOOK.message }) => look),
    receives: new Uint16Array(list.length),
    density: Uint32Array.from(density),
  }
}

/** A straight route. */
export function straight(x0: number, y0: number, x1: number, y1: number, count = 5): Route {
  const points = new Float32Array(count * 2)
  for (let i = 0; i < count; i++) {
    points[i * 2] = x0 + ((x1 - x0) * i) / (count - 1)
    points[i * 2 + 1] = y0 + ((y1 - y0) * i) / (count - 1)
  }
  return { points, count }
}
