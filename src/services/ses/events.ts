/** Event publishing: what a configuration set tells topics and Firehoses of each mail (FACTS 13). */
import { isoTime } from '../../base/calendar.ts'
import { utf8Length } from '../../base/utf8.ts'
import { CODE, ITEMS_PER_CALL, addItem } from '../../engine/calls.ts'
import { newLiteralMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT, epochMs } from '../aws.ts'
import { COUNTER, NEWS } from './books.ts'
import { identityArn } from './identity.ts'
import { EVENT_WAYS } from './schema.ts'
import type { MailFacts } from './state.ts'

export type EventType =
  'Send' | 'Delivery' | 'Bounce' | 'Complaint' | 'Rendering Failure' | 'DeliveryDelay'

/** The token of a call that tells of an event; mails have their id. */
export const TELLS = -1

/** Tells every destination that wants such events. @param about what the type adds to the record */
export function tell(
  sim: Simulation,
  node: number,
  eventType: EventType,
  mail: MailFacts,
  about: Readonly<Record<string, unknown>>,
): void {
  const { calls, messages, nodes, wires } = sim.world
  for (const wire of nodes[node].out) {
    const { role, to, config } = wires[wire]
    if (role !== 'notify' || !wants(String(config.events), eventType)) continue
    const operations = EVENT_WAYS.map(([, operation]) => sim.operationIndex(to, operation))
    const operation = operations.find((one) => one >= 0)
    if (operation === undefined) continue
    const body = JSON.stringify({ eventType, ...about, mail: mailOf(sim, node, mail) })
    const slot = newLiteralMessage(messages, { body, attributes: {} }, utf8Length(body), 0)
    const call = sim.call(node, to, operation, wire)
    addItem(calls, call, slot, 0)
    calls.arg[call] = -1
    calls.token[call] = TELLS
    sim.send(call)
  }
}

/** A destination has answered. */
export function told(sim: Simulation, node: number, call: number): void {
  const { calls, nodes } = sim.world
  const { counters } = nodes[node]
  if (calls.code[call] === CODE.ok) {
    counters[COUNTER.eventsTold]++
    return
  }
  const slot = calls.slots[call * ITEMS_PER_CALL]
  counters[COUNTER.eventsLost]++
  sim.news(node, NEWS.eventLost, slot)
  sim.release(slot)
}

const PROBLEMS: readonly string[] = ['Bounce', 'Complaint', 'Rendering Failure', 'DeliveryDelay']

const wants = (events: string, type: EventType): boolean =>
  events === 'all' || events === type || (events === 'problems' && PROBLEMS.includes(type))

function mailOf(sim: Simulation, node: number, mail: MailFacts) {
  const { messageId, source, to, subject, sentUs } = mail
  return {
    timestamp: isoTime(epochMs(sentUs)),
    source,
    sourceArn: identityArn(sim.world.nodes[node].name),
    sendingAccountId: ACCOUNT,
    messageId,
    destination: to,
    headersTruncated: false,
    headers: [
      { name: 'From', value: source },
      { name: 'To', value: to.join(', ') },
      { name: 'Subject', value: subject },
    ],
    commonHeaders: { from: [source], to, messageId, subject },
    tags: { 'ses:from-domain': [sim.world.nodes[node].name] },
  }
}

export const timeNow = (sim: Simulation): string => isoTime(epochMs(sim.nowUs))
