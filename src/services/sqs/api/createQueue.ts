/** CreateQueue: a new queue becomes a part of the design (FACTS 1.3). */
import { US_PER_MINUTE } from '../../../base/units.ts'
import type { AccountOperation } from '../../../engine/behaviour.ts'
import type { ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { freeId, freePlace } from '../../layout.ts'
import { invalidParameter, unknownAttribute } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { queueNamed, queueUrl } from '../names.ts'
import { queueOf } from '../queue.ts'
import schema, { nameProblem } from '../schema.ts'
import { additionFor, attributesIn, readChange, type Change } from './attributeChange.ts'
import { queueName, type Input } from './input.ts'
import { attributesOf } from './queueAttributes.ts'
import { readTags } from './tags.ts'

/**
 * Programs expect a queue that never doubles, reorders or misses a message, although AWS's standard
 * queues may; whoever wants to see that turns it on in the design.
 */
const WITHOUT_CHANCE = { duplicateChance: 0, reorderChance: 0, servers: 1 }

export const createQueue: AccountOperation = {
  name: 'CreateQueue',
  run(sim, input) {
    try {
      const name = queueName(input)
      const present = queueNamed(sim, name)
      if (present >= 0) checkSame(sim, present, input)
      else create(sim, name, input)
      return { output: { QueueUrl: queueUrl(name) } }
    } catch (problem) {
      if (problem instanceof Refusal) return { error: problem.error }
      throw problem
    }
  },
}

function create(sim: Simulation, name: string, input: Input): void {
  const change = readNewQueue(sim, name, input)
  if (wasDeletedRecently(sim, name)) throw new Refusal(DELETED_RECENTLY)
  const { scenario } = sim.world
  const drawn = {
    id: freeId(sim, 'queue'),
    kind: schema.kind,
    name,
    ...freePlace(scenario),
    config: { ...WITHOUT_CHANCE, ...change.config },
  }
  sim.edit(additionFor(sim, drawn, change))
  const queue = queueOf(sim, queueNamed(sim, name))
  queue.carried = { ...queue.carried, ...change.carried, tags: readTags(input.tags) }
}

/** @throws Refusal */
function readNewQueue(sim: Simulation, name: string, input: Input): Change {
  const attributes = attributesIn(input)
  const isFifo = attributes.FifoQueue === 'true'
  if (attributes.FifoQueue === 'false') throw new Refusal(unknownAttribute('FifoQueue'))
  const problem = nameProblem(name, isFifo)
  if (problem !== null) throw new Refusal(invalidParameter(problem))
  return readChange(sim, name, { FifoQueue: isFifo }, attributes)
}

/** Creating it again is fine when the attributes given are what they already are. @throws Refusal */
function checkSame(sim: Simulation, node: number, input: Input): void {
  const wanted = attributesIn(input)
  // A value that no queue could have is told as such.
  const { name, config } = sim.world.nodes[node]
  readChange(sim, name, config, wanted)
  const present = attributesOf(sim, node)
  const different = Object.keys(wanted).find((name) => !isSame(wanted[name], present[name]))
  if (different !== undefined) throw new Refusal(nameExists(different))
}

/** Policies are the same when their JSON is, whatever its order, spaces, and "3" for 3. */
const isSame = (wanted: unknown, present: string | undefined): boolean =>
  wanted === (present ?? '') || canonical(String(wanted)) === canonical(present ?? '')

function canonical(text: string): string {
  if (!text.startsWith('{')) return text
  try {
    const entries: [string, unknown][] = Object.entries(JSON.parse(text) as object)
    const asTexts = entries.map(([key, value]): [string, unknown] => [
      key,
      typeof value === 'number' ? String(value) : value,
    ])
    return JSON.stringify(asTexts.sort(byKey))
  } catch {
    return text
  }
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)

const nameExists = (attribute: string): ApiError => ({
  code: 'QueueNameExists',
  legacyCode: 'QueueAlreadyExists',
  status: 400,
  message: `A queue already exists with the same name and a different value for attribute ${attribute}`,
})

const DELETED_RECENTLY: ApiError = {
  code: 'QueueDeletedRecently',
  legacyCode: 'AWS.SimpleQueueService.QueueDeletedRecently',
  status: 400,
  message:
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
}

/** A name is free again so long after DeleteQueue. */
const NAME_PAUSE_US = US_PER_MINUTE

const wasDeletedRecently = (sim: Simulation, name: string): boolean =>
  sim.world.nodes.some((node) => {
    if (node.alive || node.kind !== schema.kind || node.name !== name) return false
    const { deletedUs } = queueOf(sim, node.index)
    return deletedUs >= 0 && sim.nowUs - deletedUs < NAME_PAUSE_US
  })
