/** Frames as the engine would send them, made up in the page. */
import type { FrameSource } from '../../src/canvas/hops/frameSource.ts'
import { HOP_LOOK } from '../../src/worker/protocol.ts'
import type { Frame } from '../../src/worker/protocol.ts'
import { TRAVEL_MS } from './graph.ts'
import type { Message } from './graph.ts'

const TRAVEL_US = TRAVEL_MS * 1000

/** @returns the frame of a moment, with every message on the move */
function framesOf(messages: readonly Message[]): (atUs: number) => Frame {
  const count = messages.length
  const constant = {
    count,
    wire: Int32Array.from(messages, ({ wire }) => wire),
    message: Float64Array.from(messages, (_, i) => i + 1),
    hue: Uint16Array.from(messages, ({ hue }) => hue),
    look: new Uint8Array(count).fill(HOP_LOOK.message),
    receives: new Uint16Array(count),
    density: new Uint32Array(0),
  }
  return (atUs) => {
    const departUs = new Float64Array(count)
    const arriveUs = new Float64Array(count)
    for (let i = 0; i < count; i++) {
      departUs[i] = atUs - ((atUs / TRAVEL_US + messages[i].phase) % 1) * TRAVEL_US
      arriveUs[i] = departUs[i] + TRAVEL_US
    }
    const hops = { ...constant, departUs, arriveUs }
    return { fromUs: atUs, atUs, hops, marks: [], events: 0, idle: false }
  }
}

/**
 * All messages always on the move, forever. A new frame for every paint: more often than the
 * engine sends them, and counted to our costs.
 */
export function movingFrames(messages: readonly Message[]): FrameSource {
  const frameAt = framesOf(messages)
  const beganMs = performance.now()
  return {
    current() {
      const atUs = (performance.now() - beganMs) * 1000
      return { frame: frameAt(atUs), atUs }
    },
  }
}

/** Time stands still: every message is where its phase says. */
export function frozenFrames(messages: readonly Message[]): FrameSource {
  const shown = { frame: framesOf(messages)(0), atUs: 0 }
  return { current: () => shown }
}
