/**
 * Asking an endpoint's owner whether it wants a subscription (FACTS 3.2, 4.1): the request carries a
 * token, which ConfirmSubscription wants within 2 days. It is sent once, and again by each Subscribe.
 * A web server is told too when somebody unknown cancels its subscription; that token brings it back.
 */
import { isoTime } from '../../base/calendar.ts'
import { US_PER_S, type SimUs } from '../../base/units.ts'
import { addItem, CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import { newLiteralMessage, type Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { REGION, epochMs } from '../aws.ts'
import { NEWS } from './books.ts'
import { CONFIRMATION, HTTP_PATIENCE_US } from './deliver.ts'
import { signed } from './envelope.ts'
import { confirmationMail } from './mail.ts'
import { topicArn, uuidOf } from './names.ts'
import { requestHeaders, sizeOf, type MessageType } from './render.ts'
import { isWeb } from './retry.ts'
import { topicOf, type Subscription } from './topic.ts'

const TOKEN_LIVES_US: SimUs = 2 * 86_400 * US_PER_S

/** Whether its token has not expired. */
export const isTokenGood = (sim: Simulation, { askedUs = 0 }: Subscription): boolean =>
  sim.nowUs - askedUs <= TOKEN_LIVES_US

/** Asks all who have not been asked. */
export function askForConfirmation(sim: Simulation, node: number): void {
  topicOf(sim, node).subscriptions.forEach((one, place) => {
    if (one && one.token !== '' && one.askedUs === undefined) ask(sim, node, one, place)
  })
}

function ask(sim: Simulation, node: number, subscription: Subscription, place: number): void {
  subscription.askedUs = sim.nowUs
  send(sim, node, subscription, place, requestFor(sim, node, subscription))
}

/** Tells a web server that its subscription is cancelled, and keeps what its token would bring back. */
export function tellOfCancelling(
  sim: Simulation,
  node: number,
  subscription: Subscription,
  place: number,
): void {
  const token = uuidOf(sim, `cancelled/${subscription.id}/${sim.nowUs}`)
  const cancelled = { ...subscription, token, askedUs: sim.nowUs }
  topicOf(sim, node).cancelled.push(cancelled)
  send(sim, node, subscription, place, cancellingFor(sim, node, cancelled))
}

function send(
  sim: Simulation,
  node: number,
  { to, operation, wire, protocol, endpoint }: Subscription,
  place: number,
  content: Content,
): void {
  if (to < 0 && isWeb(protocol)) sim.sendOut?.(endpoint, content)
  if (to < 0 || operation < 0) return
  const { calls, messages } = sim.world
  const slot = newLiteralMessage(messages, content, sizeOf(content), 0)
  const call = sim.call(node, to, operation, wire)
  addItem(calls, call, slot, 0)
  if (isWeb(protocol)) calls.arg2[call] = HTTP_PATIENCE_US
  calls.token[call] = CONFIRMATION
  calls.arg3[call] = place
  sim.send(call)
}

/** The endpoint took the request, or it is lost. */
export function confirmationAnswered(sim: Simulation, node: number, call: number): void {
  const { calls } = sim.world
  if (calls.code[call] === CODE.ok) return
  const slot = calls.slots[call * ITEMS_PER_CALL]
  sim.news(node, NEWS.notAsked, slot)
  sim.release(slot)
}

function requestFor(sim: Simulation, node: number, subscription: Subscription): Content {
  const { protocol, endpoint, token } = subscription
  const { name, config } = sim.world.nodes[node]
  const arn = topicArn(name)
  const url = confirmUrl(arn, token)
  if (protocol === 'email') return confirmationMail(arn, url, endpoint, String(config.DisplayName))
  const message = `You have chosen to subscribe to the topic ${arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
  const request = withToken(sim, node, subscription, 'SubscriptionConfirmation', message)
  if (isWeb(protocol)) return request
  return { ...confirmationMail(arn, url, endpoint, ''), body: request.body }
}

function cancellingFor(sim: Simulation, node: number, subscription: Subscription): Content {
  const arn = `${topicArn(sim.world.nodes[node].name)}:${subscription.id}`
  const message = `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`
  const request = withToken(sim, node, subscription, 'UnsubscribeConfirmation', message)
  return { ...request, headers: { ...request.headers, 'x-amz-sns-subscription-arn': arn } }
}

/** The JSON of a message whose token ConfirmSubscription takes, and the headers of a POST. */
function withToken(
  sim: Simulation,
  node: number,
  { token, id }: Subscription,
  type: Exclude<MessageType, 'Notification'>,
  message: string,
): Content {
  const { name, config } = sim.world.nodes[node]
  const arn = topicArn(name)
  const about = {
    messageId: uuidOf(sim, `${type}/${id}/${sim.nowUs}`),
    topicArn: arn,
    timestamp: isoTime(epochMs(sim.nowUs)),
    signatureVersion: String(config.SignatureVersion),
    attributes: {},
  }
  const body = JSON.stringify({
    Type: type,
    MessageId: about.messageId,
    Token: token,
    TopicArn: arn,
    Message: message,
    SubscribeURL: confirmUrl(arn, token),
    Timestamp: about.timestamp,
    ...signed(about, message),
  })
  return { body, attributes: {}, headers: requestHeaders(type, about) }
}

const confirmUrl = (topic: string, token: string): string =>
  `https://sns.${REGION}.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=${token}`
