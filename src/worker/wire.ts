/**
 * The protocol as text, for a WebSocket to a served world: JSON, with the columns of a frame's hops
 * as base64 of their bytes (little-endian, as every machine that runs a browser).
 */
import { fromBase64Url, toBase64Url } from '../scenario/base64url.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { LiveClock } from './live.ts'
import type { Frame, FromWorker, HopColumns } from './protocol.ts'

/** Said first, and again whenever the world began anew: a page then loads it. */
export interface Welcome {
  readonly type: 'welcome'
  readonly scenario: Scenario
  readonly clock: LiveClock
}
export type FromServer = FromWorker | Welcome

const NAMES = [
  'wire',
  'departUs',
  'arriveUs',
  'message',
  'hue',
  'look',
  'receives',
  'density',
] as const satisfies readonly (keyof HopColumns)[]
type ColumnName = (typeof NAMES)[number]

type PackedHops = { count: number } & Partial<Record<ColumnName, string>>

export function encode(message: FromServer): string {
  if (!('frame' in message)) return JSON.stringify(message)
  return JSON.stringify({ ...message, frame: { ...message.frame, hops: pack(message.frame.hops) } })
}

/** The reverse of `encode`. @throws when it is not what `encode` made */
export function decode(text: string): FromServer {
  const message = JSON.parse(text) as FromServer
  if (!('frame' in message)) return message
  const hops = unpack(message.frame.hops as unknown as PackedHops)
  return { ...message, frame: { ...message.frame, hops } satisfies Frame }
}

/** Empty columns are left out: most frames of a quiet world have no hops. */
function pack(hops: HopColumns): PackedHops {
  const packed: PackedHops = { count: hops.count }
  for (const name of NAMES) {
    const { buffer, byteOffset, byteLength } = hops[name]
    if (byteLength === 0) continue
    packed[name] = toBase64Url(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return packed
}

function unpack(packed: PackedHops): HopColumns {
  const column = (name: ColumnName): ArrayBuffer => {
    const bytes = fromBase64Url(packed[name] ?? '')
    if (!bytes) throw new Error(`The column ${name} is damaged`)
    return bytes.buffer as ArrayBuffer
  }
  return {
    count: packed.count,
    wire: new Int32Array(column('wire')),
    departUs: new Float64Array(column('departUs')),
    arriveUs: new Float64Array(column('arriveUs')),
    message: new Float64Array(column('message')),
    hue: new Uint16Array(column('hue')),
    look: new Uint8Array(column('look')),
    receives: new Uint16Array(column('receives')),
    density: new Uint32Array(column('density')),
  }
}
