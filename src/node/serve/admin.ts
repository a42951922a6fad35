/** What is ours, not AWS's: health, the virtual clock, beginning anew. Answers are JSON. */
import type { LiveWorld } from './liveWorld.ts'
import { isObject } from './protocols/protocol.ts'

export const ADMIN_PATH = '/_switchyard/'

/** The longest step of the virtual clock: 400 days, so that any retention period fits in one. */
export const MAX_ADVANCE_MS = 400 * 24 * 3600 * 1000

export interface AdminReply {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

export function answerAdmin(
  world: LiveWorld,
  method: string,
  path: string,
  body: string,
): AdminReply {
  const route = ROUTES.get(path.slice(ADMIN_PATH.length))
  if (!route) return refused(404, `There is nothing at ${path}.`)
  if (route.method !== method) return refused(405, `Use ${route.method} for ${path}.`)
  return route.answer(world, body)
}

interface Route {
  readonly method: 'GET' | 'POST'
  answer(world: LiveWorld, body: string): AdminReply
}

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  [
    'health',
    {
      method: 'GET',
      answer: (world) => done({ status: 'ok', clock: world.clock, nowMs: world.nowMs() }),
    },
  ],
  ['clock', { method: 'POST', answer: advanceClock }],
  [
    'reset',
    {
      method: 'POST',
      answer(world) {
        world.reset()
        return done({ nowMs: world.nowMs() })
      },
    },
  ],
])

function advanceClock(world: LiveWorld, body: string): AdminReply {
  if (world.clock === 'real') {
    return refused(400, 'The clock is real: start with --clock virtual to advance it.')
  }
  const advanceMs = readAdvance(body)
  if (advanceMs === null) {
    return refused(400, `Send {"advanceMs": N}, N from 0 to ${MAX_ADVANCE_MS}.`)
  }
  world.advance(advanceMs)
  return done({ nowMs: world.nowMs() })
}

/** Null unless it is a number of milliseconds within the limit. */
function readAdvance(body: string): number | null {
  const input = parseJson(body)
  const value = isObject(input) ? input.advanceMs : undefined
  return typeof value === 'number' && value >= 0 && value <= MAX_ADVANCE_MS ? value : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const done = (body: Readonly<Record<string, unknown>>): AdminReply => ({ status: 200, body })
const refused = (status: number, error: string): AdminReply => ({ status, body: { error } })
