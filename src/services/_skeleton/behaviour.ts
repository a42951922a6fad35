/**
 * What a mailbox does in simulated time. It sees and changes the world only through `sim`, its state
 * is plain data (a snapshot copies it), and it may use nothing that differs between two machines:
 * no Date, no timers, no Math.random, no Map whose order matters. `engine/README.md` explains the
 * words.
 */
import type { Behaviour, Operation } from '../../engine/behaviour.ts'
import { CODE, FIRST_ERROR, ITEMS_PER_CALL, addItem, type ApiError } from '../../engine/calls.ts'
import { append, createList, unlink, type MessageList } from '../../engine/lists.ts'
import { MESSAGE_STATE, newLiteralMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { fromSeconds } from '../../base/units.ts'
import { utf8Length } from '../../base/utf8.ts'

/** Yours: all it must remember. Numbers, texts, arrays and plain objects; no functions, no classes. */
interface Mailbox {
  /** Oldest first. A list is linked through the message table: it costs nothing a message. */
  readonly kept: MessageList
  /** Tells the emptying that is planned from one that a changed setting has made stale. */
  plan: number
}

const mailboxOf = (sim: Simulation, node: number): Mailbox => sim.world.nodes[node].state as Mailbox

/** Yours: types of its own events. */
const EVENT = { empty: 0 } as const

/**
 * Yours: its books. They only grow, and together they say where every message went:
 * received = pushed out + taken out + still here (`broken`).
 */
const COUNTERS = ['received', 'receivedBytes', 'pushedOut', 'takenOut'] as const
const COUNTER = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>

/** Yours: the ways it says no, in AWS's words. `{names}` are filled in by `fill`. */
const ERRORS: readonly ApiError[] = [
  {
    code: 'InvalidParameterValue',
    status: 400,
    message: 'The message is longer than the {limit} bytes that this mailbox takes.',
  },
]
const RESULT = { tooLong: FIRST_ERROR } as const

const MISSING_BODY: ApiError = {
  code: 'MissingParameter',
  status: 400,
  message: 'The request must contain the parameter MessageBody.',
}
const NO_SUCH_MAILBOX: ApiError = {
  code: 'MailboxDoesNotExist',
  status: 400,
  message: 'The specified mailbox does not exist.',
}

/** Yours: an operation by AWS's name. `run` does it at the service's side, the rest is for people. */
const sendMessage: Operation = {
  name: 'SendMessage',
  // The messages ride on the request, so the wire shows them on their way here.
  carries: 'request',
  run: receive,
  // An outside caller's JSON (console, endpoint, tests). Nothing may change when it is refused.
  parse(sim, _node, call, input) {
    const body = input.MessageBody
    if (typeof body !== 'string' || body === '') return MISSING_BODY
    const { calls, messages } = sim.world
    const sizeBytes = utf8Length(body)
    addItem(calls, call, newLiteralMessage(messages, { body, attributes: {} }, sizeBytes, 0), 0)
    return null
  },
  // What the log shows of a call: AWS's input and output, and one line of each.
  request: (sim, node, call) => ({
    Mailbox: sim.world.nodes[node].name,
    MessageBody: call.items[0].content.body,
  }),
  response: (sim, _node, call) => ({ MessageId: sim.messageId(call.items[0].message) }),
  gist: (_sim, call) => ({
    input: call.items[0].content.body,
    output: `m-${call.items[0].message}`,
  }),
}

/**
 * Whose a message is: the caller's until the answer says ok, then ours. Refused, it goes back to the
 * caller, so we must not have touched it.
 */
function receive(sim: Simulation, node: number, call: number): void {
  const { calls, messages, nodes, nowUs } = sim.world
  const { config, counters } = nodes[node]
  const { kept } = mailboxOf(sim, node)
  const slot = calls.slots[call * ITEMS_PER_CALL]
  if (messages.sizeBytes[slot] > Number(config.maximumBytes)) {
    sim.answer(call, RESULT.tooLong)
    return
  }
  messages.node[slot] = node
  messages.sentUs[slot] = nowUs
  messages.enteredUs[slot] = nowUs
  messages.state[slot] = MESSAGE_STATE.visible
  append(messages, kept, slot)
  counters[COUNTER.received]++
  counters[COUNTER.receivedBytes] += messages.sizeBytes[slot]
  sim.answer(call, CODE.ok)
  letGo(sim, node, Number(config.keepCount), COUNTER.pushedOut)
}

/** Lets the oldest go until `keepCount` are left, and writes in the books why they went. */
function letGo(sim: Simulation, node: number, keepCount: number, counter: number): void {
  const { messages, nodes } = sim.world
  const { kept } = mailboxOf(sim, node)
  while (kept.count > keepCount) {
    const slot = kept.head
    // Out of every list first; released, its place belongs to another message.
    unlink(messages, kept, slot)
    sim.release(slot)
    nodes[node].counters[counter]++
  }
}

/** Plans the next emptying. What was planned before is not taken back: it is told by its number. */
function planEmptying(sim: Simulation, node: number): void {
  const mailbox = mailboxOf(sim, node)
  const everyS = Number(sim.world.nodes[node].config.emptyEveryS)
  mailbox.plan++
  if (everyS > 0) sim.at(sim.nowUs + fromSeconds(everyS), node, EVENT.empty, mailbox.plan)
}

/** A row in the log and a mark on the timeline: nothing disappears silently. */
function empty(sim: Simulation, node: number): void {
  const { count } = mailboxOf(sim, node).kept
  letGo(sim, node, 0, COUNTER.takenOut)
  sim.news(node, 0, -1)
  if (count > 0) sim.mark(node, 'purged', 0, count)
}

/** At most so many tokens are drawn in the card's row. */
const TOKENS = 8

function slotsOf(sim: Simulation, node: number, offset: number, limit: number): number[] {
  const { next } = sim.world.messages
  const slots: number[] = []
  let slot = mailboxOf(sim, node).kept.head
  for (let n = 0; slot >= 0 && n < offset + limit; n++) {
    if (n >= offset) slots.push(slot)
    slot = next[slot]
  }
  return slots
}

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: ERRORS,
  fill: (sim, node) => String(sim.world.nodes[node].config.maximumBytes),
  operations: [sendMessage],
  news: ['(mailbox emptied)'],
  // Yours: CloudWatch's names and units; ours begin with a lower-case letter.
  metrics: [
    { name: 'received', unit: 'Count', statistic: 'Sum', counter: 'received' },
    { name: 'kept', unit: 'Count', statistic: 'Average' },
  ],

  create: (): Mailbox => ({ kept: createList(), plan: 0 }),
  started: planEmptying,
  configured(sim, node, before) {
    const { config } = sim.world.nodes[node]
    letGo(sim, node, Number(config.keepCount), COUNTER.pushedOut)
    if (before.emptyEveryS !== config.emptyEveryS) planEmptying(sim, node)
  },
  // The node was removed while it ran: no message may be left without an owner.
  removed: (sim, node) => letGo(sim, node, 0, COUNTER.takenOut),

  event(sim, node, _type, plan) {
    if (plan !== mailboxOf(sim, node).plan) return
    empty(sim, node)
    planEmptying(sim, node)
  },

  // Which node an outside call means, by whatever AWS names it with.
  locate(sim, _operation, input) {
    const { nodes } = sim.world
    const node = nodes.findIndex(
      ({ alive, kind, name }) => alive && kind === 'mailbox' && name === input.Mailbox,
    )
    return node < 0 ? NO_SUCH_MAILBOX : node
  },
  // Buttons: `view.tsx` names them.
  actions: { empty },

  // What the card shows; asked about ten times a second, so it must not go through all messages.
  digest(sim, node) {
    const { messages, nodes } = sim.world
    const { kept } = mailboxOf(sim, node)
    const [received, receivedBytes, pushedOut, takenOut] = nodes[node].counters
    const tokens = slotsOf(sim, node, 0, TOKENS).map((slot) => ({
      message: messages.serial[slot],
      hue: messages.hue[slot],
      look: 'solid' as const,
    }))
    return {
      rows: [{ name: 'kept', total: kept.count, tokens }],
      figures: { kept: kept.count, received, receivedBytes, pushedOut, takenOut },
      spark: [],
      advice: nodes[node].in.length === 0 ? ['Not connected: nothing comes in.'] : [],
    }
  },
  // Metrics that are no sums of counters, at their places in `metrics`.
  gauges(sim, node, into) {
    into[1] = mailboxOf(sim, node).kept.count
  },
  page: (sim, node, _list, offset, limit) => ({
    total: mailboxOf(sim, node).kept.count,
    slots: slotsOf(sim, node, offset, limit),
  }),
  broken(sim, node) {
    const [received, , pushedOut, takenOut] = sim.world.nodes[node].counters
    const known = pushedOut + takenOut + mailboxOf(sim, node).kept.count
    return received === known
      ? null
      : `received ${received}, but pushed out + taken out + here is ${known}`
  },
}

export default behaviour
