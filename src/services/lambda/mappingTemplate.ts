/** An event source mapping in a CloudFormation template: the settings of the wire (FACTS 7). */
import { fromSeconds } from '../../base/units.ts'
import { epochSeconds } from '../aws.ts'
import {
  ref,
  type Draft,
  type Link,
  type Part,
  type Properties,
  type Value,
} from '../cloudFormation.ts'

type Config = Link['config']

/**
 * What is AWS's default is left out.
 * @param failures where batches of a stream go that are given up; null to lose them
 */
export function mappingOf(link: Link, handler: Part, failures: Value | null): Properties {
  const { role, config, other } = link
  return {
    FunctionName: ref(handler.id),
    EventSourceArn: other.arn!,
    Enabled: config.Enabled === false ? false : undefined,
    FunctionResponseTypes:
      config.ReportBatchItemFailures === true ? ['ReportBatchItemFailures'] : undefined,
    // FIFO queues have none.
    MaximumBatchingWindowInSeconds:
      other.config.FifoQueue === true
        ? undefined
        : unless(0, config, 'MaximumBatchingWindowInSeconds'),
    ...(role === 'poll' ? ofQueue(config) : ofStream(config, failures)),
  }
}

function ofQueue(config: Config): Properties {
  const most = atLeast('MaximumConcurrency', config)
  return {
    BatchSize: unless(10, config, 'BatchSize'),
    ScalingConfig: most > 0 ? { MaximumConcurrency: most } : undefined,
  }
}

function ofStream(config: Config, failures: Value | null): Properties {
  const ageS = atLeast('MaximumRecordAgeInSeconds', config)
  const isFromTime = config.StartingPosition === 'AT_TIMESTAMP'
  return {
    BatchSize: unless(100, config, 'BatchSize'),
    StartingPosition: String(config.StartingPosition),
    StartingPositionTimestamp: isFromTime
      ? epochSeconds(fromSeconds(Number(config.startAtS)))
      : undefined,
    ParallelizationFactor: unless(1, config, 'ParallelizationFactor'),
    MaximumRetryAttempts: unless(-1, config, 'MaximumRetryAttempts'),
    MaximumRecordAgeInSeconds: ageS > 0 ? ageS : undefined,
    BisectBatchOnFunctionError: config.BisectBatchOnFunctionError === true ? true : undefined,
    DestinationConfig: failures === null ? undefined : { OnFailure: { Destination: failures } },
  }
}

/** The number, undefined where it is AWS's default. */
const unless = (byDefault: number, config: Config, name: string): number | undefined =>
  config[name] === byDefault ? undefined : Number(config[name])

/** What Lambda takes at least of settings that may also be off. */
const LEAST = { MaximumConcurrency: 2, MaximumRecordAgeInSeconds: 60 } as const

/** What is below it, but on, is the least. */
function atLeast(name: keyof typeof LEAST, config: Config): number {
  const value = Number(config[name])
  return value > 0 ? Math.max(value, LEAST[name]) : value
}

const MOST_WITHOUT_WINDOW = 10

/** Notes what Lambda will check when the mapping is made, and what is not as drawn. */
export function warnOfMapping({ role, config, other }: Link, handler: Part, draft: Draft): void {
  const from = `“${other.node.name}”`
  const toDo = (text: string) => draft.note(handler, 'toDo', text)
  const otherwise = (text: string) => draft.note(handler, 'otherwise', text)
  if (config.StartingPosition === 'AT_TIMESTAMP') {
    toDo(`The starting time of what it reads from ${from} is one of the run: set your own.`)
  }
  for (const [setting, least] of Object.entries(LEAST)) {
    const value = Number(config[setting] ?? 0)
    if (value > 0 && value < least) {
      otherwise(`${setting} of ${from} is ${least}: Lambda takes no less.`)
    }
  }
  if (role !== 'poll') return
  const timeoutS = Number(handler.config.Timeout)
  if (Number(other.config.VisibilityTimeout) < timeoutS) {
    toDo(
      `Lambda refuses the mapping while the visibility timeout of ${from} is shorter than the function’s timeout, ${timeoutS} s.`,
    )
  }
  const isLarge = Number(config.BatchSize) > MOST_WITHOUT_WINDOW
  const hasWindow = Number(config.MaximumBatchingWindowInSeconds) > 0
  if (other.config.FifoQueue === true) {
    if (isLarge) toDo(`Lambda takes at most ${MOST_WITHOUT_WINDOW} messages from ${from} at once.`)
    if (hasWindow) otherwise(`No batching window for ${from}, since it is FIFO.`)
  } else if (isLarge && !hasWindow) {
    toDo(
      `Lambda refuses batches of more than ${MOST_WITHOUT_WINDOW} messages of ${from} without a batching window.`,
    )
  }
}
