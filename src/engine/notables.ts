/**
 * What was notable in a run, for jumping from one such thing to the next. A ring; the run going back
 * keeps what is still to come, since it will come again, until something is done otherwise.
 */
import type { SimUs } from '../base/units.ts'
import type { Notable } from './frame.ts'

const KEPT = 1 << 15

export interface Notables {
  /** How many there were up to now. */
  count: number
  /** How many are known, those of a future that was seen already among them. */
  known: number
  /** Number n stands at n % KEPT. */
  readonly ring: Notable[]
}

export const createNotables = (): Notables => ({ count: 0, known: 0, ring: [] })

export function addNotable(notables: Notables, notable: Notable): void {
  notables.ring[notables.count++ % KEPT] = notable
  notables.known = Math.max(notables.known, notables.count)
}

/** The future is another one from now on. */
export function forgetFuture(notables: Notables): void {
  notables.known = notables.count
}

/** The nearest that `wanted` takes, after or before a moment; null: none that is known. */
export function nearestNotable(
  notables: Notables,
  fromUs: SimUs,
  direction: 'next' | 'previous',
  wanted: (notable: Notable) => boolean,
): Notable | null {
  const { known, ring } = notables
  const oldest = Math.max(0, known - KEPT)
  if (direction === 'next') {
    for (let n = oldest; n < known; n++) {
      const notable = ring[n % KEPT]
      if (notable.atUs > fromUs && wanted(notable)) return notable
    }
  } else {
    for (let n = known - 1; n >= oldest; n--) {
      const notable = ring[n % KEPT]
      if (notable.atUs < fromUs && wanted(notable)) return notable
    }
  }
  return null
}
