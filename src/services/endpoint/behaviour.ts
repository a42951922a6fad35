/** Web servers, mailboxes, phones and apps in the engine (FACTS 3.2, 4.1, 4.2). */
import type { Behaviour } from '../../engine/behaviour.ts'
import type { MessageInfo } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { latenciesInto } from '../latency.ts'
import { recentValues } from '../recent.ts'
import { isDevice, isWeb } from './addresses.ts'
import { COUNTERS, ERRORS, broken } from './books.ts'
import { because } from './because.ts'
import { askAgain, confirmAll } from './confirm.ts'
import { METRICS } from './metricNames.ts'
import { OPERATIONS } from './operations.ts'
import { answerAll, answerDue } from './requests.ts'
import { createState, isDown, settingsOf, stateOf, type Arrival } from './state.ts'

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: ERRORS,
  operations: OPERATIONS,
  news: [],
  because,
  metrics: METRICS,

  create: createState,
  configured(sim, node) {
    stateOf(sim, node).settings = settingsOf(sim.world.nodes[node].config)
  },
  removed: answerAll,
  event: (sim, node, _type, _call, id) => answerDue(sim, node, id),

  actions: {
    confirm: confirmAll,
    askAgain,
    takeDown(sim, node) {
      stateOf(sim, node).isDown = true
    },
    bringBack(sim, node) {
      stateOf(sim, node).isDown = false
    },
  },

  gauges(sim, node, into) {
    latenciesInto(stateOf(sim, node).latencies, sim.nowUs, into, 3)
  },
  digest(sim, node) {
    const [requests, accepted, refused] = sim.world.nodes[node].counters
    const state = stateOf(sim, node)
    return {
      rows: [],
      figures: {
        requests,
        accepted,
        refused,
        answering: state.inHand.length,
        pendingConfirmations: state.pending.length,
        down: isDown(sim, state) ? 1 : 0,
      },
      lines: state.lines.slice(),
      spark: recentValues(state.recent, sim.nowUs, 0),
      advice: advice(sim, node),
    }
  },
  stored: {
    page(sim, node, list, offset, limit) {
      const { accepted, refused } = stateOf(sim, node)
      const all = list === 'refused' ? refused : accepted
      const messages = all
        .slice(offset, offset + limit)
        .map((arrival) => infoOf(sim, node, arrival, list))
      return { total: all.length, messages }
    },
    find(sim, node, message) {
      const { accepted, refused } = stateOf(sim, node)
      const is = (one: Arrival): boolean => one.message === message
      const arrival = accepted.find(is)
      if (arrival) return infoOf(sim, node, arrival, 'accepted')
      const failed = refused.find(is)
      return failed ? infoOf(sim, node, failed, 'refused') : null
    },
  },
  broken,
}

function infoOf(sim: Simulation, node: number, arrival: Arrival, list: string): MessageInfo {
  const { message, hue, content, sizeBytes, atUs, outcome } = arrival
  const { subject, headers, body } = content
  return {
    message,
    messageId: sim.messageId(message),
    node: sim.world.nodes[node].id,
    list,
    hue,
    body,
    sizeBytes,
    attributes: {},
    sentUs: atUs,
    receives: 0,
    outcome,
    ...(subject !== undefined && { subject }),
    ...(headers && { headers }),
  }
}

function advice(sim: Simulation, node: number): string[] {
  const state = stateOf(sim, node)
  const { protocol, responseUs } = state.settings
  const found: string[] = []
  if (sim.world.nodes[node].in.length === 0) {
    const who = isDevice(protocol) ? 'a topic or a producer' : 'a topic'
    found.push(`Not connected: draw a wire from ${who} to it.`)
  }
  if (state.pending.length > 0) {
    found.push('A subscription waits to be confirmed; until then nothing is delivered.')
  }
  if (isWeb(protocol) && responseUs > 15_000_000) {
    found.push('Slower than the 15 s that SNS waits: every delivery counts as failed.')
  }
  return found
}

export default behaviour
