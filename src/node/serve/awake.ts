/**
 * Stays awake for a moment after an answer. Whoever called mostly calls again at once, and to be woken takes a
 * process longer than to answer: several times as long on a virtual machine.
 */
import { availableParallelism } from 'node:os'

/** Longer than a quick client thinks between two calls; for one that takes its time there is nothing to gain. */
const AWAKE_MS = 0.25

/**
 * @returns to be called at each answer: from then on, Node looks for what was received without sleeping
 * @param soon runs something once Node has looked; `nowMs` is any clock
 */
export function createAwake(
  soon: (look: () => void) => void = setImmediate,
  nowMs: () => number = () => performance.now(),
  processors = availableParallelism(),
): () => void {
  // Who calls needs the only one there is.
  if (processors === 1) return () => undefined
  let untilMs = -Infinity
  let isLooking = false
  function look(): void {
    isLooking = nowMs() < untilMs
    if (isLooking) soon(look)
  }
  return () => {
    untilMs = nowMs() + AWAKE_MS
    if (isLooking) return
    isLooking = true
    soon(look)
  }
}
