/** Delivery to the recipients' mail servers: accepted, tried again, or bounced. */
import { nextUnit } from '../../base/random.ts'
import { fromSeconds } from '../../base/units.ts'
import { CODE, addItem } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { addRecent } from '../recent.ts'
import { COUNTER, EVENT, NEWS } from './books.ts'
import { TELLS, tell, timeNow, told } from './events.ts'
import { note, stateOf, type MailFacts, type Underway } from './state.ts'

/** Of AWS's mailbox simulator, with which people test what they do about bounces and complaints. */
const SIMULATOR = {
  bounce: 'bounce@simulator.amazonses.com',
  complaint: 'complaint@simulator.amazonses.com',
} as const

/** A mail for one recipient sets out. @param wire to the mailbox; -1 when it is outside the picture */
export function begin(
  sim: Simulation,
  node: number,
  mail: MailFacts,
  address: string,
  wire: number,
  slot: number,
): void {
  const state = stateOf(sim, node)
  const one: Underway = {
    id: state.nextId++,
    address,
    wire,
    slot,
    mail,
    tries: 0,
    isWaiting: false,
  }
  state.underway.push(one)
  sim.world.nodes[node].counters[COUNTER.sent]++
  addRecent(state.recent, sim.nowUs, 0, 1)
  if (address === SIMULATOR.bounce || happens(sim, node, 'bounceChance')) {
    bounce(sim, node, one, 'Permanent')
  } else {
    attempt(sim, node, one)
  }
}

function attempt(sim: Simulation, node: number, one: Underway): void {
  const { calls, messages, nodes, wires } = sim.world
  const { slot, wire } = one
  if (wire < 0) {
    sim.release(slot)
    delivered(sim, node, one)
    return
  }
  const { to, alive } = wires[wire]
  const operation = alive && nodes[to].alive ? sim.operationIndex(to, 'SendMail') : -1
  if (operation < 0) {
    bounce(sim, node, one, 'Permanent')
    return
  }
  messages.node[slot] = -1
  one.isWaiting = false
  const call = sim.call(node, to, operation, wire)
  addItem(calls, call, slot, 0)
  calls.token[call] = one.id
  sim.send(call)
}

/** Ours: SES tries for hours, AWS does not say when. */
const WAITS_S = [60, 300, 900, 3600]

/** A mail server, or a destination of events, has answered. */
export function answered(sim: Simulation, node: number, call: number): void {
  const { calls } = sim.world
  if (calls.token[call] === TELLS) {
    told(sim, node, call)
    return
  }
  const one = stateOf(sim, node).underway.find(({ id }) => id === calls.token[call])
  if (!one) return
  if (calls.code[call] === CODE.ok) delivered(sim, node, one)
  else if ((sim.errorOf(call)?.status ?? 0) < 500) bounce(sim, node, one, 'Permanent')
  else if (one.tries >= WAITS_S.length) bounce(sim, node, one, 'Transient')
  else delay(sim, node, one)
}

function delay(sim: Simulation, node: number, one: Underway): void {
  const { slot, address, mail } = one
  sim.world.messages.node[slot] = node
  one.isWaiting = true
  sim.at(sim.nowUs + fromSeconds(WAITS_S[one.tries++]), node, EVENT.retry, slot, one.id)
  sim.world.nodes[node].counters[COUNTER.delayed]++
  sim.news(node, NEWS.delayed, slot)
  tell(sim, node, 'DeliveryDelay', mail, {
    deliveryDelay: {
      timestamp: timeNow(sim),
      delayType: 'TransientCommunicationFailure',
      delayedRecipients: [
        {
          emailAddress: address,
          status: '4.4.1',
          diagnosticCode: 'smtp; 421 4.4.1 Unable to connect to remote host',
        },
      ],
    },
  })
}

/** The wait of a delayed mail is over. */
export function retry(sim: Simulation, node: number, id: number): void {
  const one = stateOf(sim, node).underway.find((each) => each.id === id)
  if (one?.isWaiting) attempt(sim, node, one)
}

function delivered(sim: Simulation, node: number, one: Underway): void {
  const { address, mail } = one
  end(sim, node, one, COUNTER.delivered)
  note(stateOf(sim, node), `${address}: ${mail.subject}`)
  tell(sim, node, 'Delivery', mail, {
    delivery: {
      timestamp: timeNow(sim),
      processingTimeMillis: Math.floor((sim.nowUs - mail.sentUs) / 1000),
      recipients: [address],
      smtpResponse: '250 2.6.0 Message received',
    },
  })
  if (address !== SIMULATOR.complaint && !happens(sim, node, 'complaintChance')) return
  sim.world.nodes[node].counters[COUNTER.complaints]++
  sim.news(node, NEWS.complaint, -1)
  tell(sim, node, 'Complaint', mail, {
    complaint: {
      complainedRecipients: [{ emailAddress: address }],
      timestamp: timeNow(sim),
      complaintFeedbackType: 'abuse',
    },
  })
}

function bounce(
  sim: Simulation,
  node: number,
  one: Underway,
  bounceType: 'Permanent' | 'Transient',
): void {
  const { address, mail, slot } = one
  end(sim, node, one, COUNTER.bounced)
  note(stateOf(sim, node), `✕ ${address}: bounced`)
  sim.news(node, NEWS.bounce, slot)
  sim.mark(node, 'lost', sim.world.messages.serial[slot])
  sim.release(slot)
  const isPermanent = bounceType === 'Permanent'
  tell(sim, node, 'Bounce', mail, {
    bounce: {
      bounceType,
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: address,
          action: 'failed',
          status: isPermanent ? '5.1.1' : '4.4.7',
          diagnosticCode: isPermanent
            ? 'smtp; 550 5.1.1 user unknown'
            : 'smtp; 421 4.4.7 Message expired: unable to deliver',
        },
      ],
      timestamp: timeNow(sim),
    },
  })
}

function end(sim: Simulation, node: number, one: Underway, counter: number): void {
  const { underway } = stateOf(sim, node)
  underway.splice(underway.indexOf(one), 1)
  sim.world.nodes[node].counters[counter]++
}

/** The part is gone, and with it what waits; what is on calls comes to nobody. */
export function letGo(sim: Simulation, node: number): void {
  for (const { isWaiting, slot } of stateOf(sim, node).underway.splice(0)) {
    sim.world.nodes[node].counters[COUNTER.bounced]++
    if (isWaiting) sim.release(slot)
  }
}

function happens(sim: Simulation, node: number, setting: string): boolean {
  const chance = Number(sim.world.nodes[node].config[setting])
  return chance > 0 && nextUnit(sim.world.random, stateOf(sim, node).chance) < chance
}
