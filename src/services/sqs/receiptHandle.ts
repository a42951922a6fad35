/** Receipt handles: opaque to callers as AWS's are, and as they begin; good for one queue only. */
import { ALPHABET, VALUES } from '../../scenario/base64url.ts'

/** What a handle says: which message of which queue (a node's index), and which receive of it. */
export interface Receipt {
  readonly node: number
  readonly slot: number
  readonly serial: number
  readonly receipt: number
}

const BEGINNING = 'AQEB'
/** Character codes, by what each letter stands for. */
const LETTERS = Array.from(ALPHABET, (letter) => letter.charCodeAt(0))

/** Numbers go in parts of 18 bits, three letters each: one of the node, the others longer. */
const PART = 1 << 18
const LETTERS_A_PART = 3
const NODE = BEGINNING.length
const SLOT = NODE + LETTERS_A_PART
const SERIAL = SLOT + 2 * LETTERS_A_PART
const RECEIPT = SERIAL + 2 * LETTERS_A_PART
const LENGTH = RECEIPT + 3 * LETTERS_A_PART

/** Character codes of the handle that is being written. */
const codes = Array.from(BEGINNING.padEnd(LENGTH), (letter) => letter.charCodeAt(0))

export function writeHandle({ node, slot, serial, receipt }: Receipt): string {
  write(NODE, SLOT, node)
  write(SLOT, SERIAL, slot)
  write(SERIAL, RECEIPT, serial)
  write(RECEIPT, LENGTH, receipt)
  return String.fromCharCode(...codes)
}

/** Null when the text is no handle. */
export function readHandle(handle: string): Receipt | null {
  if (handle.length !== LENGTH || !handle.startsWith(BEGINNING)) return null
  const node = read(handle, NODE, SLOT)
  const slot = read(handle, SLOT, SERIAL)
  const serial = read(handle, SERIAL, RECEIPT)
  const receipt = read(handle, RECEIPT, LENGTH)
  // NaN where a letter is none of ours.
  return node + slot + serial + receipt >= 0 ? { node, slot, serial, receipt } : null
}

function write(start: number, end: number, value: number): void {
  let rest = value
  for (let at = end; at > start; at -= LETTERS_A_PART) {
    const high = Math.floor(rest / PART)
    const part = rest - high * PART
    codes[at - 3] = LETTERS[part >> 12]
    codes[at - 2] = LETTERS[(part >> 6) & 63]
    codes[at - 1] = LETTERS[part & 63]
    rest = high
  }
}

function read(handle: string, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) {
    const code = handle.charCodeAt(at)
    const digit = code < 128 ? VALUES[code] : -1
    if (digit < 0) return NaN
    value = value * 64 + digit
  }
  return value
}
