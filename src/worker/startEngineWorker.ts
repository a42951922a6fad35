/** The real worker, as `createEngineClient` wants it. */
import type { StartWorker } from './client.ts'
import type { FromWorker } from './protocol.ts'

export const startEngineWorker: StartWorker = (hear, broke) => {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', (event: MessageEvent<FromWorker>) => hear(event.data))
  worker.addEventListener('error', (event) => broke(event.message || 'it could not be loaded'))
  return worker
}
