/** What clients ask of a topic, by the names of Kafka's protocol. Only parts of the design call it. */
import { counted } from '../../base/format.ts'
import { partitionKeyOf } from '../../engine/batch.ts'
import type { CallView, Operation } from '../../engine/behaviour.ts'
import { CODE, FIRST_ERROR, ITEMS_PER_CALL, type ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { utf8Length } from '../../base/utf8.ts'
import { appendRecord, arrivalAt, copyRecords } from '../recordLog.ts'
import { LIMITS } from '../records.ts'
import { partitionOf } from './partitioner.ts'
import { COUNTER, planCheck, topicOf } from './topic.ts'

export const ERRORS: readonly ApiError[] = [
  {
    code: 'MESSAGE_TOO_LARGE',
    status: 400,
    message:
      'The request included a message larger than the max message size the server will accept.',
  },
  {
    code: 'UNKNOWN_TOPIC_OR_PARTITION',
    status: 400,
    message: 'This server does not host this topic-partition.',
  },
]
const RESULT = { tooLarge: FIRST_ERROR, unknown: FIRST_ERROR + 1 } as const

/** Programs outside speak Kafka's own binary protocol, which is not modelled. */
const NOT_HTTP: ApiError = {
  code: 'UNSUPPORTED_VERSION',
  status: 400,
  message: 'A topic is reached by the Kafka protocol, which the endpoint does not speak.',
}
const parse = (): ApiError => NOT_HTTP

const topicName = (sim: Simulation, node: number) => ({ topic: sim.world.nodes[node].name })

/** fetch.max.bytes. */
const FETCH_MAX_BYTES = 52_428_800

const produce: Operation = {
  name: 'Produce',
  carries: 'request',
  isLarge: true,
  run: takeIn,
  parse,
  request: (sim, node, { items }) => ({
    ...topicName(sim, node),
    records: items.map(({ content }) => ({
      key: content.partitionKey ?? null,
      value: content.body,
    })),
  }),
  response: (_sim, _node, { items }) => ({
    records: items.map(({ receipt }) => placeOf(receipt)),
  }),
  gist: (_sim, { items }) => ({
    input:
      items.length === 1
        ? `key ${items[0].content.partitionKey ?? ''}`
        : counted(items.length, 'record'),
    output: items.length === 1 ? placeText(items[0].receipt) : '',
  }),
}

/** A record's partition and offset as one number: the receipt of its item. */
const OFFSETS = 0x100000000
const placeOf = (receipt: number) => ({
  partition: Math.floor(receipt / OFFSETS),
  offset: receipt % OFFSETS,
})
function placeText(receipt: number): string {
  const { partition, offset } = placeOf(receipt)
  return `partition ${partition}, offset ${offset}`
}

function takeIn(sim: Simulation, node: number, call: number): void {
  const { calls, messages, nodes, nowUs } = sim.world
  const topic = topicOf(sim, node)
  const { config, counters } = nodes[node]
  const first = call * ITEMS_PER_CALL
  const slots = Array.from(calls.slots.slice(first, first + calls.count[call]))
  if (slots.some((slot) => messages.sizeBytes[slot] > Number(config.maxMessageBytes))) {
    counters[COUNTER.refused] += slots.length
    sim.answer(call, RESULT.tooLarge)
    return
  }
  slots.forEach((slot, n) => {
    const recipe = messages.recipe[slot]
    const literal = recipe === 0 ? messages.literals[slot] : undefined
    const ordinal = messages.ordinal[slot]
    const key = recipe === 0 ? literal?.partitionKey : partitionKeyOf(sim, recipe, ordinal)
    const count = topic.partitions.length
    const partition = key === undefined ? topic.turn++ % count : partitionOf(key, count)
    const bytes = messages.sizeBytes[slot] + utf8Length(key ?? '')
    messages.sentUs[slot] = nowUs
    const offset = appendRecord(
      topic.partitions[partition].log,
      nowUs,
      messages.serial[slot],
      recipe,
      ordinal,
      bytes,
      messages.hue[slot],
      literal,
    )
    calls.receipts[first + n] = partition * OFFSETS + offset
    counters[COUNTER.produced]++
    counters[COUNTER.producedBytes] += bytes
  })
  // Answered while the slots still hold the messages, so that the log can read them.
  sim.answer(call, CODE.ok)
  for (const slot of slots) sim.release(slot)
  planCheck(sim, node)
}

/** `arg` = partition, `arg2` = offset, `arg3` = max.poll.records, and answered LIMITS * count more. */
const fetch: Operation = {
  name: 'Fetch',
  carries: 'records',
  run(sim, node, call) {
    const { calls } = sim.world
    const index = calls.arg[call]
    const partition = topicOf(sim, node).partitions[index]
    if (!partition) {
      sim.answer(call, RESULT.unknown)
      return
    }
    const { log } = partition
    const from = Math.min(log.end, Math.max(calls.arg2[call], log.trimmed))
    const limit = calls.arg3[call]
    const records = copyRecords(log, from, limit, FETCH_MAX_BYTES)
    const next = from + records.count
    const behindUs = next >= log.end ? 0 : sim.nowUs - arrivalAt(log, next)
    const where = { shard: index, shardCreatedUs: 0, first: from, next, behindUs, childShards: [] }
    calls.arg3[call] = limit + records.count * LIMITS
    calls.batches.set(call, Object.freeze({ ...records, ...where }))
    sim.answer(call, CODE.ok)
  },
  parse,
  request: (sim, node, call) => ({
    ...topicName(sim, node),
    partition: call.arg,
    fetch_offset: call.arg2,
    'max.poll.records': call.arg3 % LIMITS,
  }),
  response: (_sim, _node, call) => ({ records: countOf(call) }),
  gist: (_sim, call) => ({
    input: `partition ${call.arg} from ${call.arg2}`,
    output: counted(countOf(call), 'record'),
  }),
}

const countOf = ({ arg3 }: CallView): number => Math.floor(arg3 / LIMITS)

/** `arg` = partition, `arg2` = the offset to go on from. */
const offsetCommit: Operation = {
  name: 'OffsetCommit',
  carries: 'nothing',
  run(sim, node, call) {
    const { calls } = sim.world
    const partition = topicOf(sim, node).partitions[calls.arg[call]]
    if (partition) partition.committed[calls.from[call]] = calls.arg2[call]
    sim.answer(call, partition ? CODE.ok : RESULT.unknown)
  },
  parse,
  request: (sim, node, call) => ({
    ...topicName(sim, node),
    partition: call.arg,
    committed_offset: call.arg2,
  }),
  response: () => ({}),
  gist: (_sim, call) => ({ input: `partition ${call.arg} at ${call.arg2}`, output: '' }),
}

/** Answered: `arg` = how many partitions, `arg2` = 0. */
const metadata: Operation = {
  name: 'Metadata',
  carries: 'nothing',
  run(sim, node, call) {
    sim.world.calls.arg[call] = topicOf(sim, node).partitions.length
    sim.answer(call, CODE.ok)
  },
  parse,
  request: topicName,
  response: (_sim, _node, call) => ({ partitions: call.arg }),
  gist: (_sim, call) => ({ input: '', output: `${call.arg} partitions` }),
}

export const OPERATIONS: readonly Operation[] = [produce, fetch, offsetCommit, metadata]
