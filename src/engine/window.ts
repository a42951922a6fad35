/**
 * Which entries of a ring are there, when the run that fills it goes back and on: those it wrote before
 * are what it will write again, so that they stay good until something is done otherwise.
 */
export interface Window {
  readonly capacity: number
  /** The first entry that is there, and the one after the last, as of the last move. */
  oldest: number
  known: number
}

export const createWindow = (capacity: number): Window => ({ capacity, oldest: 0, known: 0 })

/** The oldest entry that can still be read when `written` were. */
export const oldestIn = ({ oldest, known, capacity }: Window, written: number): number =>
  Math.max(oldest, Math.max(known, written) - capacity)

/** How many entries are known, some of them perhaps still to come. */
export const knownIn = ({ known }: Window, written: number): number => Math.max(known, written)

/** The run goes from where `written` were to where `target` were. */
export function moveWindow(window: Window, written: number, target: number): void {
  window.oldest = oldestIn(window, written)
  window.known = knownIn(window, written)
  if (target >= window.oldest && target <= window.known) return
  // What is written from there on would stand where others stand now.
  window.oldest = target
  window.known = target
}

/** What was known to come will be otherwise. */
export function closeWindow(window: Window, written: number): void {
  window.oldest = oldestIn(window, written)
  window.known = written
}
