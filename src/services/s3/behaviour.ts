/** S3 buckets in the engine (FACTS 15.3). */
import type { Behaviour } from '../../engine/behaviour.ts'
import type { MessageInfo } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { recentValues } from '../recent.ts'
import { createBucket as createBucketOperation, listBuckets } from './api/buckets.ts'
import { because } from './because.ts'
import { COUNTER, COUNTERS, NEWS_WORDS, broken } from './books.ts'
import { bucketCaller } from './caller.ts'
import { METRICS } from './metricNames.ts'
import { answered, lose, send, testNewWires } from './notify.ts'
import { ERRORS, NO_SUCH_BUCKET, OPERATIONS } from './operations.ts'
import { anyOverlap, ruleIn } from './overlap.ts'
import { orphansIn } from './orphans.ts'
import { bucketOf, createBucket, newestOf, type StoredObject } from './state.ts'

const behaviour: Behaviour = {
  service: 's3api',
  counters: COUNTERS,
  errors: ERRORS,
  gone: NO_SUCH_BUCKET,
  caller: (sim, node) => bucketCaller(sim.world.nodes[node].name),
  operations: OPERATIONS,
  accountOperations: [createBucketOperation, listBuckets],
  news: NEWS_WORDS,
  because,
  cloudWatch: { namespace: 'AWS/S3', dimension: 'BucketName' },
  metrics: METRICS,

  create: createBucket,
  started: testNewWires,
  wired: testNewWires,
  removed(sim, node) {
    for (const slot of bucketOf(sim, node).waiting.splice(0)) lose(sim, node, slot)
  },
  event: (sim, node, _type, slot, wire) => send(sim, node, slot, wire),
  answered,

  locate(sim, _operation, { Bucket }) {
    const node = sim.world.nodes.findIndex(
      ({ alive, kind, name }) => alive && kind === 's3' && name === Bucket,
    )
    return node < 0 ? NO_SUCH_BUCKET : node
  },
  subject: ({ Bucket, Key }) => `${String(Bucket)}/${String(Key)}`,
  actions: {
    putOne(sim, node) {
      const { name } = sim.world.nodes[node]
      const Key = `test-${bucketOf(sim, node).sequence + 1}.txt`
      return sim.callFromOutside('s3api', 'PutObject', { Bucket: name, Key, Body: 'test' }).error
    },
    deleteOne(sim, node) {
      const { name } = sim.world.nodes[node]
      const newest = newestOf(bucketOf(sim, node))
      const Key = newest?.key ?? 'nothing'
      return sim.callFromOutside('s3api', 'DeleteObject', { Bucket: name, Key }).error
    },
  },

  digest(sim, node) {
    const { counters } = sim.world.nodes[node]
    const { objects, lately, recent, underway } = bucketOf(sim, node)
    const lost = counters[COUNTER.eventsLost]
    const orphaned = orphansIn(sim, node)
    return {
      rows: [],
      figures: {
        objects: objects.size,
        orphaned,
        put: counters[COUNTER.put],
        deleted: counters[COUNTER.deleted],
        eventsDelivered: counters[COUNTER.eventsDelivered],
        eventsUnderway: underway,
        eventsLost: lost,
      },
      lines: [...new Set(lately.filter((key) => objects.has(key)).toReversed())].slice(0, 2),
      spark: recentValues(recent, sim.nowUs, 0),
      advice: advice(sim, node, lost, orphaned),
    }
  },
  gauges(sim, node, into) {
    into[ORPHANED] = orphansIn(sim, node)
  },
  stored: {
    page(sim, node, _list, offset, limit) {
      const all = [...bucketOf(sim, node).objects.values()].toReversed()
      const messages = all.slice(offset, offset + limit).map((one) => infoOf(sim, node, one))
      return { total: all.length, messages }
    },
    find(sim, node, message) {
      const all = [...bucketOf(sim, node).objects.values()]
      const found = all.find((one) => one.message === message)
      return found ? infoOf(sim, node, found) : null
    },
  },
  broken,
}

const ORPHANED = METRICS.findIndex(({ name }) => name === 'orphanedPayloads')

function infoOf(sim: Simulation, node: number, object: StoredObject): MessageInfo {
  const { message, hue, body, sizeBytes, key, eTag, lastModifiedUs } = object
  return {
    message,
    messageId: eTag,
    node: sim.world.nodes[node].id,
    list: 'objects',
    hue,
    body,
    sizeBytes,
    attributes: {},
    sentUs: lastModifiedUs,
    receives: 0,
    subject: key,
    outcome: `s3://${sim.world.nodes[node].name}/${key}`,
  }
}

function advice(sim: Simulation, node: number, lost: number, orphaned: number): string[] {
  const { nodes, wires } = sim.world
  const told = nodes[node].out.filter((wire) => wires[wire].role === 'notify')
  const found: string[] = []
  if (anyOverlap(told.map((wire) => ruleIn(wires[wire].config)))) {
    found.push(
      'Two wires tell of the same event and keys: S3 refuses such a configuration. Notify a topic, and let it tell both.',
    )
  }
  if (lost > 0) {
    found.push(
      `${lost} event notifications were refused and are lost: look at the target’s policy.`,
    )
  }
  if (orphaned > 0) {
    const are = orphaned === 1 ? 'payload is' : 'payloads are'
    found.push(
      `${orphaned} ${are} orphaned: the message that pointed there is gone, and nobody will delete the object. At AWS a lifecycle rule of the bucket would.`,
    )
  }
  return found
}

export default behaviour
