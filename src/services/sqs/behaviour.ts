/** SQS queues in the engine (FACTS parts 1 and 2); a dead-letter queue is one too. */
import type { Behaviour, CallView, ItemView } from '../../engine/behaviour.ts'
import { US_PER_S } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { actionOf, callerOf } from '../guard.ts'
import { actions } from './actions.ts'
import { because } from './because.ts'
import { broken } from './books.ts'
import { charges } from './charges.ts'
import { digestOf, pageOf } from './digest.ts'
import { ERRORS, QUEUE_DOES_NOT_EXIST } from './errors.ts'
import { COUNTERS, EVENT, NEWS_EFFECTS, NEWS_WORDS } from './events.ts'
import { reconfigure } from './fifo/settings.ts'
import { METRICS } from './metricNames.ts'
import { gauges } from './metrics.ts'
import { handleOf } from './api/handles.ts'
import { ACCOUNT_OPERATIONS, OPERATIONS } from './api/operations.ts'
import { UNKNOWN_OPERATION, isQueueAddress } from './api/address.ts'
import { edits } from './api/edits.ts'
import { locate } from './api/queues.ts'
import { moveNext } from './moveTasks.ts'
import { createQueue, queueOf } from './queue.ts'
import { arrive, readRedrive } from './redrive.ts'
import { close } from './remove.ts'
import { giveUp } from './receive.ts'
import { armRetention, expireDue } from './retention.ts'
import { batchLimit, endDelay, messageLimit } from './send.ts'
import { queueArn, queueUrl } from './names.ts'
import { readSettings } from './settings.ts'
import { endVisibility } from './visibility.ts'
import { unpark } from './waiters.ts'

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: ERRORS,
  gone: QUEUE_DOES_NOT_EXIST,
  fill,
  operations: OPERATIONS,
  accountOperations: ACCOUNT_OPERATIONS,
  news: NEWS_WORDS,
  newsEffects: NEWS_EFFECTS,
  cloudWatch: { namespace: 'AWS/SQS', dimension: 'QueueName' },
  metrics: METRICS,
  because,

  create: createQueue,
  started: (sim, node) => readRedrive(sim, node, queueOf(sim, node)),
  wired: (sim, node) => readRedrive(sim, node, queueOf(sim, node)),
  configured(sim, node) {
    const queue = queueOf(sim, node)
    queue.settings = readSettings(sim.world.nodes[node].config)
    queue.modifiedUs = sim.nowUs
    if (queue.fifo) reconfigure(sim, node, queue, queue.fifo)
    armRetention(sim, node, queue)
  },
  edits,
  removed: close,

  event(sim, node, type, _a, seq) {
    const queue = queueOf(sim, node)
    if (type === EVENT.visibility) endVisibility(sim, node, queue, seq)
    else if (type === EVENT.poll) giveUp(sim, node, queue, seq)
    else if (type === EVENT.delay) endDelay(sim, node, queue, seq)
    else if (type === EVENT.retention) expireDue(sim, node, queue, seq)
    else if (type === EVENT.moveTask) moveNext(sim, node, queue)
    else arrive(sim, node, queue, seq)
  },

  locate,
  subject: ({ QueueName, QueueUrl }) => String(QueueName ?? QueueUrl ?? ''),
  web: (_sim, { path }) => (isQueueAddress(path) ? UNKNOWN_OPERATION : null),
  hungUp: (sim, node, call) => unpark(sim.world.calls, queueOf(sim, node).waiters, call),
  actions,
  digest: digestOf,
  gauges,
  page: pageOf,
  expiresUs: (sim, node, slot) =>
    sim.world.messages.sentUs[slot] + queueOf(sim, node).settings.retentionUs,
  charges,
  broken,
}

/** Values that the texts of run-time errors name. */
function fill(
  sim: Simulation,
  node: number,
  placeholder: string,
  call: CallView,
  item: ItemView = call.items[0],
): string {
  switch (placeholder) {
    case 'queue':
      return sim.world.nodes[node].name
    case 'caller':
      return callerOf(sim, call.from).arn
    case 'action':
      return actionOf('sqs', OPERATIONS[call.operation].name).toLowerCase()
    case 'arn':
      return queueArn(sim.world.nodes[node].name)
    case 'url':
      return queueUrl(sim.world.nodes[node].name)
    case 'limit':
      return String(messageLimit(sim, queueOf(sim, node)))
    case 'batchLimit':
      return String(batchLimit(sim))
    case 'bytes':
      return String(call.items.reduce((sum, each) => sum + sizeOf(sim, each), 0))
    case 'handle':
      return handleOf(node, item)
    default:
      return String(timeoutSeconds(call, item))
  }
}

/** 0 for messages that are gone by now. */
const sizeOf = (sim: Simulation, item: ItemView): number =>
  sim.world.messages.serial[item.slot] === item.message
    ? sim.world.messages.sizeBytes[item.slot]
    : 0

function timeoutSeconds(call: CallView, item: ItemView): number {
  const entries = call.outside?.input.Entries
  if (!Array.isArray(entries)) return call.arg / US_PER_S
  return Number(entries[call.items.indexOf(item)].VisibilityTimeout)
}

export default behaviour
