/** A delivery stream's own events, and the words of its rows in the log. */

/**
 * `a` is a buffer's filling, the batch's id, or the reading of a source; `b` the buffer's id, the batch's
 * try, or the shard.
 */
export const EVENT = {
  closeBuffer: 0,
  retry: 1,
  answered: 2,
  read: 3,
  list: 4,
  invocationTimedOut: 5,
  fetch: 6,
  metadata: 7,
} as const

export const NEWS_WORDS = [
  '(to the backup bucket)',
  '(lost: retries are over)',
  '(transformation failed: will be tried again)',
  '(not transformed: to processing-failed/)',
  '(put aside under the error prefix)',
] as const
export const NEWS = { toBackup: 0, lost: 1, invokedAgain: 2, notTransformed: 3, aside: 4 } as const
