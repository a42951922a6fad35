/** PurgeQueue, GetQueueUrl and ListQueues; how an outside call names its queue. */
import type { Operation } from '../../../engine/behaviour.ts'
import { CODE, type ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { QUEUE_DOES_NOT_EXIST, RESULT, invalidValue, missingParameter, reading } from '../errors.ts'
import { nameInUrl, queueNamed, queueUrl } from '../names.ts'
import { queueOf } from '../queue.ts'
import { mayPurge, purge } from '../remove.ts'
import { requiredText, textOf, wholeNumber, type Input } from './input.ts'

/** Drops everything; once a minute. */
export const purgeQueue: Operation = {
  name: 'PurgeQueue',
  carries: 'nothing',
  run(sim, node, call) {
    const queue = queueOf(sim, node)
    if (!mayPurge(sim, queue)) {
      sim.answer(call, RESULT.purgeInProgress)
      return
    }
    sim.answer(call, CODE.ok)
    purge(sim, node, queue)
  },
  parse: () => null,
  request: (sim, node) => ({ QueueUrl: queueUrl(sim.world.nodes[node].name) }),
  response: () => ({}),
  gist: () => ({ input: '', output: '' }),
}

export const getQueueUrl: Operation = {
  name: 'GetQueueUrl',
  carries: 'nothing',
  run: (sim, _node, call) => sim.answer(call, CODE.ok),
  parse: (_sim, _node, _call, input) => reading(() => requiredText(input, 'QueueName')),
  request: (sim, node) => ({ QueueName: sim.world.nodes[node].name }),
  response: (sim, node) => ({ QueueUrl: queueUrl(sim.world.nodes[node].name) }),
  gist: () => ({ input: '', output: '' }),
}

const MAX_RESULTS = 1_000

/** Runs at any queue. NextToken is the name of the last queue told. */
export const listQueues: Operation = {
  name: 'ListQueues',
  carries: 'nothing',
  run: (sim, _node, call) => sim.answer(call, CODE.ok),
  parse: (_sim, _node, _call, input) =>
    reading(() => {
      wholeNumber(input, 'MaxResults', 1, MAX_RESULTS, 'MaxResults must be between 1 and 1000.')
    }),
  request: () => ({}),
  response(sim, _node, call) {
    const input = call.outside?.input ?? {}
    const prefix = textOf(input, 'QueueNamePrefix')
    const after = textOf(input, 'NextToken')
    const names = sim.world.nodes
      .filter((node) => node.alive && node.kind === 'sqs' && node.name.startsWith(prefix))
      .map((node) => node.name)
      .sort()
      .filter((name) => name > after)
    const page = names.slice(0, Number(input.MaxResults ?? MAX_RESULTS))
    return {
      ...(page.length > 0 && { QueueUrls: page.map(queueUrl) }),
      ...(input.MaxResults !== undefined &&
        page.length < names.length && { NextToken: page.at(-1) }),
    }
  },
  gist: () => ({ input: '', output: '' }),
}

/** The queue that an outside call means: by its URL of any host, or by its bare name. */
export function locate(sim: Simulation, operation: string, input: Input): number | ApiError {
  if (operation === listQueues.name) return anyQueue(sim)
  const parameter = operation === getQueueUrl.name ? 'QueueName' : 'QueueUrl'
  const text = input[parameter]
  if (text === undefined || text === null || text === '') return missingParameter(parameter)
  if (typeof text !== 'string') return invalidValue(parameter, text, 'Must be a string.')
  const node = queueNamed(sim, parameter === 'QueueUrl' ? nameInUrl(text) : text)
  return node < 0 ? QUEUE_DOES_NOT_EXIST : node
}

function anyQueue(sim: Simulation): number | ApiError {
  const node = sim.world.nodes.findIndex((node) => node.alive && node.kind === 'sqs')
  return node < 0 ? QUEUE_DOES_NOT_EXIST : node
}
