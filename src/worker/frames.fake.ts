/** Frames for tests of the screen side, without an engine. */
import type { SimUs } from '../base/units.ts'
import type { Frame } from './protocol.ts'

/** A frame in which nothing moves. */
export function emptyFrame(fromUs: SimUs, atUs: SimUs, more: Partial<Frame> = {}): Frame {
  return {
    fromUs,
    atUs,
    hops: {
      count: 0,
      wire: new Int32Array(0),
      departUs: new Float64Array(0),
      arriveUs: new Float64Array(0),
      message: new Float64Array(0),
      hue: new Uint16Array(0),
      look: new Uint8Array(0),
      receives: new Uint16Array(0),
      density: new Uint32Array(0),
    },
    marks: [],
    events: 0,
    idle: false,
    ...more,
  }
}
