import { kinds } from '../services/kinds.ts'
import { createHost } from './host.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

const post = (message: FromWorker, transfer: ArrayBuffer[]): void =>
  self.postMessage(message, { transfer })
const handle = createHost(kinds, post, () => performance.now())
self.addEventListener('message', (event: MessageEvent<ToWorker>) => handle(event.data))
