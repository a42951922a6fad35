/** Requests in their turn, where one may have to wait for what its parts need (`engine/prepare.ts`). */
import type { Kinds } from '../engine/build.ts'
import { kindsAdded, kindsIn, prepare } from '../engine/prepare.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

/** Hands requests to `handle` in their order, at once unless something is to be loaded first. */
export function inTurn(
  kinds: Kinds,
  handle: (request: ToWorker) => void,
  post: (message: FromWorker) => void,
): (request: ToWorker) => void {
  /** Those that wait; the first of them for what is being loaded. */
  const waiting: ToWorker[] = []

  function go(): void {
    while (waiting.length > 0) {
      const [request] = waiting
      const loading = prepare(kinds, kindsNeeded(request))
      if (loading) {
        loading.then(go, (problem: unknown) => {
          waiting.shift()
          const message = `A part cannot be loaded: ${textOf(problem)}`
          post({ type: 'failed', run: request.run, message, atUs: 0 })
          go()
        })
        return
      }
      waiting.shift()
      handle(request)
    }
  }

  return (request) => {
    waiting.push(request)
    if (waiting.length === 1) go()
  }
}

function kindsNeeded(request: ToWorker): string[] {
  if (request.type === 'load') return kindsIn(request.scenario, request.interventions)
  return request.type === 'intervene' ? kindsAdded(request.intervention) : []
}

const textOf = (problem: unknown): string =>
  problem instanceof Error ? problem.message : String(problem)
