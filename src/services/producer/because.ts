/** Why a producer gives a message up, in words for people. */
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { stateOf } from './state.ts'

export const NEWS_WORDS = ['(given up)'] as const
export const NEWS = { gaveUp: 0 } as const

export function because(
  sim: Simulation,
  node: number,
  row: LogRow,
  before: readonly LogRow[],
): string {
  if (row.operation !== NEWS_WORDS[NEWS.gaveUp]) return ''
  const { retries } = stateOf(sim, node).settings
  const tries = before.filter(({ isCall, from }) => isCall && from === row.to)
  const last = tries.at(-1)
  if (!last) return 'It was refused, and the producer does not try again. The message is lost.'
  const refusal = last.error ? `${last.to} refused it with ${last.error}` : `${last.to} refused it`
  if (tries.length > retries && retries > 0) {
    return `${refusal}, and ${retries} retries are all that the producer makes. The message is lost.`
  }
  return retries > 0
    ? `${refusal}, which no retry would change. The message is lost.`
    : `${refusal}, and the producer makes no retries. The message is lost.`
}
