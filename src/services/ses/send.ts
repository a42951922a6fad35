/** SendEmail: checked against identities and limits, written, and one copy for each recipient. */
import { utf8Length } from '../../base/utf8.ts'
import type { CallView, Operation } from '../../engine/behaviour.ts'
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import { copyMessage, newLiteralMessage, type Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { schemas } from '../schemas.ts'
import { reading } from '../refusal.ts'
import { COUNTER, NEWS, RESULT } from './books.ts'
import { begin } from './deliver.ts'
import { tell } from './events.ts'
import { senderOf } from './identity.ts'
import { readMail, type Wanted } from './input.ts'
import { limitsOf, take } from './quota.ts'
import { stateOf, type MailFacts } from './state.ts'
import { renderTemplate } from './template.ts'

export interface Mailbox {
  readonly address: string
  readonly wire: number
  readonly isVerified: boolean
}

/** The mailboxes that are wired, in the order of the wires. */
export function mailboxes(sim: Simulation, node: number): Mailbox[] {
  const { nodes, wires, scenario } = sim.world
  return nodes[node].out.flatMap((wire) => {
    const { role, to, config } = wires[wire]
    if (role !== 'mail') return []
    const part = scenario.nodes.find(({ id }) => id === nodes[to].id)
    const mailbox = part && schemas.get(part.kind)?.subscribeAs?.(part, { isFifo: false })
    const address = mailbox?.ok ? mailbox.endpoint : `inbound@${nodes[to].name}`
    return [{ address, wire, isVerified: config.isVerified === true }]
  })
}

/** What a call wants sent: of a program its input, of a wire its message. */
function wantedBy(sim: Simulation, node: number, call: number): Wanted {
  const { calls, wires, nodes } = sim.world
  const input = calls.outside[call]?.input
  if (input) return readMail(input)
  const { config, name } = nodes[node]
  const { body, subject } = sim.contentOf(calls.slots[call * ITEMS_PER_CALL])
  const all = mailboxes(sim, node).map(({ address }) => address)
  const wire = calls.wire[call]
  const toAll = wire >= 0 && wires[wire].config.recipients === 'all'
  const one = all.length === 0 ? [] : [all[stateOf(sim, node).turn % all.length]]
  return {
    source: senderOf(name),
    to: toAll ? all : one,
    subject: subject ?? (config.SubjectPart as string),
    text: body,
    ...(config.content === 'Template' && {
      template: {
        subject: config.SubjectPart as string,
        html: config.HtmlPart as string,
        data: body,
      },
    }),
  }
}

function run(sim: Simulation, node: number, call: number): void {
  const { calls, nodes, messages } = sim.world
  const { config, counters } = nodes[node]
  const state = stateOf(sim, node)
  const wanted = wantedBy(sim, node, call)
  const code = refusalOf(sim, node, wanted)
  if (code !== CODE.ok) {
    counters[COUNTER.rejected]++
    sim.answer(call, code)
    return
  }
  const room = take(state.quota, limitsOf(config), wanted.to.length, sim.nowUs)
  if (room !== 'ok') {
    counters[COUNTER.throttled]++
    sim.answer(call, RESULT[room])
    return
  }
  state.turn++
  const isOutside = calls.outside[call] !== undefined
  const slot = isOutside
    ? newLiteralMessage(messages, { body: wanted.text, attributes: {} }, 0, 0)
    : calls.slots[call * ITEMS_PER_CALL]
  calls.arg[call] = messages.serial[slot]
  sim.answer(call, CODE.ok)
  write(sim, node, wanted, slot)
  sim.release(slot)
}

/** Renders the mail and sends a copy to each recipient; a template that cannot be filled goes to nobody. */
function write(sim: Simulation, node: number, wanted: Wanted, slot: number): void {
  const { messages, nodes } = sim.world
  const { source, to, template } = wanted
  const rendered = template && renderTemplate(template.subject, template.html, template.data)
  const subject = rendered?.ok ? rendered.subject : wanted.subject
  const messageId = messageIdOf(sim, messages.serial[slot])
  const mail: MailFacts = { messageId, source, to, subject, sentUs: sim.nowUs }
  if (rendered && !rendered.ok) {
    nodes[node].counters[COUNTER.renderingFailures]++
    sim.news(node, NEWS.renderingFailure, slot)
    tell(sim, node, 'Rendering Failure', mail, {
      failure: { templateName: 'template', errorMessage: rendered.errorMessage },
    })
    return
  }
  tell(sim, node, 'Send', mail, { send: {} })
  const content: Content = {
    subject,
    headers: {
      From: source,
      To: to.join(', '),
      'Content-Type': rendered ? 'text/html' : 'text/plain',
    },
    attributes: {},
    body: rendered?.html ?? wanted.text,
  }
  const known = mailboxes(sim, node)
  for (const address of to) {
    const copy = copyMessage(messages, slot)
    messages.literals[copy] = content
    messages.recipe[copy] = 0
    messages.sizeBytes[copy] = Math.max(messages.sizeBytes[slot], utf8Length(content.body))
    begin(sim, node, mail, address, known.find((one) => one.address === address)?.wire ?? -1, copy)
  }
}

function refusalOf(sim: Simulation, node: number, { to }: Wanted): number {
  if (to.length === 0) return RESULT.noRecipient
  return unverified(sim, node, to).length > 0 ? RESULT.notVerified : CODE.ok
}

/** Who is in the way: the domain itself, or in the sandbox recipients that nobody has verified. */
function unverified(sim: Simulation, node: number, to: readonly string[]): readonly string[] {
  const { config, name } = sim.world.nodes[node]
  if (config.verified === false) return [senderOf(name)]
  if (config.ProductionAccessEnabled !== false) return []
  const verified = mailboxes(sim, node).filter(({ isVerified }) => isVerified)
  return to.filter(
    (address) =>
      !address.endsWith('@simulator.amazonses.com') &&
      !address.endsWith(`@${name}`) &&
      verified.every((one) => one.address !== address),
  )
}

/** For the error's text. */
export function identitiesIn(sim: Simulation, node: number, call: CallView): string {
  const to = call.outside
    ? readMail(call.outside.input).to
    : mailboxes(sim, node).map(({ address }) => address)
  return unverified(sim, node, to).join(', ')
}

const messageIdOf = (sim: Simulation, serial: number): string => `${sim.messageId(serial)}-000000`

export const sendEmail: Operation = {
  name: 'SendEmail',
  carries: 'request',
  run,
  request(sim, node, call) {
    if (call.outside) return call.outside.input
    const { name, config } = sim.world.nodes[node]
    const Data = call.items[0]?.content.body ?? ''
    const Content =
      config.content === 'Template'
        ? { Template: { TemplateName: 'template', TemplateData: Data } }
        : { Simple: { Subject: { Data: config.SubjectPart }, Body: { Text: { Data } } } }
    return { FromEmailAddress: senderOf(name), Content }
  },
  response: (sim, _node, { arg }) => ({ MessageId: messageIdOf(sim, arg) }),
  gist: (_sim, { items: [item] }) => ({ input: item ? `m-${item.message}` : '', output: '' }),
  parse: (_sim, _node, _call, input) => reading(() => void readMail(input)),
}
