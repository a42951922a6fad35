/** One topic with many queues, or with many subscriptions that all refuse; all by AWS's operations. */
import { Simulation } from '../../src/engine/simulation.ts'
import { totalsOf } from '../../src/engine/totals.ts'
import { emptyScenario, type Config, type Scenario } from '../../src/scenario/scenario.ts'
import { kinds } from '../../src/services/kinds.ts'
import { matches, type Matchable } from '../../src/services/sns/filter/match.ts'
import { readPolicy } from '../../src/services/sns/filter/policy.ts'

const node = (id: string, kind: string, config: Config) =>
  ({ id, kind, name: id, x: 0, y: 0, config }) as const

const CONTENT = {
  body: JSON.stringify({ order: 17, total: 250, lines: [{ sku: 'tea', count: 2 }] }),
  attributes: {
    type: { DataType: 'String', StringValue: 'order' },
    price: { DataType: 'Number', StringValue: '250' },
    tags: { DataType: 'String.Array', StringValue: '["new","vip"]' },
  },
}

/** A different policy for each subscription; one in ten lets the message pass. */
const policyText = (n: number): string =>
  JSON.stringify({
    type: ['order', { prefix: 'refund-' }],
    price: [{ numeric: ['>=', 10 * (n % 10), '<', 10_000] }],
    tags: [n % 10 === 0 ? 'vip' : `team-${n}`, { suffix: `-${n}` }],
  })

/** Matches a message with so many compiled policies, as a topic does. @returns how many it passes */
export function matcher(policies: number): () => number {
  const compiled = Array.from({ length: policies }, (_, n) =>
    readPolicy(policyText(n), 'MessageAttributes'),
  )
  return () => {
    const message: Matchable = { content: CONTENT }
    let passing = 0
    for (const policy of compiled) if (matches(policy, message).passes) passing++
    return passing
  }
}

function fanOut(queues: number): Scenario {
  const names = Array.from({ length: queues }, (_, n) => `queue-${n}`)
  return {
    ...emptyScenario('fan-out'),
    settings: { network: 'instant', limits: 'today' },
    nodes: [
      node('topic', 'sns', {}),
      ...names.map((name) => node(name, 'sqs', { duplicateChance: 0, reorderChance: 0 })),
    ],
    wires: names.map((to) => ({ id: `to-${to}`, from: 'topic', to, config: {} })),
  }
}

/** A topic that copies to so many queues; `publish` publishes one message and delivers every copy. */
export function topicWith(queues: number): { publish(): void; check(): void } {
  const sim = new Simulation(fanOut(queues), [], kinds)
  const TopicArn = 'arn:aws:sns:us-east-1:000000000000:topic'
  let published = 0
  return {
    publish() {
      const ticket = sim.callFromOutside('sns', 'Publish', {
        TopicArn,
        Message: CONTENT.body,
        MessageAttributes: CONTENT.attributes,
      })
      sim.advance(sim.nowUs + 1_000)
      if (ticket.error) throw new Error(ticket.error.message)
      published++
    },
    check() {
      const { nodes, invariants } = totalsOf(sim)
      if (invariants.broken.length > 0) throw new Error(invariants.broken.join('\n'))
      if (nodes.topic.totals.delivered !== published * queues) throw new Error('a copy is missing')
    },
  }
}
