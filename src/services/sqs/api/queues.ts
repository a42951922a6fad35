/** PurgeQueue, GetQueueUrl, and the lists of queues; how an outside call names its queue. */
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import { CODE, type ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { QUEUE_DOES_NOT_EXIST, RESULT } from '../errors.ts'
import { reading } from '../../refusal.ts'
import { ACCOUNT } from '../../aws.ts'
import { queueInUrl, queueNamed, queueUrl } from '../names.ts'
import { queueOf } from '../queue.ts'
import { mayPurge, purge } from '../remove.ts'
import { numberUpTo, queueName, textOf, type Input } from './input.ts'
import { plainOperation } from '../../plainOperation.ts'

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
  parse: () => null,
  request: (sim, node) => ({ QueueName: sim.world.nodes[node].name }),
  response: (sim, node) => ({ QueueUrl: queueUrl(sim.world.nodes[node].name) }),
  gist: () => ({ input: '', output: '' }),
}

const MAX_RESULTS = 1_000

/** NextToken is the name of the last queue told. */
export const listQueues: AccountOperation = {
  name: 'ListQueues',
  run(sim, input) {
    const problem = reading(() => checkPage(input))
    if (problem) return { error: problem }
    const prefix = textOf(input, 'QueueNamePrefix')
    const names = sim.world.nodes
      .filter((node) => node.alive && node.kind === 'sqs' && node.name.startsWith(prefix))
      .map((node) => node.name)
    return { output: pageOf(names, 'QueueUrls', input) }
  },
}

/** The queues whose redrive policy names this one; the list is there even when it is empty. */
export const listDeadLetterSourceQueues = plainOperation({
  name: 'ListDeadLetterSourceQueues',
  check: (_sim, _node, input) => checkPage(input),
  output(sim, node, input) {
    const { nodes, wires } = sim.world
    const sources = nodes[node].in.filter((wire) => wires[wire].role === 'redrive')
    const names = sources.map((wire) => nodes[wires[wire].from].name)
    return { queueUrls: [], ...pageOf(names, 'queueUrls', input) }
  },
})

/** @throws Refusal */
function checkPage(input: Input): void {
  numberUpTo(
    input,
    'MaxResults',
    MAX_RESULTS,
    `MaxResults must be an integer between 1 and ${MAX_RESULTS}.`,
  )
}

/** A page of queue URLs, the list and the token only when there are any (FACTS 1.3). */
function pageOf(names: readonly string[], list: string, input: Input): Input {
  const after = textOf(input, 'NextToken')
  const rest = [...names].sort().filter((name) => name > after)
  const page = rest.slice(0, Number(input.MaxResults ?? MAX_RESULTS))
  return {
    ...(page.length > 0 && { [list]: page.map(queueUrl) }),
    ...(input.MaxResults !== undefined && page.length < rest.length && { NextToken: page.at(-1) }),
  }
}

/** The queue that an outside call means: by its URL of any host, or by its bare name. */
export function locate(sim: Simulation, operation: string, input: Input): number | ApiError {
  if (operation === getQueueUrl.name) return locateByName(sim, input)
  // AWS too takes a missing URL for that of a queue that is not there.
  const { account, name } = queueInUrl(textOf(input, 'QueueUrl'))
  return queueIn(sim, account, name)
}

function locateByName(sim: Simulation, input: Input): number | ApiError {
  let name = ''
  const problem = reading(() => (name = queueName(input)))
  return problem ?? queueIn(sim, textOf(input, 'QueueOwnerAWSAccountId') || ACCOUNT, name)
}

/** All queues are of the own account. */
function queueIn(sim: Simulation, account: string, name: string): number | ApiError {
  const node = account === ACCOUNT ? queueNamed(sim, name) : -1
  return node < 0 ? QUEUE_DOES_NOT_EXIST : node
}
