/** How many pollers a queue's mapping has: five to begin with, more while all are busy (FACTS 7). */
import { US_PER_S } from '../../../base/units.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { EVENT } from '../books.ts'
import { PHASE, type QueueMapping } from './state.ts'

const FIRST_POLLERS = 5
const MOST_POLLERS = 1_250
/** AWS adds up to 300 a minute. */
const ADDED_PER_SECOND = 5

/** None of a mapping that is disabled: each goes when it has nothing in hand. */
export function mostOf({ settings }: QueueMapping): number {
  if (!settings.enabled) return 0
  return settings.maxConcurrency > 0 ? settings.maxConcurrency : MOST_POLLERS
}

/** With nothing to do, or errors, a mapping keeps so many. */
export const firstOf = (mapping: QueueMapping): number => Math.min(FIRST_POLLERS, mostOf(mapping))

export const active = ({ pollers }: QueueMapping): number =>
  pollers.filter(({ phase }) => phase !== PHASE.retired).length

/** Whether a poller with empty hands is one too many. */
export const mayGo = (mapping: QueueMapping): boolean => active(mapping) > firstOf(mapping)

/** A place for one more poller: a retired one's, or a new one. */
export function addPoller({ pollers }: QueueMapping): number {
  const free = pollers.findIndex(({ phase }) => phase === PHASE.retired)
  if (free >= 0) return free
  return (
    pollers.push({
      phase: PHASE.retired,
      turn: 0,
      items: [],
      openedUs: 0,
      throttles: 0,
      deletes: 0,
    }) - 1
  )
}

const allBusy = ({ pollers }: QueueMapping): boolean =>
  pollers.every(({ phase }) => phase !== PHASE.polling)

/** A batch is complete: if no poller is left that asks for messages, more are added soon. */
export function considerScaling(sim: Simulation, node: number, mapping: QueueMapping): void {
  if (mapping.scaling || active(mapping) >= mostOf(mapping) || !allBusy(mapping)) return
  mapping.scaling = true
  mapping.hasFailed = false
  sim.at(sim.nowUs + US_PER_S, node, EVENT.scale, mapping.wire)
}

/** How many to add now. An error since the last look adds none. */
export function scaleOut(mapping: QueueMapping): number {
  mapping.scaling = false
  const room = mostOf(mapping) - active(mapping)
  const grows = !mapping.hasFailed && allBusy(mapping)
  mapping.hasFailed = false
  return grows ? Math.max(0, Math.min(ADDED_PER_SECOND, room)) : 0
}
