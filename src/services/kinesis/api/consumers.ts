/** Enhanced fan-out (FACTS 6.6): consumers registered, told of, and subscribed to shards. */
import { counted } from '../../../base/format.ts'
import { CODE } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { ACCOUNT, epochMs, epochSeconds } from '../../aws.ts'
import { LIMITS } from '../../records.ts'
import {
  MOST_CONSUMERS,
  consumerArn,
  deregister,
  register,
  settle,
  type Consumer,
} from '../consumers.ts'
import { RESULT, limitExceeded, resourceInUse, resourceNotFound } from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { COUNTER } from '../events.ts'
import { fromSeconds } from '../../../base/units.ts'
import { startOf } from '../get.ts'
import { readArn, streamArn } from '../names.ts'
import { end, subscribe } from '../push.ts'
import { positionOf } from '../../recordLog.ts'
import { streamOf } from '../stream.ts'
import { TYPES, knownShard, readStart } from './getRecords.ts'
import { plainOperation, type CheckedOperation } from './plain.ts'
import { readToken, tokenProblem, writeToken } from './tokens.ts'
import {
  CONSUMER_ARN,
  SEQUENCE_NUMBER,
  SHARD_ID,
  STREAM_ARN,
  STREAM_NAME,
  type Input,
} from './validate.ts'

const CONSUMER_NAME = STREAM_NAME
const BY_NAME = { StreamARN: STREAM_ARN, ConsumerName: CONSUMER_NAME, ConsumerARN: CONSUMER_ARN }

const json = (stream: string, consumer: Consumer) => ({
  ConsumerName: consumer.name,
  ConsumerARN: consumerArn(stream, consumer),
  ConsumerStatus: consumer.status,
  ConsumerCreationTimestamp: epochMs(consumer.createdUs) / 1000,
})

export const registerConsumer = plainOperation({
  name: 'RegisterStreamConsumer',
  rules: {
    StreamARN: { ...STREAM_ARN, required: true },
    ConsumerName: { ...CONSUMER_NAME, required: true },
  },
  check(sim, node, input) {
    const { consumers } = streamOf(sim, node)
    const { name } = sim.world.nodes[node]
    if (consumers.some((consumer) => consumer.name === input.ConsumerName)) {
      throw new Refusal(
        resourceInUse(
          `Consumer ${String(input.ConsumerName)} under stream ${name} already exists for account ${ACCOUNT}.`,
        ),
      )
    }
    if (consumers.length >= MOST_CONSUMERS) {
      throw new Refusal(
        limitExceeded(
          `Stream ${name} under account ${ACCOUNT} has reached the limit of ${MOST_CONSUMERS} registered consumers.`,
        ),
      )
    }
  },
  run: (sim, node, input) => void register(sim, node, String(input.ConsumerName)),
  output(sim, node, input) {
    const consumer = find(sim, node, input)!
    return { Consumer: json(sim.world.nodes[node].name, consumer) }
  },
})

/** By its name, or by its ARN, which also says which one of that name. */
function find(sim: Simulation, node: number, input: Input): Consumer | undefined {
  const { consumers } = streamOf(sim, node)
  const { name } = sim.world.nodes[node]
  const { ConsumerARN, ConsumerName } = input
  return consumers.find((consumer) =>
    ConsumerARN === undefined
      ? consumer.name === ConsumerName
      : consumerArn(name, consumer) === ConsumerARN,
  )
}

/** @throws Refusal */
function knownConsumer(sim: Simulation, node: number, input: Input): Consumer {
  const consumer = find(sim, node, input)
  if (consumer) return consumer
  const { name } = sim.world.nodes[node]
  const named = String(
    input.ConsumerName ?? readArn(String(input.ConsumerARN))?.consumer.split(':')[0] ?? '',
  )
  throw new Refusal(
    resourceNotFound(
      `Consumer ${named}, StreamARN: ${streamArn(name)} under account ${ACCOUNT} not found.`,
    ),
  )
}

export const deregisterConsumer = plainOperation({
  name: 'DeregisterStreamConsumer',
  rules: BY_NAME,
  check: knownConsumer,
  run: (sim, node, input) => deregister(sim, node, knownConsumer(sim, node, input)),
})

