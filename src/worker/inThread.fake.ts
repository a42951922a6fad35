/** The real engine for tests of the screen side, in this thread: no worker is needed. */
import { kinds } from '../services/kinds.ts'
import type { StartWorker } from './client.ts'
import { createHost } from './host.ts'
import { inTurn } from './inTurn.ts'
import type { FromWorker } from './protocol.ts'

export const startInThread: StartWorker = (hear) => {
  let ended = false
  const post = (message: FromWorker): void =>
    queueMicrotask(() => {
      if (!ended) hear(message)
    })
  const handle = inTurn(
    kinds,
    createHost(kinds, post, () => 0),
    post,
  )
  return {
    postMessage: (message) => queueMicrotask(() => handle(message)),
    terminate: () => void (ended = true),
  }
}
