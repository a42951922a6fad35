/** ListFragments: what is kept, by the camera's clock or by the arrival (FACTS 10). */
import type { Simulation } from '../../../engine/simulation.ts'
import { US_PER_MS } from '../../../base/units.ts'
import { epochMs, simUs } from '../../aws.ts'
import { filmOf, producerUs } from '../../fragments.ts'
import { plainOperation, type Input } from '../../plainOperation.ts'
import { copyRecords } from '../../recordLog.ts'
import { Refusal } from '../../refusal.ts'
import { failure } from '../names.ts'
import { isStored, videoOf } from '../stream.ts'

const MOST_FRAGMENTS = 1000
const USUAL_FRAGMENTS = 100
const BY_PRODUCER = 'PRODUCER_TIMESTAMP'

const invalid = (message: string): Refusal =>
  new Refusal(failure('InvalidArgumentException', message))

export const listFragments = plainOperation({
  name: 'ListFragments',
  check(_sim, _node, input) {
    const { MaxResults = USUAL_FRAGMENTS, NextToken, FragmentSelector } = input
    if (!(Number(MaxResults) >= 1 && Number(MaxResults) <= MOST_FRAGMENTS)) {
      throw invalid(`MaxResults must be 1 to ${MOST_FRAGMENTS}.`)
    }
    if (NextToken !== undefined && !/^\d{1,15}$/.test(String(NextToken))) {
      throw invalid('NextToken is not valid.')
    }
    if (FragmentSelector !== undefined) readSelector(FragmentSelector as Input)
  },
  output(sim, node, { MaxResults = USUAL_FRAGMENTS, NextToken, FragmentSelector }) {
    const selector = FragmentSelector ? readSelector(FragmentSelector as Input) : null
    const { log } = videoOf(sim, node)
    // Without a retention nothing is archived: the service's buffer is for GetMedia alone.
    const end = isStored(sim, node) ? log.end : log.trimmed
    const Fragments = []
    let position = Math.max(log.trimmed, Number(NextToken ?? 0))
    for (; position < end && Fragments.length < Number(MaxResults); position++) {
      const { producedUs, arrivedUs, told } = fragmentAt(sim, node, position)
      const atUs = selector?.byProducer ? producedUs : arrivedUs
      if (!selector || (atUs >= selector.fromUs && atUs <= selector.toUs)) Fragments.push(told)
    }
    // Opaque at AWS; here it is where to go on.
    return { Fragments, ...(position < end && { NextToken: String(position) }) }
  },
})

/** @throws Refusal */
function readSelector({ FragmentSelectorType, TimestampRange }: Input) {
  const byProducer = FragmentSelectorType === BY_PRODUCER
  if (!byProducer && FragmentSelectorType !== 'SERVER_TIMESTAMP') {
    throw invalid(`FragmentSelectorType must be ${BY_PRODUCER} or SERVER_TIMESTAMP.`)
  }
  const { StartTimestamp, EndTimestamp } = (TimestampRange ?? {}) as Input
  const fromUs = simUs(Number(StartTimestamp))
  const toUs = simUs(Number(EndTimestamp))
  if (fromUs <= toUs) return { byProducer, fromUs, toUs }
  throw invalid('TimestampRange needs a StartTimestamp and an EndTimestamp that is not before it.')
}

function fragmentAt(sim: Simulation, node: number, position: number) {
  const { recipes, ordinals, arrivedUs, sizesBytes } = copyRecords(
    videoOf(sim, node).log,
    position,
    1,
    Infinity,
  )
  const film = filmOf(sim, recipes[0])
  const producedUs = producerUs(film, ordinals[0])
  const told = {
    FragmentNumber: String(position),
    FragmentSizeInBytes: sizesBytes[0],
    ProducerTimestamp: epochMs(producedUs) / 1000,
    ServerTimestamp: epochMs(arrivedUs[0]) / 1000,
    FragmentLengthInMilliseconds: film.fragmentUs / US_PER_MS,
  }
  return { producedUs, arrivedUs: arrivedUs[0], told }
}
