/** A topic's state: its subscriptions as delivery wants them, and what it remembers. */
import { createList, type MessageList } from '../../engine/lists.ts'
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { SimUs } from '../../base/units.ts'
import { createMemory, type Memory } from '../deduplication.ts'
import { readStatements, type Statement } from '../policy.ts'
import { createRecent, type Recent } from '../recent.ts'
import { schemas } from '../schemas.ts'
import type { Archive } from './archive.ts'
import { deliveryPolicyFor, type RetryPolicy } from './retry.ts'
import { readPolicy, type FilterPolicy, type FilterScope } from './filter/policy.ts'
import { uuidOf } from './names.ts'
import { createThroughput, type Throughput } from './throughput.ts'
import { createStatusLog, type StatusLog } from './statusLog.ts'

/** Attributes of a subscription as Subscribe takes them, as far as they matter to delivery. */
export interface SubscriptionSettings {
  readonly raw: boolean
  readonly filterPolicy: string
  readonly scope: FilterScope
  readonly deliveryPolicy: string
  /** Name of the dead-letter queue, or ''. */
  readonly deadLetterQueue: string
}

/** A message that comes by the gates of a topic. */
export interface Offered {
  readonly message: number
  readonly atUs: SimUs
  readonly content: Content
}

export interface Subscription {
  /** The last part of its ARN. */
  readonly id: string
  readonly protocol: string
  readonly endpoint: string
  /** -1 for one that is not drawn: its endpoint is no part of the design. */
  readonly wire: number
  /** Who gets its messages, or -1, and by which operation. */
  readonly to: number
  readonly operation: number
  readonly settings: SubscriptionSettings
  readonly policy: FilterPolicy | null
  readonly retry: RetryPolicy
  /** Of web servers, requests a second on average; absent for as many as there are. */
  readonly receivesPerSecond?: number
  /** From when on the next of them may go. */
  nextTurnUs?: SimUs
  /** '' once it is confirmed. */
  token: string
  /** The token that confirmed it. */
  confirmedBy?: string
  /** When its owner was asked; the token is good for 2 days from then. */
  askedUs?: number
  /** After a replay with an end: gets nothing until a replay without one. */
  isPaused?: boolean
  /** Attributes that change nothing here but are told: SubscriptionRoleArn, ... */
  readonly told: Readonly<Record<string, string>>
  delivered: number
  filtered: number
  failed: number
  /** The last message that came by its gate, and whether it passed. */
  last?: Offered
  lastPassed?: boolean
}

export interface Topic {
  /** In the order they were made; the place is what calls and waiting messages know them by. */
  readonly subscriptions: (Subscription | null)[]
  /** Copies that wait for their next try. */
  readonly backing: MessageList
  /** Copies that wait for their turn (pace.ts). */
  readonly pacing: MessageList
  /** Copies on calls. */
  calling: number
  /** Of FIFO topics. */
  readonly memory: Memory
  sequence: number
  readonly throughput: Throughput
  deletedSubscriptions: number
  /** Those that somebody unknown cancelled; the token of each brings it back. */
  readonly cancelled: Subscription[]
  /** One of them is being put back, which was confirmed before: nobody is asked. */
  isRestoring: boolean
  /** Attributes that change nothing here but are told, and tags. */
  told: Readonly<Record<string, string>>
  tags: Readonly<Record<string, string>>
  /** Of the topic's policy; none = the default one. */
  statements: readonly Statement[]
  dataProtectionPolicy: string
  archive: Archive | null
  readonly statusLog: StatusLog
  readonly recent: Recent
  /** Stream of the jitter in retries. */
  readonly jitter: number
}

export const createTopic = (sim: Simulation, node: number): Topic => ({
  subscriptions: [],
  backing: createList(),
  pacing: createList(),
  calling: 0,
  memory: createMemory(),
  sequence: 0,
  throughput: createThroughput(),
  deletedSubscriptions: 0,
  cancelled: [],
  isRestoring: false,
  told: {},
  tags: {},
  statements: readStatements(String(sim.world.nodes[node].config.Policy)),
  dataProtectionPolicy: '',
  archive: null,
  statusLog: createStatusLog(sim, node),
  recent: createRecent(1),
  jitter: sim.stream(sim.world.nodes[node], 'jitter'),
})

export const topicOf = (sim: Simulation, node: number): Topic =>
  sim.world.nodes[node].state as Topic

export const DEFAULT_SUBSCRIPTION: SubscriptionSettings = Object.freeze({
  raw: false,
  filterPolicy: '',
  scope: 'MessageAttributes',
  deliveryPolicy: '',
  deadLetterQueue: '',
})

