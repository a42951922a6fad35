/** Why things happen to what a function was given, in words for people (FACTS 7). */
import { formatDuration } from '../../base/format.ts'
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
  const { settings } = stateOf(sim, node)
  const tries = before.filter(({ operation }) => operation === NEWS_WORDS[NEWS.retry]).length
  if (row.error.startsWith('TooManyRequests')) {
    return 'As many copies of the function run already as its reserved concurrency, or the account, allows.'
  }
  switch (row.operation) {
    case NEWS_WORDS[NEWS.error]:
      return 'The function ended with an error; who invoked it decides whether it is tried again.'
    case NEWS_WORDS[NEWS.timeout]:
      return `The function was stopped after its timeout, ${formatDuration(settings.timeoutUs)}.`
    case NEWS_WORDS[NEWS.retry]:
      return `It is tried again: try ${tries + 2} is next. In a stream everything behind it in its shard waits meanwhile.`
    case NEWS_WORDS[NEWS.discarded]:
      return `Retries or its maximum age are used up after ${tries + 1} tries. An on-failure destination would have been told of it.`
    case NEWS_WORDS[NEWS.split]:
      return 'A batch that fails is cut in two, so that the half without the bad record can pass (BisectBatchOnFunctionError).'
    case NEWS_WORDS[NEWS.returned]:
      return 'Its batch failed, or the function named it in batchItemFailures: the event source mapping does not delete it, and the queue hands it out again after its visibility timeout.'
    case NEWS_WORDS[NEWS.tooLarge]:
      return 'The records that the function returned are together, in Base64, larger than the 6 MB that a synchronous response may have: a smaller buffer size for the transformation helps.'
    default:
      return ''
  }
}
