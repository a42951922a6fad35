/**
 * `maxReceivesPerSecond` of a delivery policy: a web server gets no more requests a second on average.
 * Those that wait for their turn use up no retry (FACTS 4.2).
 */
import { US_PER_S, type SimUs } from '../../base/units.ts'
import { append } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { EVENT } from './books.ts'
import type { Subscription, Topic } from './topic.ts'

/** Takes the next turn: when it is, now at the earliest. */
function takeTurn(subscription: Subscription, nowUs: SimUs): SimUs {
  const turnUs = Math.max(nowUs, subscription.nextTurnUs ?? 0)
  subscription.nextTurnUs = turnUs + Math.round(US_PER_S / subscription.receivesPerSecond!)
  return turnUs
}

/** Lets a copy wait for its turn; false when it is its turn now. */
export function waitsForTurn(
  sim: Simulation,
  node: number,
  topic: Topic,
  place: number,
  slot: number,
  attempt: number,
): boolean {
  const subscription = topic.subscriptions[place]
  if (!subscription?.receivesPerSecond) return false
  const turnUs = takeTurn(subscription, sim.nowUs)
  if (turnUs <= sim.nowUs) return false
  const { messages } = sim.world
  messages.node[slot] = node
  messages.group[slot] = place
  messages.sequence[slot] = attempt
  append(messages, topic.pacing, slot)
  sim.at(turnUs, node, EVENT.turn, slot, messages.serial[slot])
  return true
}
