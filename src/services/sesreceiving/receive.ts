/** A mail arrives: scanned, bounced or stopped, or handed to every action of the rule (FACTS 13). */
import { isoTime } from '../../base/calendar.ts'
import { nextUnit } from '../../base/random.ts'
import { utf8Length } from '../../base/utf8.ts'
import type { Operation } from '../../engine/behaviour.ts'
import { CODE, ITEMS_PER_CALL, addItem } from '../../engine/calls.ts'
import { copyMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { arn, epochMs } from '../aws.ts'
import { addRecent } from '../recent.ts'
import { COUNTER, NEWS, RESULT, stateOf } from './books.ts'
import { lambdaEvent, mimeOf, snsNotification, type Received } from './notification.ts'
import { ACTIONS } from './schema.ts'

/** FACTS 13: of a mail whose rule has an SNS action. */
const MOST_SNS_BYTES = 150 * 1024
const LINES = 3

type Action = (typeof ACTIONS)[number]

function run(sim: Simulation, node: number, call: number): void {
  const { calls, nodes } = sim.world
  const { counters, config } = nodes[node]
  const slot = calls.slots[call * ITEMS_PER_CALL]
  const state = stateOf(sim, node)
  counters[COUNTER.received]++
  addRecent(state.recent, sim.nowUs, 0, 1)
  const spamChance = Number(config.spamChance)
  const isSpam = spamChance > 0 && nextUnit(sim.world.random, state.chance) < spamChance
  const mail = received(sim, node, slot, isSpam)
  const isTooLarge =
    sim.world.messages.sizeBytes[slot] > MOST_SNS_BYTES &&
    ruleOf(sim, node).some(({ action }) => action.role === 'notify')
  if (isTooLarge || (isSpam && config.onSpam === 'bounce')) {
    counters[COUNTER.bounced]++
    sim.answer(call, isTooLarge ? RESULT.tooLarge : RESULT.rejected)
    return
  }
  state.lines.unshift(`${isSpam ? 'spam: ' : ''}${mail.subject}`)
  state.lines.length = Math.min(state.lines.length, LINES)
  sim.answer(call, CODE.ok)
  if (isSpam && config.onSpam === 'stop') {
    counters[COUNTER.stopped]++
    sim.news(node, NEWS.stopped, slot)
  } else {
    counters[COUNTER.accepted]++
    for (const { wire, action } of ruleOf(sim, node)) act(sim, node, wire, action, mail, slot)
  }
  sim.release(slot)
}

/** The rule's actions, in the order of the wires. */
const ruleOf = (sim: Simulation, node: number): { wire: number; action: Action }[] =>
  sim.world.nodes[node].out.flatMap((wire) => {
    const action = ACTIONS.find(({ role }) => role === sim.world.wires[wire].role)
    return action ? [{ wire, action }] : []
  })

function received(sim: Simulation, node: number, slot: number, isSpam: boolean): Received {
  const { subject, headers, body } = sim.contentOf(slot)
  return {
    messageId: sim.messageId(sim.world.messages.serial[slot]).replaceAll('-', ''),
    source: headers?.From ?? 'customer@example.net',
    to: headers?.To ?? `inbox@${sim.world.nodes[node].name}`,
    subject: subject ?? body.split('\n', 1)[0].slice(0, 80),
    body,
    timestamp: isoTime(epochMs(sim.nowUs)),
    isSpam,
  }
}

function act(
  sim: Simulation,
  node: number,
  wire: number,
  action: Action,
  mail: Received,
  slot: number,
): void {
  const { calls, messages, nodes, wires } = sim.world
  const { to } = wires[wire]
  const operation = sim.operationIndex(to, action.operation)
  if (operation < 0) return
  const body = wordsFor(action, mail, nodes[to].name)
  const copy = copyMessage(messages, slot)
  messages.literals[copy] = { subject: mail.subject, attributes: {}, body }
  messages.recipe[copy] = 0
  // A mail may be larger than its words are here; JSON about it is not.
  const bytes = utf8Length(body)
  const holdsMail = action.role !== 'invoke'
  messages.sizeBytes[copy] = holdsMail ? Math.max(bytes, messages.sizeBytes[slot]) : bytes
  const call = sim.call(node, to, operation, wire)
  addItem(calls, call, copy, 0)
  calls.arg[call] = -1
  nodes[node].counters[COUNTER.actions]++
  stateOf(sim, node).underway++
  sim.send(call)
}

function wordsFor({ role }: Action, mail: Received, to: string): string {
  if (role === 'store') return mimeOf(mail)
  return JSON.stringify(
    role === 'notify'
      ? snsNotification(mail, arn('sns', to))
      : lambdaEvent(mail, arn('lambda', `function:${to}`)),
  )
}

/** A part that an action called has answered. */
export function answered(sim: Simulation, node: number, call: number): void {
  const { calls, nodes } = sim.world
  const { counters } = nodes[node]
  stateOf(sim, node).underway--
  if (calls.code[call] === CODE.ok) {
    counters[COUNTER.actionsDone]++
    return
  }
  const slot = calls.slots[call * ITEMS_PER_CALL]
  counters[COUNTER.actionsFailed]++
  sim.news(node, NEWS.actionFailed, slot)
  sim.mark(node, 'lost', sim.world.messages.serial[slot])
  sim.release(slot)
}

/** SMTP's delivery of one mail. */
export const receiveMail: Operation = {
  name: 'SendMail',
  carries: 'request',
  run,
  request(sim, node, { items: [item] }) {
    const { headers, subject, body = '' } = item?.content ?? {}
    return {
      To: headers?.To ?? `inbox@${sim.world.nodes[node].name}`,
      ...(subject !== undefined && { Subject: subject }),
      Body: body,
    }
  },
  response: () => ({}),
  gist: (_sim, { items: [item] }) => ({ input: item ? `m-${item.message}` : '', output: '' }),
  parse: () => ({
    code: 'InvalidAction',
    status: 400,
    message: 'Mail arrives along a wire only.',
  }),
}
