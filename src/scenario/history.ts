/**
 * Undo and redo. Documents are small, immutable and edited by one person, so a step of history is
 * simply the document as it was. Loading another document starts a new history.
 */
import { applyDiff } from './diff.ts'
import type { Scenario, ScenarioDiff } from './scenario.ts'

/** Older steps are forgotten. */
export const MAX_STEPS = 200

export interface History {
  readonly past: readonly Scenario[]
  readonly present: Scenario
  /** What redo leads to, the nearest first. */
  readonly future: readonly Scenario[]
  /** Names the gesture that made the last step; further edits of the same gesture join it. */
  readonly gesture?: string
}

export const startHistory = (scenario: Scenario): History => ({
  past: [],
  present: scenario,
  future: [],
})

/**
 * Makes `next` the present.
 * @param gesture edits in a row with the same text here are one step: all positions of one drag, one
 *   slider being moved ("n3.VisibilityTimeout"), typing in one field. Absent: a step of its own.
 */
export function record(history: History, next: Scenario, gesture?: string): History {
  if (next === history.present) return history
  if (gesture !== undefined && gesture === history.gesture) {
    return { ...history, present: next, future: [] }
  }
  const past = [...history.past, history.present].slice(-MAX_STEPS)
  return { past, present: next, future: [], gesture }
}

/** Ends the gesture (pointer up, field left): the next edit is a step of its own. */
export const endGesture = (history: History): History =>
  history.gesture === undefined ? history : { ...history, gesture: undefined }

export const canUndo = (history: History): boolean => history.past.length > 0
export const canRedo = (history: History): boolean => history.future.length > 0

/** One step back; the same history when there is none. */
export function undo(history: History): History {
  const { past, present, future } = history
  if (past.length === 0) return history
  return { past: past.slice(0, -1), present: past[past.length - 1], future: [present, ...future] }
}

/** One step forward again; the same history when there is none. */
export function redo(history: History): History {
  const { past, present, future } = history
  if (future.length === 0) return history
  return { past: [...past, present], present: future[0], future: future.slice(1) }
}

/** Somebody else changed the document: in every step, so that undo takes back one's own work only. */
export const rebase = (history: History, diff: ScenarioDiff): History => ({
  ...history,
  past: history.past.map((step) => applyDiff(step, diff)),
  present: applyDiff(history.present, diff),
  future: history.future.map((step) => applyDiff(step, diff)),
})
