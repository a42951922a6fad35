/** Subscribe and its kin: a subscription of a part of the design becomes a wire (FACTS 3.2). */
import type { Simulation } from '../../../engine/simulation.ts'
import type { Wire } from '../../../scenario/scenario.ts'
import { ACCOUNT, REGION } from '../../aws.ts'
import { checkAllowed } from '../access.ts'
import type { Replay } from '../archive.ts'
import { askForConfirmation, isTokenGood, tellOfCancelling } from '../confirmation.ts'
import { replay as replayTo } from '../publish.ts'
import { notFound, refused } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import {
  checkArn,
  isFifoName,
  nameInArn,
  regionInArn,
  topicArn,
  topicNamed,
  uuidOf,
} from '../names.ts'
import { checkFilterQuota, checkSubscriptionQuota } from '../quotas.ts'
import { isWeb } from '../retry.ts'
import {
  DEFAULT_SUBSCRIPTION,
  addSubscription,
  followingFrom,
  livingSubscriptions,
  partAt,
  topicOf,
  type Subscription,
  type SubscriptionSettings,
} from '../topic.ts'
import { account, onTopic, pageOf, requiredText, textOf, textsOf, type Input } from './input.ts'
import {
  configOf,
  readSubscriptionAttributes,
  subscriptionAttributes,
} from './subscriptionAttributes.ts'
import { UNSIGNED } from './headers.ts'
import { endpointExists } from './platform.ts'

const PROTOCOLS = [
  'http',
  'https',
  'email',
  'email-json',
  'sms',
  'sqs',
  'application',
  'lambda',
  'firehose',
]
/** Their owners must say yes first. */
const NEEDS_CONFIRMATION = new Set(['http', 'https', 'email', 'email-json'])

export const subscribe = onTopic('Subscribe', (sim, node, input) => {
  const { name } = sim.world.nodes[node]
  const protocol = requiredText(input, 'Protocol')
  const endpoint = textOf(input, 'Endpoint')
  checkEndpoint(sim, name, protocol, endpoint)
  const attributes = textsOf(input.Attributes)
  const prefix = 'Attributes Reason: '
  const { settings, told, replay } = readSubscriptionAttributes(
    attributes,
    protocol,
    endpoint,
    name,
    DEFAULT_SUBSCRIPTION,
    prefix,
  )
  const present = livingSubscriptions(topicOf(sim, node)).find(
    (one) => one.protocol === protocol && one.endpoint === endpoint,
  )
  if (present && !isSame(name, present, attributes)) {
    throw refused(`${prefix}Subscription already exists with different attributes`)
  }
  if (!present) {
    checkSubscriptionQuota(sim, node)
    if (settings.filterPolicy !== '') checkFilterQuota(sim, node)
  }
  const made = present ?? create(sim, node, protocol, endpoint, settings, told)
  if (present) made.askedUs = undefined
  askForConfirmation(sim, node)
  if (!present && replay !== undefined) startReplay(sim, node, made.id, replay)
  const isPending = made.token !== '' && input.ReturnSubscriptionArn !== true
  return { SubscriptionArn: isPending ? 'pending confirmation' : arnOf(sim, node, made) }
})

/** Replays at once; one with an end leaves the subscription paused (FACTS 4.5). */
function startReplay(sim: Simulation, node: number, id: string, wanted: Replay | null): void {
  const { subscriptions } = topicOf(sim, node)
  const place = subscriptions.findIndex((one) => one?.id === id)
  subscriptions[place]!.isPaused = wanted !== null && wanted.toMs !== Infinity
  if (wanted) replayTo(sim, node, place, wanted)
}

function checkEndpoint(sim: Simulation, topic: string, protocol: string, endpoint: string): void {
  if (!PROTOCOLS.includes(protocol)) {
    throw refused(`Amazon SNS does not support this protocol string: ${protocol}`)
  }
  if (endpoint === '') throw refused('Endpoint')
  if (protocol.startsWith('http') && !endpoint.startsWith(`${protocol}://`)) {
    throw refused('Endpoint must match the specified protocol')
  }
  if (protocol === 'sms' && !isPhone(endpoint)) {
    throw new Refusal({
      code: 'InvalidParameter',
      status: 400,
      message: `Invalid SMS endpoint: ${endpoint}`,
    })
  }
  if (protocol.startsWith('email') && !endpoint.includes('@')) throw refused('Email address')
  if (protocol === 'sqs' && !/^arn:[^:]+:sqs:[^:]+:\d{12}:[^:]+$/.test(endpoint)) {
    throw refused('SQS endpoint ARN')
  }
  if (protocol === 'lambda' && !endpoint.includes(':lambda:')) throw refused('Lambda endpoint ARN')
  if (protocol === 'firehose' && !endpoint.includes(':firehose:')) {
    throw refused('Firehose endpoint ARN')
  }
  if (protocol === 'application' && !endpointExists(sim, endpoint)) {
    throw refused('Endpoint Reason: Endpoint does not exist for endpoint arn ' + endpoint)
  }
  if (protocol === 'sqs' && isFifoName(endpoint) && !isFifoName(topic)) {
    throw refused(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    )
  }
  if (isFifoName(topic) && protocol !== 'sqs') {
    throw refused(
      `Invalid parameter: Endpoint Reason: Please use FIFO SQS queue or SQS queue for FIFO topics`,
    )
  }
}

