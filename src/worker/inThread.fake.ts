/** The real engine for tests of the screen side, in this thread: no worker is needed. */
import { kinds } from '../services/kinds.ts'
import type { StartWorker } from './client.ts'
import { createHost } from './host.ts'

export const startInThread: StartWorker = (hear) => {
  let ended = false
  const handle = createHost(
    kinds,
    (message) =>
      queueMicrotask(() => {
        if (!ended) hear(message)
      }),
    () => 0,
  )
  return {
    postMessage: (message) => queueMicrotask(() => handle(message)),
    terminate: () => void (ended = true),
  }
}
