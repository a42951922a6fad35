/** NextToken of paged lists: what page comes next, good for five minutes (FACTS 5). */
import { fromBase64, toBase64 } from '../../../base/base64.ts'
import { US_PER_MINUTE } from '../../../base/units.ts'
import type { ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const LIFE_US = 5 * US_PER_MINUTE

export interface Token {
  /** The stream that it goes on with. */
  readonly stream: string
  readonly after: number | string
  readonly filter?: unknown
  readonly untilUs: number
}

export const writeToken = (sim: Simulation, token: Omit<Token, 'untilUs'>): string =>
  toBase64(encoder.encode(JSON.stringify({ ...token, untilUs: sim.nowUs + LIFE_US })))

/** Null for what is not one of ours. */
export function readToken(given: unknown): Token | null {
  if (typeof given !== 'string') return null
  const bytes = fromBase64(given)
  if (!bytes) return null
  try {
    const token = JSON.parse(decoder.decode(bytes)) as Partial<Token>
    return typeof token.stream === 'string' && typeof token.untilUs === 'number'
      ? (token as Token)
      : null
  } catch {
    return null
  }
}

/** Why a token cannot be used, or null. */
export function tokenProblem(sim: Simulation, given: unknown): ApiError | null {
  const token = readToken(given)
  if (!token)
    return { code: 'InvalidArgumentException', status: 400, message: 'NextToken is invalid.' }
  if (sim.nowUs <= token.untilUs) return null
  return {
    code: 'ExpiredNextTokenException',
    status: 400,
    message: 'The pagination token passed to the operation is expired.',
  }
}