/** Digits, between which there may be single separators. */
const isPhone = (text: string): boolean =>
  /^\+?\d+([-./]\d+)*$/.test(text) && /^\+?\d{4,20}$/.test(text.replaceAll(/[-./]/g, ''))

/** Whether the attributes given are what they are, defaults included. */
function isSame(
  topic: string,
  { protocol, endpoint, settings, told }: Subscription,
  attributes: Readonly<Record<string, string>>,
): boolean {
  const wanted = readSubscriptionAttributes(attributes, protocol, endpoint, topic, settings, '')
  return (
    Object.entries(wanted.settings).every(
      ([name, value]) => value === settings[name as keyof SubscriptionSettings],
    ) && Object.entries(wanted.told).every(([name, value]) => value === told[name])
  )
}

function create(
  sim: Simulation,
  node: number,
  protocol: string,
  endpoint: string,
  settings: SubscriptionSettings,
  told: Readonly<Record<string, string>>,
): Subscription {
  const target = partAt(sim, node, protocol, endpoint)
  const word = `${sim.world.nodes[node].id}/${protocol}/${endpoint}/${topicOf(sim, node).subscriptions.length}`
  if (!target) {
    const token = NEEDS_CONFIRMATION.has(protocol) ? uuidOf(sim, `token/${word}`) : ''
    const id = uuidOf(sim, `subscription/${word}`)
    return addSubscription(sim, node, { id, protocol, endpoint, token, told }, settings)
  }
  const { id: from } = sim.world.nodes[node]
  const id = freeWireId(sim)
  const wire: Wire = { id, from, to: target.id, config: configOf(settings) }
  sim.edit({ nodes: {}, wires: { [id]: wire } })
  const index = sim.world.wires.findIndex((one) => one.alive && one.id === id)
  const topic = topicOf(sim, node)
  const place = topic.subscriptions.findIndex((one) => one?.wire === index)
  return (topic.subscriptions[place] = { ...topic.subscriptions[place]!, told })
}

function freeWireId(sim: Simulation): string {
  const taken = new Set(sim.world.wires.map(({ id }) => id))
  let n = taken.size + 1
  while (taken.has(`subscription-${n}`)) n++
  return `subscription-${n}`
}

const arnOf = (sim: Simulation, node: number, { id }: Subscription): string =>
  `${topicArn(sim.world.nodes[node].name)}:${id}`

interface Found {
  readonly node: number
  readonly place: number
  readonly subscription: Subscription
}

/** The subscription of this ARN, or null. */
function find(sim: Simulation, text: string): Found | null {
  const id = nameInArn(text)
  const node = topicNamed(sim, nameInArn(text.slice(0, -id.length - 1)))
  if (node < 0) return null
  const { subscriptions } = topicOf(sim, node)
  const place = subscriptions.findIndex((one) => one?.id === id)
  return place < 0 ? null : { node, place, subscription: subscriptions[place]! }
}

function subscriptionIn(sim: Simulation, input: Input): Found {
  const text = requiredText(input, 'SubscriptionArn')
  checkSubscriptionArn(text)
  const found = find(sim, text)
  if (!found) throw new Refusal(notFound('Subscription'))
  return found
}

/** A topic's ARN and an id. @throws Refusal */
function checkSubscriptionArn(text: string): void {
  checkArn('SubscriptionArn', text)
  if (text.split(':').length < 7) throw refused('SubscriptionId')
}

/** Of one that is not there it is fine too. */
export const unsubscribe = account('Unsubscribe', (sim, input) => {
  if (input.SubscriptionArn === undefined) {
    throw refused('SubscriptionArn Reason: no value for required parameter')
  }
  const text = textOf(input, 'SubscriptionArn')
  checkSubscriptionArn(text)
  const found = find(sim, text)
  if (!found) return
  const topic = topicOf(sim, found.node)
  const { wire, protocol, token } = found.subscription
  if (input[UNSIGNED] === true && isWeb(protocol) && token === '') {
    tellOfCancelling(sim, found.node, found.subscription, found.place)
  }
  if (wire >= 0) {
    sim.edit({ nodes: {}, wires: { [sim.world.wires[wire].id]: null } })
  } else {
    topic.subscriptions[found.place] = null
    topic.deletedSubscriptions++
  }
})

/** AWS's are hexadecimal, ours UUIDs. */
const TOKEN = /^[0-9a-f-]+$/
const INVALID_TOKEN = { code: 'InvalidParameter', status: 400, message: 'Invalid token' }

