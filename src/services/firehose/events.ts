/** A delivery stream's own events, and the words of its rows in the log. */

/**
 * `a` is the buffer's filling, the batch's id, or the reading of a stream; `b` the batch's try, or the
 * shard.
 */
export const EVENT = { closeBuffer: 0, retry: 1, answered: 2, read: 3, list: 4 } as const

export const NEWS_WORDS = ['(to the backup bucket)', '(lost: retries are over)'] as const
export const NEWS = { toBackup: 0, lost: 1 } as const
