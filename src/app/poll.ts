/** Looking at the engine again and again: often while time runs, else only after a change. */
import type { App } from './store/store.ts'

/**
 * Calls `look` at once, `everyMs` after each look while the run plays, and after each change while
 * it stands. Never twice at the same time. Returns how to stop.
 */
export function pollRun(
  store: App['store'],
  everyMs: number,
  look: () => Promise<void>,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let looking = false
  let again = false
  let over = false

  async function next(): Promise<void> {
    if (over) return
    clearTimeout(timer)
    if (looking) {
      again = true
      return
    }
    looking = true
    again = false
    await look()
    looking = false
    if (again) await next()
    else if (!over && store.getState().play.status === 'playing') {
      timer = setTimeout(() => void next(), everyMs)
    }
  }

  void next()
  const unsubscribe = store.subscribe((state, before) => {
    const changed = state.moment !== before.moment || state.play.status !== before.play.status
    if (changed) void next()
  })
  return () => {
    over = true
    clearTimeout(timer)
    unsubscribe()
  }
}
