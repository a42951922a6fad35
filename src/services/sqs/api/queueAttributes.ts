/** GetQueueAttributes and SetQueueAttributes: AWS's names, values as strings (FACTS 1.3). */
import type { Operation } from '../../../engine/behaviour.ts'
import { CODE } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { epochSeconds } from '../../aws.ts'
import { carriedAttributes } from '../carried.ts'
import { fifoAttributes } from '../fifo/attributes.ts'
import { unknownAttribute } from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { queueArn, queueUrl } from '../names.ts'
import { delayedCount, inFlightCount, queueOf, visibleCount } from '../queue.ts'
import { redriveSources } from '../schema.ts'
import { NUMBER_ATTRIBUTES, TEXT_ATTRIBUTES, changeFor, readRequest } from './attributeChange.ts'
import { textList } from './input.ts'

export const getQueueAttributes: Operation = {
  name: 'GetQueueAttributes',
  carries: 'nothing',
  run: (sim, _node, call) => sim.answer(call, CODE.ok),
  parse: (_sim, _node, _call, input) =>
    reading(() => {
      const unknown = textList(input, 'AttributeNames').find((name) => !KNOWN.includes(name))
      if (unknown !== undefined) throw new Refusal(unknownAttribute(unknown))
    }),
  request: (sim, node) => ({ QueueUrl: queueUrl(sim.world.nodes[node].name) }),
  response(sim, node, call) {
    const names = textList(call.outside?.input ?? {}, 'AttributeNames')
    const all = attributesOf(sim, node)
    const Attributes = names.includes('All')
      ? all
      : Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
    return Object.keys(Attributes).length > 0 ? { Attributes } : {}
  },
  gist: () => ({ input: '', output: '' }),
}

/** Changes the design too, so that whoever looks at the queue's settings sees the new ones. */
export const setQueueAttributes: Operation = {
  name: 'SetQueueAttributes',
  carries: 'nothing',
  run(sim, node, call) {
    const { input } = sim.world.calls.outside[call]!
    const change = readRequest(sim, node, input)
    sim.edit(changeFor(sim, node, change))
    const queue = queueOf(sim, node)
    queue.carried = { ...queue.carried, ...change.carried }
    queue.modifiedUs = sim.nowUs
    sim.answer(call, CODE.ok)
  },
  parse: (sim, node, _call, input) => reading(() => readRequest(sim, node, input)),
  request: (sim, node) => ({ QueueUrl: queueUrl(sim.world.nodes[node].name) }),
  response: () => ({}),
  gist: () => ({ input: '', output: '' }),
}

const READ_ONLY = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
]

const KNOWN: readonly string[] = ['All', ...READ_ONLY, ...NUMBER_ATTRIBUTES, ...TEXT_ATTRIBUTES]

/** Everything that `All` tells, in AWS's order. */
export function attributesOf(sim: Simulation, node: number): Record<string, string> {
  const { nodes, wires } = sim.world
  const { config, name } = nodes[node]
  const queue = queueOf(sim, node)
  const { wire, to, maxReceiveCount } = queue.redrive
  const all: Record<string, string> = {
    QueueArn: queueArn(name),
    ApproximateNumberOfMessages: String(visibleCount(queue)),
    ApproximateNumberOfMessagesNotVisible: String(inFlightCount(queue)),
    ApproximateNumberOfMessagesDelayed: String(delayedCount(queue)),
    CreatedTimestamp: String(epochSeconds(queue.createdUs)),
    LastModifiedTimestamp: String(epochSeconds(queue.modifiedUs)),
  }
  for (const attribute of NUMBERS_IN_ORDER) all[attribute] = String(config[attribute])
  if (config.Policy !== '') all.Policy = String(config.Policy)
  if (wire >= 0 && wires[wire].alive) {
    all.RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: queueArn(nodes[to].name),
      maxReceiveCount,
    })
  }
  if (config.redriveAllow !== 'allowAll' || queue.carried.hasRedriveAllow)
    all.RedriveAllowPolicy = redriveAllowPolicy(config)
  return { ...all, ...carriedAttributes(queue.carried), ...fifoAttributes(config) }
}

/** All NUMBER_ATTRIBUTES; the schema has them in the order of its form. */
const NUMBERS_IN_ORDER = [
  'VisibilityTimeout',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'DelaySeconds',
  'ReceiveMessageWaitTimeSeconds',
]

/** RedriveAllowPolicy as AWS writes it. */
export function redriveAllowPolicy(config: Readonly<Record<string, unknown>>): string {
  const redrivePermission = config.redriveAllow
  if (redrivePermission !== 'byQueue') return JSON.stringify({ redrivePermission })
  const sourceQueueArns = redriveSources(config.redriveAllowSources).map(queueArn)
  return JSON.stringify({ redrivePermission, sourceQueueArns })
}
