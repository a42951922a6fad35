/** SES sending in the engine (FACTS 13). */
import type { Behaviour } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { plainOperation } from '../plainOperation.ts'
import { recentValues } from '../recent.ts'
import { because } from './because.ts'
import { COUNTER, COUNTERS, ERRORS, NEWS_WORDS, broken, notVerified } from './books.ts'
import { answered, letGo, retry } from './deliver.ts'
import { domainOf, senderOf, sesCaller } from './identity.ts'
import { METRICS } from './metricNames.ts'
import { limitsOf, sentLastDay } from './quota.ts'
import { identitiesIn, mailboxes, sendEmail } from './send.ts'
import { createState, stateOf } from './state.ts'

const getAccount = plainOperation({
  name: 'GetAccount',
  output(sim, node) {
    const { config } = sim.world.nodes[node]
    const { perDay, perSecond } = limitsOf(config)
    return {
      ProductionAccessEnabled: config.ProductionAccessEnabled,
      SendQuota: {
        Max24HourSend: perDay,
        MaxSendRate: perSecond,
        SentLast24Hours: sentLastDay(stateOf(sim, node).quota),
      },
      SendingEnabled: true,
    }
  },
})

const isHere = (name?: string) => (one: Simulation['world']['nodes'][number]) =>
  one.alive && one.kind === 'ses' && (name === undefined || one.name === name)

const behaviour: Behaviour = {
  service: 'sesv2',
  counters: COUNTERS,
  errors: ERRORS,
  fill: (sim, node, _placeholder, call) => identitiesIn(sim, node, call),
  caller: (sim, node) => sesCaller(sim.world.nodes[node].name),
  operations: [sendEmail, getAccount],
  news: NEWS_WORDS,
  because,
  metrics: METRICS,

  create: createState,
  removed: letGo,
  event: (sim, node, _type, _slot, id) => retry(sim, node, id),
  answered,

  locate(sim, operation, { FromEmailAddress }) {
    const { nodes } = sim.world
    const sender = String(FromEmailAddress ?? '')
    const node = nodes.findIndex(isHere(operation === 'SendEmail' ? domainOf(sender) : undefined))
    return node < 0 ? notVerified(sender) : node
  },
  subject: ({ FromEmailAddress }) => String(FromEmailAddress ?? ''),

  actions: {
    sendOne(sim, node) {
      const { name } = sim.world.nodes[node]
      const [first] = mailboxes(sim, node)
      return sim.callFromOutside('sesv2', 'SendEmail', {
        FromEmailAddress: senderOf(name),
        Destination: { ToAddresses: [first?.address ?? 'success@simulator.amazonses.com'] },
        Content: {
          Simple: { Subject: { Data: 'A test' }, Body: { Text: { Data: 'Sent by hand.' } } },
        },
      }).error
    },
  },

  digest(sim, node) {
    const { counters, config } = sim.world.nodes[node]
    const { lines, quota, recent, underway } = stateOf(sim, node)
    return {
      rows: [],
      figures: {
        sent: counters[COUNTER.sent],
        delivered: counters[COUNTER.delivered],
        bounced: counters[COUNTER.bounced],
        complaints: counters[COUNTER.complaints],
        renderingFailures: counters[COUNTER.renderingFailures],
        rejected: counters[COUNTER.rejected],
        throttled: counters[COUNTER.throttled],
        underway: underway.length,
        sentLastDay: sentLastDay(quota),
        perDay: limitsOf(config).perDay,
      },
      lines: lines.slice(),
      spark: recentValues(recent, sim.nowUs, 0),
      advice: advice(sim, node),
    }
  },
  broken,
}

/** AWS reviews an account from these rates on. */
const REVIEW = { bounces: 0.05, complaints: 0.001, from: 20 } as const

function advice(sim: Simulation, node: number): string[] {
  const { counters, config } = sim.world.nodes[node]
  const sent = counters[COUNTER.sent]
  const found: string[] = []
  if (config.verified === false) {
    found.push('The domain is not verified: every mail is rejected.')
  } else if (mailboxes(sim, node).length === 0) {
    found.push('No mailbox is wired: there is nobody to send to.')
  }
  if (counters[COUNTER.throttled] > 0) {
    found.push(
      'More was asked for than the account may send; put a queue before it, and let its consumer keep to the rate.',
    )
  }
  if (sent >= REVIEW.from && counters[COUNTER.bounced] > sent * REVIEW.bounces) {
    found.push(
      'More than 5 % bounce: AWS puts such accounts under review. Stop sending to these addresses.',
    )
  }
  if (sent >= REVIEW.from && counters[COUNTER.complaints] > sent * REVIEW.complaints) {
    found.push('More than 0.1 % complain: AWS puts such accounts under review.')
  }
  return found
}

export default behaviour