export const describeConsumer = plainOperation({
  name: 'DescribeStreamConsumer',
  rules: BY_NAME,
  check: knownConsumer,
  output(sim, node, input) {
    const { name } = sim.world.nodes[node]
    const consumer = knownConsumer(sim, node, input)
    return { ConsumerDescription: { ...json(name, consumer), StreamARN: streamArn(name) } }
  },
  // Whoever has seen the state need not wait for its end.
  told(sim, node, input) {
    const consumer = find(sim, node, input)
    if (consumer) settle(streamOf(sim, node), consumer.id, sim.nowUs)
  },
})

export const listConsumers = plainOperation({
  name: 'ListStreamConsumers',
  rules: {
    StreamARN: { ...STREAM_ARN, required: true },
    MaxResults: { min: 1, max: 100 },
    NextToken: { minLength: 1, maxLength: 1_048_576 },
  },
  check(sim, _node, { NextToken }) {
    const problem = NextToken === undefined ? null : tokenProblem(sim, NextToken)
    if (problem) throw new Refusal(problem)
  },
  output(sim, node, input) {
    const { name } = sim.world.nodes[node]
    const after = String(readToken(input.NextToken)?.after ?? '')
    const all = streamOf(sim, node)
      .consumers.filter((consumer) => consumer.name > after)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const page = all.slice(0, Number(input.MaxResults ?? 100))
    return {
      Consumers: page.map((consumer) => json(name, consumer)),
      ...(page.length < all.length && {
        NextToken: writeToken(sim, { stream: name, after: page.at(-1)!.name }),
      }),
    }
  },
})

/** Another call of the same consumer takes a shard over only after so long. */
const TAKE_OVER_US = fromSeconds(5)

/**
 * SubscribeToShard: in AWS's JSON only. The call waits; each push to a part is an answered call of its
 * own with a batch, `arg` = shard, `arg2` = position, `arg3` = LIMITS * count.
 */
export const subscribeToShard: CheckedOperation = {
  name: 'SubscribeToShard',
  rules: {
    ConsumerARN: { ...CONSUMER_ARN, required: true },
    ShardId: { ...SHARD_ID, required: true },
    StartingPosition: {
      required: true,
      members: {
        Type: { required: true, oneOf: Object.keys(TYPES) },
        SequenceNumber: SEQUENCE_NUMBER,
      },
    },
  },
  keepsOrder: true,
  carries: 'records',
  parse: (sim, node, call, input) =>
    reading(() => {
      const state = streamOf(sim, node)
      const { name } = sim.world.nodes[node]
      const consumer = knownConsumer(sim, node, input)
      if (consumer.status !== 'ACTIVE') {
        throw new Refusal(
          resourceInUse(
            `Consumer ${consumer.name} with creation timestamp ${epochSeconds(consumer.createdUs)} under stream: ${name} , account ${ACCOUNT} is not in ACTIVE status.`,
          ),
        )
      }
      const shard = knownShard(state, name, String(input.ShardId))
      const position = input.StartingPosition as Input
      const start = readStart(sim, name, shard, position, 'Type', 'SubscribeToShard')
      const { calls } = sim.world
      calls.arg[call] = shard.index
      calls.arg2[call] = startOf(shard, start.type, start.at)
      calls.arg3[call] = consumer.id
    }),
  run(sim, node, call) {
    const { calls, nodes } = sim.world
    const state = streamOf(sim, node)
    const shard = calls.arg[call]
    const consumer = calls.arg3[call]
    const before = state.subscriptions.find(
      (each) => each.consumer === consumer && each.shard === shard,
    )
    if (before && sim.nowUs - before.sinceUs < TAKE_OVER_US) {
      nodes[node].counters[COUNTER.SubscribeToShardRateExceeded]++
      sim.answer(call, RESULT.alreadySubscribed)
      return
    }
    if (before) end(sim, state, before)
    subscribe(sim, node, call, consumer, shard, calls.arg2[call])
  },
  request: (sim, node) => ({ StreamARN: streamArn(sim.world.nodes[node].name) }),
  response: () => ({}),
  gist: (_sim, call) => {
    const count = Math.floor(call.arg3 / LIMITS)
    return {
      input: `shard-${call.arg}`,
      output: count > 0 ? `${counted(count, 'record')} pushed` : 'over',
    }
  },
  touches(sim, node, call, message) {
    const { log } = streamOf(sim, node).shards[call.arg]
    const count = Math.floor(call.arg3 / LIMITS)
    return call.code === CODE.ok && positionOf(log, message, call.arg2, call.arg2 + count) >= 0
  },
}
