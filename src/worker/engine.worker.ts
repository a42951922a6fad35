import { kinds } from '../services/kinds.ts'
import { createHost } from './host.ts'
import { inTurn } from './inTurn.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

const post = (message: FromWorker, transfer: ArrayBuffer[] = []): void =>
  self.postMessage(message, { transfer })
const handle = inTurn(
  kinds,
  createHost(kinds, post, () => performance.now()),
  post,
)
self.addEventListener('message', (event: MessageEvent<ToWorker>) => handle(event.data))
