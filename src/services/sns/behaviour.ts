/** SNS topics in the engine (FACTS parts 3 and 4). */
import { because } from './because.ts'
import type { Behaviour, CallView } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { actionOf, callerOf } from '../guard.ts'
import { readStatements } from '../policy.ts'
import { recentValues } from '../recent.ts'
import { ACCOUNT_OPERATIONS, OPERATIONS } from './api/operations.ts'
import { locate } from './api/locate.ts'
import { topicCaller } from './caller.ts'
import { COUNTER, COUNTERS, NEWS_WORDS, broken } from './books.ts'
import { charges } from './charges.ts'
import { askForConfirmation, confirmationAnswered } from './confirmation.ts'
import { CONFIRMATION, answered, waitIsOver } from './deliver.ts'
import { filterProblem } from './fields.ts'
import { ERRORS, NOTHING_TO_LOG, TOPIC_NOT_FOUND } from './errors.ts'
import { gate } from './gate.ts'
import { METRICS } from './metricNames.ts'
import { nameInArn, topicArn } from './names.ts'
import { loggingAttributes, statusPage } from './statusLog.ts'
import { unlink } from '../../engine/lists.ts'
import {
  createTopic,
  followingFrom,
  livingSubscriptions,
  readWires,
  topicOf,
  type Topic,
} from './topic.ts'

function connect(sim: Simulation, node: number): void {
  readWires(sim, node)
  if (!topicOf(sim, node).isRestoring) askForConfirmation(sim, node)
}

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: ERRORS,
  gone: TOPIC_NOT_FOUND,
  caller: (sim, node) => topicCaller(sim.world.nodes[node].name),
  operations: OPERATIONS,
  fill,
  accountOperations: ACCOUNT_OPERATIONS,
  news: NEWS_WORDS,
  because,
  cloudWatch: { namespace: 'AWS/SNS', dimension: 'TopicName' },
  metrics: METRICS,

  create: createTopic,
  started: connect,
  wired: connect,
  configured(sim, node) {
    const topic = topicOf(sim, node)
    const { subscriptions } = topic
    topic.statements = readStatements(String(sim.world.nodes[node].config.Policy))
    subscriptions.forEach((one, place) => {
      if (!one) return
      subscriptions[place] = { ...one, ...followingFrom(sim, node, one.protocol, one.settings) }
    })
  },
  removed(sim, node) {
    const { backing, pacing } = topicOf(sim, node)
    for (const list of [backing, pacing]) {
      while (list.head >= 0) {
        const slot = list.head
        unlink(sim.world.messages, list, slot)
        sim.release(slot)
        sim.world.nodes[node].counters[COUNTER.failed]++
      }
    }
  },

  event: waitIsOver,
  answered(sim, node, call) {
    if (sim.world.calls.token[call] === CONFIRMATION) confirmationAnswered(sim, node, call)
    else answered(sim, node, call)
  },
  locate,
  subject: ({ TopicArn, TargetArn, Name, SubscriptionArn }) =>
    nameInArn(String(TopicArn ?? TargetArn ?? Name ?? SubscriptionArn ?? '')),
  actions: {
    publishOne(sim, node) {
      sim.callFromOutside('sns', 'Publish', {
        TopicArn: sim.world.nodes[node].name,
        Message: JSON.stringify({ test: true }),
        ...(sim.world.nodes[node].config.FifoTopic === true && {
          MessageGroupId: 'test',
          MessageDeduplicationId: `test-${sim.world.messages.nextSerial}`,
        }),
      })
    },
    confirmAll(sim, node) {
      for (const one of livingSubscriptions(topicOf(sim, node))) one.token = ''
    },
    logDeliveries(sim, node) {
      const living = livingSubscriptions(topicOf(sim, node))
      const attributes = loggingAttributes(living.map(({ protocol }) => protocol))
      if (attributes.length === 0) return NOTHING_TO_LOG
      const TopicArn = topicArn(sim.world.nodes[node].name)
      for (const [AttributeName, AttributeValue] of attributes) {
        const input = { TopicArn, AttributeName, AttributeValue }
        const { error } = sim.callFromOutside('sns', 'SetTopicAttributes', input)
        if (error) return error
      }
    },
  },

  digest(sim, node) {
    const { counters } = sim.world.nodes[node]
    const topic = topicOf(sim, node)
    const living = livingSubscriptions(topic)
    return {
      rows: [],
      figures: {
        subscriptions: living.length,
        pending: living.filter(({ token }) => token !== '').length,
        published: counters[COUNTER.published],
        delivered: counters[COUNTER.delivered],
        filtered: counters[COUNTER.filteredOut],
        failed: counters[COUNTER.failed],
        retrying: topic.backing.count,
        pacing: topic.pacing.count,
        throttled: counters[COUNTER.throttled],
        deduplicated: counters[COUNTER.deduplicated],
      },
      spark: recentValues(topic.recent, sim.nowUs, 0),
      advice: advice(sim, node, topic),
    }
  },
  table: (sim, node, offset, limit) =>
    statusPage(sim.world.nodes[node].name, topicOf(sim, node).statusLog, offset, limit),
  gate,
  charges,
  broken,
}

/** Values that the texts of refusals by the policy name. */
function fill(sim: Simulation, node: number, placeholder: string, call: CallView): string {
  if (placeholder === 'caller') return callerOf(sim, call.from).arn
  if (placeholder === 'action') return actionOf('SNS', OPERATIONS[call.operation].name)
  return topicArn(sim.world.nodes[node].name)
}

function advice(sim: Simulation, node: number, topic: Topic): string[] {
  const { counters, name } = sim.world.nodes[node]
  const living = livingSubscriptions(topic)
  const found: string[] = []
  if (living.length === 0) {
    found.push('No subscriptions: what is published here is lost. Draw a wire to a queue.')
  }
  for (const { settings, endpoint } of living) {
    const problem = filterProblem(settings.filterPolicy, settings.scope)
    if (problem) found.push(`Nothing can pass to ${nameInArn(endpoint)}. ${problem}`)
  }
  const never = living.filter((one) => one.policy && one.delivered === 0 && one.filtered >= 20)
  for (const one of never) {
    found.push(`Nothing has passed the filter policy for ${nameInArn(one.endpoint)} yet.`)
  }
  if (counters[COUNTER.accessDenied] > 0) {
    found.push(
      `${counters[COUNTER.accessDenied]} publishes were refused by the policy of ${name}: select the wire to see what it lacks.`,
    )
  }
  if (counters[COUNTER.throttled] > 0) {
    found.push(
      `${counters[COUNTER.throttled]} publishes were throttled: a FIFO topic takes 300 messages a second of a message group, and 3 000 in all unless its throughput scope is the message group. Use more groups.`,
    )
  }
  if (topic.pacing.count > 0) {
    found.push(
      `${topic.pacing.count} deliveries wait for their turn: maxReceivesPerSecond is less than what arrives.`,
    )
  }
  if (topic.backing.count > 0) {
    found.push(`${topic.backing.count} deliveries wait for another try.`)
  }
  if (counters[COUNTER.failed] > 0) {
    found.push(
      `${counters[COUNTER.failed]} notifications of ${name} could not be delivered and are lost: give the subscription a dead-letter queue.`,
    )
  }
  return found
}

export default behaviour
