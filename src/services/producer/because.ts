/** Why a producer gives a message up, and what became of its requests, in words for people. */
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS, NEWS_WORDS } from './books.ts'
import { stateOf } from './state.ts'

export function because(
  sim: Simulation,
  node: number,
  row: LogRow,
  before: readonly LogRow[],
): string {
  switch (row.operation) {
    case NEWS_WORDS[NEWS.gaveUp]:
      return whyGivenUp(sim, node, row, before)
    case NEWS_WORDS[NEWS.timedOut]:
      return before.some(({ operation }) => operation === 'ReceiveMessage')
        ? 'A responder has it, but its reply did not come in time. The requester waits no longer; a reply that still comes is orphaned.'
        : 'No responder has taken it yet. The requester waits no longer; the request is worked on all the same, and its reply will be orphaned.'
    case NEWS_WORDS[NEWS.orphaned]:
      return 'No request waits for it: its request timed out, or had a reply already because it was worked on twice. The requester deletes it.'
    default:
      return ''
  }
}

function whyGivenUp(sim: Simulation, node: number, row: LogRow, before: readonly LogRow[]): string {
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
