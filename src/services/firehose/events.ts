/** A delivery stream's own events, and the words of its rows in the log. */

/** `a` is the buffer's filling, or the batch's id; `b` of `answered` is 1 for a try that failed. */
export const EVENT = { closeIntake: 0, closeBuffer: 1, retry: 2, answered: 3 } as const

export const NEWS_WORDS = [
  '(dropped by the transform)',
  '(to the backup bucket)',
  '(lost: retries are over)',
  '(transform failed)',
] as const
export const NEWS = { dropped: 0, toBackup: 1, lost: 2, transformFailed: 3 } as const
