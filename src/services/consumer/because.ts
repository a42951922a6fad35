/** What follows from a worker's not finishing, in words for people. */
import { formatCount } from '../../base/format.ts'
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS, NEWS_WORDS } from './books.ts'
import { stateOf } from './state.ts'

const AGAIN =
  'No DeleteMessage follows, so its queue hands it out again once the visibility timeout has passed.'

export function because(sim: Simulation, node: number, row: LogRow): string {
  if (row.status === 503) return whyRefused(sim, node)
  switch (row.operation) {
    case NEWS_WORDS[NEWS.failed]:
      return `The work failed. ${AGAIN}`
    case NEWS_WORDS[NEWS.poison]:
      return `It is a poison message: every attempt at it fails. ${AGAIN} A dead-letter queue ends that after maxReceiveCount receives.`
    case NEWS_WORDS[NEWS.crashed]:
      return `The instance stopped with the message in hand. ${AGAIN}`
    case NEWS_WORDS[NEWS.forgot]:
      return `The work was done, but nobody told the queue. ${AGAIN} It will be worked on twice.`
    case NEWS_WORDS[NEWS.noPayload]:
      return `The message points to an object that is not in the bucket. The usual cause: an earlier attempt deleted the object, and then the message was not deleted. ${AGAIN}`
    case NEWS_WORDS[NEWS.noBucket]:
      return `The extended client could not read the body: no wire leads from that bucket to the fleet. ${AGAIN}`
    case NEWS_WORDS[NEWS.noReplyQueue]:
      return `The message names a queue for its reply, and no wire leads from the fleet to that queue. ${AGAIN}`
    default:
      return ''
  }
}

/** Who calls at once has nowhere to leave its work when all are busy. */
function whyRefused(sim: Simulation, node: number): string {
  const { acceptQueue } = stateOf(sim, node).settings
  const room = acceptQueue > 0 ? ` and ${formatCount(acceptQueue)} calls were waiting already` : ''
  return `Every worker was busy${room}. A queue in between would keep the work until one is free.`
}
