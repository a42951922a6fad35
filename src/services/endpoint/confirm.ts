/** Saying yes to a subscription: by the token in the request, through ConfirmSubscription (FACTS 3.2). */
import type { ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { arn } from '../aws.ts'
import { addressOf, isDevice, protocolOf } from './addresses.ts'
import { COUNTER } from './books.ts'
import { stateOf } from './state.ts'

const SUBSCRIBE_URL = /Action=ConfirmSubscription&TopicArn=([^&"\s]+)&Token=([0-9a-f-]+)/

/** Keeps the token when the body is a request to confirm; endpoints that confirm by themselves do so. */
export function noteConfirmation(sim: Simulation, node: number, body: string): void {
  const found = SUBSCRIBE_URL.exec(body)
  if (!found) return
  const [, topicArn, token] = found
  const { pending, settings } = stateOf(sim, node)
  const before = pending.findIndex((one) => one.topicArn === topicArn)
  if (before >= 0) pending.splice(before, 1)
  pending.push({ topicArn, token })
  if (settings.confirmsItself) confirmAll(sim, node)
}

const NOTHING_ASKED: ApiError = {
  code: 'NothingToConfirm',
  status: 400,
  message: 'No request to confirm a subscription has arrived. Press “Ask again” for another one.',
}

/** Confirms whatever waits for it. */
export function confirmAll(sim: Simulation, node: number): ApiError | undefined {
  const { pending } = stateOf(sim, node)
  if (pending.length === 0) return NOTHING_ASKED
  let problem: ApiError | undefined
  for (const { topicArn, token } of pending.splice(0)) {
    const input = { TopicArn: topicArn, Token: token }
    const { error } = sim.callFromOutside('sns', 'ConfirmSubscription', input, node)
    if (error) problem = error
    else sim.world.nodes[node].counters[COUNTER.confirmed]++
  }
  return problem
}

const NOT_ASKED_FOR: ApiError = {
  code: 'NothingToConfirm',
  status: 400,
  message: 'Connect a topic to it first; phones and mobile apps need not confirm.',
}

/** Subscribes once more at every topic that is wired to it, so that SNS sends its request again. */
export function askAgain(sim: Simulation, node: number): ApiError | undefined {
  const { nodes, wires } = sim.world
  const here = nodes[node]
  const topics = here.in.filter((wire) => wires[wire].role === 'subscribe')
  const part = { name: here.name, config: here.config as Readonly<Record<string, string>> }
  const protocol = protocolOf(part.config)
  if (topics.length === 0 || isDevice(protocol)) return NOT_ASKED_FOR
  for (const wire of topics) {
    const TopicArn = arn('sns', nodes[wires[wire].from].name)
    const input = { TopicArn, Protocol: protocol, Endpoint: addressOf(part) }
    const { error } = sim.callFromOutside('sns', 'Subscribe', input, node)
    if (error) return error
  }
  return undefined
}