/** The token alone tells the subscription, of whichever topic in the Region; it can be confirmed again. */
export const confirmSubscription = account('ConfirmSubscription', (sim, input) => {
  const topic = requiredText(input, 'TopicArn')
  const token = requiredText(input, 'Token')
  const node = topicNamed(sim, nameInArn(topic))
  const isHere = regionInArn(topic) === REGION || (node >= 0 && !topic.includes(':'))
  if (!isHere) throw refused('Topic')
  if (!TOKEN.test(token)) throw new Refusal(INVALID_TOKEN)
  if (node >= 0) checkAllowed(sim, node, 'ConfirmSubscription')
  const found = bearerOf(sim, token) ?? restored(sim, token)
  if (!found) throw refused('Token')
  const { subscription } = found
  if (subscription.token !== '') {
    if (!isTokenGood(sim, subscription)) throw new Refusal(INVALID_TOKEN)
    subscription.confirmedBy = token
    subscription.token = ''
  }
  return { SubscriptionArn: arnOf(sim, found.node, subscription) }
})

/** The subscription that this token confirms or has confirmed, or null. */
function bearerOf(sim: Simulation, token: string): Pick<Found, 'node' | 'subscription'> | null {
  for (const { alive, kind, index } of sim.world.nodes) {
    if (!alive || kind !== 'sns') continue
    const subscription = livingSubscriptions(topicOf(sim, index)).find(
      (one) => one.token === token || one.confirmedBy === token,
    )
    if (subscription) return { node: index, subscription }
  }
  return null
}

/** The subscription that was cancelled with this token, there again, or null. */
function restored(sim: Simulation, token: string): Pick<Found, 'node' | 'subscription'> | null {
  for (const { alive, kind, index } of sim.world.nodes) {
    if (!alive || kind !== 'sns') continue
    const topic = topicOf(sim, index)
    const { cancelled, subscriptions } = topic
    const place = cancelled.findIndex((one) => one.token === token && isTokenGood(sim, one))
    if (place < 0) continue
    const [{ protocol, endpoint, settings, told, id, askedUs }] = cancelled.splice(place, 1)
    topic.isRestoring = true
    const made = create(sim, index, protocol, endpoint, settings, told)
    topic.isRestoring = false
    const subscription = { ...made, id, token, askedUs }
    subscriptions[subscriptions.indexOf(made)] = subscription
    return { node: index, subscription }
  }
  return null
}

export const getSubscriptionAttributes = account('GetSubscriptionAttributes', (sim, input) => {
  const { node, subscription } = subscriptionIn(sim, input)
  return { Attributes: subscriptionAttributes(sim, node, subscription) }
})

export const setSubscriptionAttributes = account('SetSubscriptionAttributes', (sim, input) => {
  const { node, place, subscription } = subscriptionIn(sim, input)
  const name = requiredText(input, 'AttributeName')
  const { settings, told, replay } = readSubscriptionAttributes(
    { [name]: textOf(input, 'AttributeValue') },
    subscription.protocol,
    subscription.endpoint,
    sim.world.nodes[node].name,
    subscription.settings,
    '',
  )
  if (settings.filterPolicy !== '' && subscription.settings.filterPolicy === '') {
    checkFilterQuota(sim, node)
  }
  const { subscriptions } = topicOf(sim, node)
  subscriptions[place] = { ...subscription, told: { ...subscription.told, ...told } }
  if (replay !== undefined) {
    startReplay(sim, node, subscription.id, replay)
    return
  }
  if (subscription.wire < 0) {
    const following = followingFrom(sim, node, subscription.protocol, settings)
    subscriptions[place] = { ...subscriptions[place], ...following }
    return
  }
  const { id } = sim.world.wires[subscription.wire]
  const drawn = sim.world.scenario.wires.find((wire) => wire.id === id)!
  sim.edit({
    nodes: {},
    wires: { [id]: { ...drawn, config: { ...drawn.config, ...configOf(settings) } } },
  })
})

const lineOf = (sim: Simulation, node: number, subscription: Subscription) => ({
  SubscriptionArn:
    subscription.token === '' ? arnOf(sim, node, subscription) : 'PendingConfirmation',
  Owner: ACCOUNT,
  Protocol: subscription.protocol,
  Endpoint: subscription.endpoint,
  TopicArn: topicArn(sim.world.nodes[node].name),
})

const linesOf = (sim: Simulation, node: number) =>
  livingSubscriptions(topicOf(sim, node)).map((one) => lineOf(sim, node, one))

export const listSubscriptionsByTopic = onTopic('ListSubscriptionsByTopic', (sim, node, input) =>
  pageOf(linesOf(sim, node), 'Subscriptions', input),
)

export const listSubscriptions = account('ListSubscriptions', (sim, input) => {
  const all = sim.world.nodes
    .filter((node) => node.alive && node.kind === 'sns')
    .flatMap(({ index }) => linesOf(sim, index))
  return pageOf(all, 'Subscriptions', input)
})
