/** How far AWS's reader of a filter policy had come when it refused something in it. Pure. */

/** Names of members and numbers of elements on the way to what was read last. */
export interface Place {
  readonly path: readonly string[]
  /** A text to its end; else only its quotation mark is read. */
  readonly isRead?: boolean
}

/** The column, from 1, of what comes next. The reader goes through the policy written without blanks. */
export const columnAfter = (policy: unknown, { path, isRead = false }: Place): number =>
  1 + lengthUpTo(policy, path, isRead)

/** Of brackets only the opening one is read; for a member that is not there it is the closing one. */
function lengthUpTo(value: unknown, path: readonly string[], isRead: boolean): number {
  const isContainer = typeof value === 'object' && value !== null
  if (!isContainer) return typeof value === 'string' && !isRead ? 1 : written(value)
  if (path.length === 0) return 1
  let length = 1
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value)) length += written(name) + 1
    if (name === path[0]) return length + lengthUpTo(member, path.slice(1), isRead)
    length += written(member) + 1
  }
  return Math.max(length, 2)
}

const written = (value: unknown): number => JSON.stringify(value).length
