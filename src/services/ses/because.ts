/** Why things happen to mail, in words for people (FACTS 13). */
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS, NEWS_WORDS } from './books.ts'

export function because(_sim: Simulation, _node: number, row: LogRow): string {
  switch (row.operation) {
    case NEWS_WORDS[NEWS.bounce]:
      return 'The recipient’s mail server refused it for good: SES does not try again. Many bounces put the account under review.'
    case NEWS_WORDS[NEWS.delayed]:
      return 'The recipient’s mail server could not take it just now: SES tries again.'
    case NEWS_WORDS[NEWS.eventLost]:
      return 'Nobody could be told of this event: the topic was not there, or its policy does not let SES publish.'
    case NEWS_WORDS[NEWS.renderingFailure]:
      return 'The template names a value that the call did not give, so there is nothing to send.'
    default:
      return ''
  }
}
