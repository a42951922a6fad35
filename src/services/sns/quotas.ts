/** How many subscriptions and filter policies a topic may have (FACTS 3.3). */
import type { Simulation } from '../../engine/simulation.ts'
import { Refusal } from '../refusal.ts'
import { isFifoName } from './names.ts'
import { livingSubscriptions, topicOf } from './topic.ts'

const MOST_OF_A_FIFO_TOPIC = 100
const MOST_FILTER_POLICIES = 200

/** @throws Refusal when a FIFO topic has as many subscriptions as it may */
export function checkSubscriptionQuota(sim: Simulation, node: number): void {
  if (!isFifoName(sim.world.nodes[node].name)) return
  if (livingSubscriptions(topicOf(sim, node)).length < MOST_OF_A_FIFO_TOPIC) return
  throw exceeded('SubscriptionLimitExceeded', 'Subscription limit exceeded')
}

/** @throws Refusal when the topic has as many filter policies as it may */
export function checkFilterQuota(sim: Simulation, node: number): void {
  const filtering = livingSubscriptions(topicOf(sim, node)).filter(
    ({ settings }) => settings.filterPolicy !== '',
  )
  if (filtering.length < MOST_FILTER_POLICIES) return
  throw exceeded('FilterPolicyLimitExceeded', 'Filter policy limit exceeded')
}

const exceeded = (code: string, message: string): Refusal =>
  new Refusal({ code, status: 403, message })
