/**
 * Asking an endpoint's owner whether it wants a subscription (FACTS 3.2, 4.1): the request carries a
 * token, which ConfirmSubscription wants within 2 days. It is sent once, and again by each Subscribe.
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
import { requestHeaders, sizeOf } from './render.ts'
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
  const { to, operation, wire, protocol, endpoint } = subscription
  subscription.askedUs = sim.nowUs
  const content = requestFor(sim, node, subscription)
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

function requestFor(
  sim: Simulation,
  node: number,
  { protocol, endpoint, token, id }: Subscription,
): Content {
  const { name, config } = sim.world.nodes[node]
  const arn = topicArn(name)
  const url = `https://sns.${REGION}.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${arn}&Token=${token}`
  if (protocol === 'email') return confirmationMail(arn, url, endpoint, String(config.DisplayName))
  const Message = `You have chosen to subscribe to the topic ${arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
  const about = {
    messageId: uuidOf(sim, `confirmation/${id}/${sim.nowUs}`),
    topicArn: arn,
    timestamp: isoTime(epochMs(sim.nowUs)),
    signatureVersion: String(config.SignatureVersion),
    attributes: {},
  }
  const body = JSON.stringify({
    Type: 'SubscriptionConfirmation',
    MessageId: about.messageId,
    Token: token,
    TopicArn: arn,
    Message,
    SubscribeURL: url,
    Timestamp: about.timestamp,
    ...signed(about, Message),
  })
  if (!isWeb(protocol)) return { ...confirmationMail(arn, url, endpoint, ''), body }
  return { body, attributes: {}, headers: requestHeaders('SubscriptionConfirmation', about) }
}
