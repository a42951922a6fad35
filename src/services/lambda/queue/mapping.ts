/** Event source mappings of queues come and go with the wires; each is checked as AWS does (FACTS 7). */
import { fromSeconds, US_PER_S, type SimUs } from '../../../base/units.ts'
import { answerTo, ask } from '../../../engine/asks.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { queueUrl } from '../../aws.ts'
import { count } from '../books.ts'
import { renew } from '../renew.ts'
import { stateOf } from '../state.ts'
import { deleted, mappingOf, poll, received } from './pollers.ts'
import { active, addPoller, considerScaling, firstOf, scaleOut } from './scaling.ts'
import { PHASE, queueSettingsOf, type QueueMapping } from './state.ts'

/** The wires as they are now; what stays wired goes on. */
export function connectQueues(sim: Simulation, node: number): void {
  const { nodes, wires } = sim.world
  const state = stateOf(sim, node)
  const drawn = nodes[node].in.filter((wire) => wires[wire].role === 'poll')
  for (const mapping of state.queues) {
    if (!drawn.includes(mapping.wire)) letGo(sim, node, mapping)
  }
  state.queues = drawn.map((wire) => {
    const { from, config } = wires[wire]
    const settings = queueSettingsOf(config)
    const known = mappingOf(sim, node, wire)
    if (known) {
      renew(known, settings, sim.nowUs)
      return known
    }
    return {
      wire,
      modifiedUs: sim.nowUs,
      queue: from,
      receive: sim.operationIndex(from, 'ReceiveMessage'),
      removeBatch: sim.operationIndex(from, 'DeleteMessageBatch'),
      settings,
      visibilityUs: -1,
      isFifo: false,
      problem: '',
      pollers: [],
      scaling: false,
      hasFailed: false,
    }
  })
  for (const mapping of state.queues) check(sim, node, mapping)
}

/** The mapping is no more: messages in hand come back to their queue. */
function letGo(sim: Simulation, node: number, { pollers }: QueueMapping): void {
  for (const poller of pollers) {
    count(sim, node, 'returned', poller.items.length)
    poller.items = []
  }
}

/** Asks for the queue's attributes, which say whether there can be a mapping. */
function check(sim: Simulation, node: number, { queue, wire }: QueueMapping): void {
  const input = { QueueUrl: queueUrl(sim.world.nodes[queue].name), AttributeNames: ['All'] }
  ask(sim, node, queue, 'GetQueueAttributes', input, wire)
}

interface Told {
  readonly Attributes?: Readonly<Record<string, string>>
}

/** A call along the mapping's wire was answered. */
export function queueAnswered(sim: Simulation, node: number, call: number): void {
  const mapping = mappingOf(sim, node, sim.world.calls.wire[call])
  const { name } = sim.operationOf(call)
  if (!mapping) {
    // Of a wire that is gone.
    if (name === 'ReceiveMessage') {
      count(sim, node, 'received', sim.world.calls.count[call])
      count(sim, node, 'returned', sim.world.calls.count[call])
    }
  } else if (name === 'ReceiveMessage') {
    received(sim, node, mapping, call)
  } else if (name === 'DeleteMessageBatch') {
    deleted(sim, node, mapping, call)
  } else {
    const told = answerTo(sim, call)?.output as Told | undefined
    if (told?.Attributes) checked(sim, node, mapping, told.Attributes)
  }
}

function checked(
  sim: Simulation,
  node: number,
  mapping: QueueMapping,
  attributes: Readonly<Record<string, string>>,
): void {
  const { timeoutUs } = stateOf(sim, node).settings
  mapping.visibilityUs = fromSeconds(Number(attributes.VisibilityTimeout))
  mapping.isFifo = attributes.FifoQueue === 'true'
  mapping.problem = problemOf(mapping, timeoutUs)
  if (mapping.problem !== '' && active(mapping) === 0) return
  while (active(mapping) < firstOf(mapping)) start(sim, node, mapping)
}

/** Why AWS would not make this mapping, in its words; '' when it would. */
export function problemOf(
  { settings, visibilityUs, isFifo }: Pick<QueueMapping, 'settings' | 'visibilityUs' | 'isFifo'>,
  timeoutUs: SimUs,
): string {
  if (visibilityUs < timeoutUs) {
    return `Queue visibility timeout: ${visibilityUs / US_PER_S} seconds is less than Function timeout: ${timeoutUs / US_PER_S} seconds`
  }
  if (isFifo && settings.windowUs > 0) {
    return 'Batching window is not supported for FIFO queues'
  }
  if (isFifo && settings.batchSize > MOST_WITHOUT_WINDOW) {
    return 'Batch size must be at most 10 for FIFO queues'
  }
  if (settings.batchSize > MOST_WITHOUT_WINDOW && settings.windowUs < US_PER_S) {
    return 'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10'
  }
  return ''
}
const MOST_WITHOUT_WINDOW = 10

function start(sim: Simulation, node: number, mapping: QueueMapping): void {
  const place = addPoller(mapping)
  mapping.pollers[place].phase = PHASE.polling
  poll(sim, node, mapping, place)
}

/** A second in which all pollers were busy is over. */
export function scaleDue(sim: Simulation, node: number, wire: number): void {
  const mapping = mappingOf(sim, node, wire)
  if (!mapping) return
  const added = scaleOut(mapping)
  for (let n = 0; n < added; n++) start(sim, node, mapping)
  if (added > 0) considerScaling(sim, node, mapping)
}
