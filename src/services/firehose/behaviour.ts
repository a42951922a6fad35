/** Amazon Data Firehose in the engine: collects records and delivers them in batches (FACTS 8). */
import { unlink } from '../../engine/lists.ts'
import type { Behaviour } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT_OPERATIONS, OPERATIONS } from './api/operations.ts'
import { locate } from './api/streams.ts'
import { because } from './because.ts'
import { answeredBucket, answeredOutside, batchById, tryBatch } from './batches.ts'
import { COUNTERS, broken, count, listsOf } from './books.ts'
import { closeInTime, flush, rearm } from './buffer.ts'
import { charges } from './charges.ts'
import { digestOf, gauges, pageOf } from './digest.ts'
import { ERRORS, GONE } from './errors.ts'
import { EVENT, NEWS_WORDS } from './events.ts'
import { connectReaders } from './ingested.ts'
import { METRICS } from './metricNames.ts'
import { createState, settingsOf, stateOf } from './state.ts'
import { answeredSource, connectSource, readDue } from './sourceReading.ts'
import { answeredTransform, connectTransform, invocationTimedOut, invoke } from './transform.ts'

/** Events of what it reads by itself. */
const READS: readonly number[] = [EVENT.read, EVENT.list, EVENT.fetch, EVENT.metadata]

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: ERRORS,
  gone: GONE,
  operations: OPERATIONS,
  accountOperations: ACCOUNT_OPERATIONS,
  news: NEWS_WORDS,
  because,
  cloudWatch: { namespace: 'AWS/Firehose', dimension: 'DeliveryStreamName' },
  metrics: METRICS,

  create: createState,
  started: connect,
  configured(sim, node) {
    stateOf(sim, node).settings = settingsOf(sim.world.nodes[node].config)
    rearm(sim, node)
  },
  wired: connect,
  removed: letGoOfAll,

  event(sim, node, type, a, b) {
    if (type === EVENT.closeBuffer) {
      closeInTime(sim, node, a, b)
      return
    }
    if (READS.includes(type)) {
      readDue(sim, node, type, a, b)
      return
    }
    const batch = batchById(stateOf(sim, node), a)
    // Of an earlier try, or of a batch that is gone.
    if (!batch || batch.tries !== b) return
    if (type === EVENT.invocationTimedOut) invocationTimedOut(sim, node, batch)
    else if (type === EVENT.retry && batch.stage === 'transform') invoke(sim, node, batch)
    else if (type === EVENT.retry) tryBatch(sim, node, batch)
    else answeredOutside(sim, node, batch)
  },
  answered(sim, node, call) {
    const batch = stateOf(sim, node).batches.find((each) => each.call === call)
    if (batch?.stage === 'transform') answeredTransform(sim, node, batch, call)
    else if (batch) answeredBucket(sim, node, batch, call)
    else answeredSource(sim, node, call)
  },

  locate,
  subject: ({ DeliveryStreamName, Bucket, Key }) =>
    String(DeliveryStreamName ?? (Bucket === undefined ? '' : `${Bucket}/${Key}`)),
  actions: {
    flush,
    breakDestination(sim, node) {
      stateOf(sim, node).isDown = true
    },
    mendDestination(sim, node) {
      stateOf(sim, node).isDown = false
    },
  },
  digest: digestOf,
  gauges,
  page: pageOf,
  charges,
  broken,
}

function connect(sim: Simulation, node: number): void {
  connectTransform(sim, node)
  connectSource(sim, node)
  connectReaders(sim, node)
}

/** The part was removed: what it holds is gone with it. */
function letGoOfAll(sim: Simulation, node: number): void {
  const { messages } = sim.world
  for (const records of listsOf(stateOf(sim, node))) {
    count(sim, node, 'lost', records.count)
    while (records.head >= 0) {
      const slot = records.head
      unlink(messages, records, slot)
      sim.release(slot)
    }
  }
  stateOf(sim, node).batches.length = 0
  stateOf(sim, node).lots.clear()
}

export default behaviour
