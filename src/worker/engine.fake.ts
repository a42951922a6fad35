/** An engine for tests of the screen side: it counts time, and nothing else happens in it. */
import type { StartWorker } from './client.ts'
import { emptyFrame } from './frames.fake.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

/** An engine in this thread that counts time and remembers what it was told. */
export function createFakeEngine() {
  const heard: ToWorker[] = []
  const workers: { crash: (message: string) => void; say: (message: FromWorker) => void }[] = []
  const startWorker: StartWorker = (hear, broke) => {
    let atUs = 0
    function answer(message: ToWorker): FromWorker | null {
      const { run } = message
      if (message.type === 'load') {
        atUs = 0
        return { type: 'loaded', run, wires: [], frame: emptyFrame(0, 0) }
      }
      if (message.type === 'advance' || message.type === 'step') {
        const fromUs = atUs
        atUs = message.type === 'step' ? atUs + 10 : Math.max(atUs, message.toUs)
        return { type: 'frame', run, frame: emptyFrame(fromUs, atUs) }
      }
      if (message.type === 'intervene') {
        const intervention = { ...message.intervention, atUs }
        return { type: 'intervened', run, intervention, wires: [] }
      }
      if (message.type === 'seek' || message.type === 'stepBack') {
        atUs = message.type === 'seek' ? message.toUs : Math.max(0, atUs - 10)
        return { type: 'frame', run, frame: emptyFrame(atUs, atUs) }
      }
      if (message.type === 'breakAt') return null
      const reason = 'Nothing is known here.'
      return { type: 'answer', run, id: message.id, answer: { about: 'refused', reason } }
    }
    workers.push({ crash: broke, say: hear })
    return {
      postMessage(message) {
        heard.push(message)
        const reply = answer(message)
        if (reply) queueMicrotask(() => hear(reply))
      },
      terminate: () => undefined,
    }
  }
  const of = <T extends ToWorker['type']>(type: T) =>
    heard.filter((message): message is Extract<ToWorker, { type: T }> => message.type === type)
  return { startWorker, workers, of }
}