const settingsOf = (config: Readonly<Record<string, unknown>>): SubscriptionSettings =>
  Object.freeze({
    raw: config.RawMessageDelivery === true,
    filterPolicy: String(config.FilterPolicy),
    scope: config.FilterPolicyScope as FilterScope,
    deliveryPolicy: String(config.DeliveryPolicy),
    deadLetterQueue: String(config.deadLetterQueue),
  })

/** What follows from a subscription's settings. A broken policy lets nothing pass by mistake: it is none. */
export function followingFrom(
  sim: Simulation,
  node: number,
  protocol: string,
  settings: SubscriptionSettings,
): Pick<Subscription, 'settings' | 'policy' | 'retry' | 'receivesPerSecond'> {
  let policy: FilterPolicy | null = null
  if (settings.filterPolicy !== '') {
    try {
      policy = readPolicy(settings.filterPolicy, settings.scope)
    } catch {
      policy = { scope: settings.scope, alternatives: [], keys: 0, combinations: 0 }
    }
  }
  const ofTopic = String(sim.world.nodes[node].config.DeliveryPolicy)
  const { retry, receivesPerSecond } = deliveryPolicyFor(protocol, ofTopic, settings.deliveryPolicy)
  return { settings, policy, retry, receivesPerSecond }
}

/** Brings the subscriptions in step with the wires that leave; those that stay keep their places. */
export function readWires(sim: Simulation, node: number): void {
  const { nodes, wires } = sim.world
  const topic = topicOf(sim, node)
  const drawn = new Set(nodes[node].out.filter((wire) => wires[wire].role === 'subscribe'))
  topic.subscriptions.forEach((subscription, place) => {
    if (!subscription || subscription.wire < 0) return
    if (drawn.has(subscription.wire)) {
      const { token } = subscription
      topic.subscriptions[place] = {
        ...subscription,
        ...wiredTo(sim, node, subscription.wire),
        token,
      }
      drawn.delete(subscription.wire)
    } else if (!nodes[subscription.to].alive) {
      // The part is gone, its subscription is not: from now on its deliveries fail (FACTS 4.2).
      topic.subscriptions[place] = { ...subscription, wire: -1, to: -1, operation: -1 }
    } else {
      topic.subscriptions[place] = null
      topic.deletedSubscriptions++
    }
  })
  for (const wire of drawn) {
    const found = wiredTo(sim, node, wire)
    if (!found) continue
    topic.subscriptions.push({
      ...found,
      id: uuidOf(sim, `subscription/${wires[wire].id}`),
      wire,
      told: {},
      delivered: 0,
      filtered: 0,
      failed: 0,
    })
  }
}

function wiredTo(sim: Simulation, node: number, wire: number) {
  const { nodes, wires, scenario } = sim.world
  const { to, config } = wires[wire]
  const drawn = scenario.nodes.find(({ id }) => id === nodes[to].id)
  const isFifo = nodes[node].config.FifoTopic === true
  const subscriber = drawn && schemas.get(nodes[to].kind)?.subscribeAs?.(drawn, { isFifo })
  if (!subscriber?.ok) return null
  const { protocol, endpoint, operation, needsConfirmation } = subscriber
  return {
    protocol,
    endpoint,
    to,
    operation: sim.operationIndex(to, operation),
    token: needsConfirmation ? uuidOf(sim, `token/${wires[wire].id}`) : '',
    ...followingFrom(sim, node, protocol, settingsOf(config)),
  }
}

/** The part of the design that an endpoint is, if it is one. */
export function partAt(
  sim: Simulation,
  node: number,
  protocol: string,
  endpoint: string,
): { readonly id: string; readonly to: number; readonly operation: number } | null {
  const { nodes, scenario } = sim.world
  const isFifo = nodes[node].config.FifoTopic === true
  for (const drawn of scenario.nodes) {
    const subscriber = schemas.get(drawn.kind)?.subscribeAs?.(drawn, { isFifo })
    if (!subscriber?.ok || subscriber.protocol !== protocol) continue
    if (subscriber.endpoint !== endpoint) continue
    const found = nodes.find(({ alive, id }) => alive && id === drawn.id)
    if (!found) return null
    const { id, index } = found
    return { id, to: index, operation: sim.operationIndex(index, subscriber.operation) }
  }
  return null
}

/** Adds one whose endpoint is no part of the design. */
export function addSubscription(
  sim: Simulation,
  node: number,
  about: Pick<Subscription, 'id' | 'protocol' | 'endpoint' | 'token' | 'told'>,
  settings: SubscriptionSettings,
): Subscription {
  const subscription: Subscription = {
    ...about,
    ...followingFrom(sim, node, about.protocol, settings),
    wire: -1,
    to: -1,
    operation: -1,
    delivered: 0,
    filtered: 0,
    failed: 0,
  }
  topicOf(sim, node).subscriptions.push(subscription)
  return subscription
}

export const livingSubscriptions = (topic: Topic): Subscription[] =>
  topic.subscriptions.filter((one) => one !== null)
