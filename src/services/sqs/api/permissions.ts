/** AddPermission and RemovePermission: statements of the queue's policy (FACTS 1.3). */
import type { Simulation } from '../../../engine/simulation.ts'
import { invalidValue, missingParameter } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { queueArn } from '../names.ts'
import { changeFor } from './attributeChange.ts'
import { requiredText, textList, type Input } from './input.ts'
import { plainOperation } from '../../plainOperation.ts'

export const addPermission = plainOperation({
  name: 'AddPermission',
  check: newStatement,
  run(sim, node, input) {
    const policy = policyOf(sim, node)
    const statements = [...policy.Statement, newStatement(sim, node, input)]
    keep(sim, node, { ...policy, Statement: statements })
  },
})

export const removePermission = plainOperation({
  name: 'RemovePermission',
  check(sim, node, input) {
    const label = requiredText(input, 'Label')
    if (policyOf(sim, node).Statement.some(({ Sid }) => Sid === label)) return
    throw new Refusal(invalidValue('Label', label, "can't find label."))
  },
  run(sim, node, input) {
    const policy = policyOf(sim, node)
    const Statement = policy.Statement.filter(({ Sid }) => Sid !== input.Label)
    keep(sim, node, { ...policy, Statement })
  },
})

interface Statement {
  readonly Sid?: unknown
}
interface Policy {
  readonly Statement: readonly Statement[]
}

/** The queue's policy, or the one AWS begins with. */
function policyOf(sim: Simulation, node: number): Policy {
  const text = String(sim.world.nodes[node].config.Policy)
  const written = text === '' ? {} : (JSON.parse(text) as Partial<Policy>)
  const { Statement = [] } = written
  return {
    Version: '2008-10-17',
    Id: `${arnOf(sim, node)}/SQSDefaultPolicy`,
    ...written,
    Statement: [Statement].flat().filter((one) => typeof one === 'object' && one !== null),
  } as Policy
}

/** A policy without statements is none. */
function keep(sim: Simulation, node: number, policy: Policy): void {
  const Policy = policy.Statement.length > 0 ? JSON.stringify(policy) : ''
  sim.edit(changeFor(sim, node, { config: { Policy }, carried: {} }))
}

const arnOf = (sim: Simulation, node: number): string => queueArn(sim.world.nodes[node].name)

const LABEL = /^[A-Za-z0-9_-]{1,80}$/
const MAX_ACTIONS = 7

/** What others may be let do; the rest only the owner may. */
const ACTIONS: readonly string[] = [
  '*',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
]

const OWNERS_ACTIONS: readonly string[] = [
  'AddPermission',
  'CreateQueue',
  'DeleteQueue',
  'ListQueues',
  'ListQueueTags',
  'RemovePermission',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
]

const ONLY_THE_OWNER = 'Only the queue owner is allowed to invoke this action.'
const NO_SUCH_ACTION = 'Please refer to the appropriate WSDL for a list of valid actions.'

/** @throws Refusal */
function newStatement(sim: Simulation, node: number, input: Input): Statement {
  const label = requiredText(input, 'Label')
  if (!LABEL.test(label)) {
    const reason =
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.'
    throw new Refusal(invalidValue('Label', label, reason))
  }
  const accounts = accountsIn(input)
  const actions = requiredList(input, 'Actions')
  if (actions.length > MAX_ACTIONS) {
    throw new Refusal({
      code: 'OverLimit',
      status: 403,
      message: `${actions.length} Actions were found, maximum allowed is ${MAX_ACTIONS}.`,
    })
  }
  const foreign = actions.find((action) => !ACTIONS.includes(action))
  if (foreign !== undefined) {
    const reason = OWNERS_ACTIONS.includes(foreign) ? ONLY_THE_OWNER : NO_SUCH_ACTION
    throw new Refusal(invalidValue('ActionName', `SQS:${foreign}`, reason))
  }
  if (policyOf(sim, node).Statement.some(({ Sid }) => Sid === label)) {
    throw new Refusal(invalidValue('Label', label, 'Already exists.'))
  }
  return {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrAll(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
    Action: oneOrAll(actions.map((action) => `SQS:${action}`)),
    Resource: arnOf(sim, node),
  } as Statement
}

/** @throws Refusal */
function accountsIn(input: Input): readonly string[] {
  const accounts = textList(input, 'AWSAccountIds')
  if (accounts.length > 0 && accounts.every((account) => /^\d{12}$/.test(account))) return accounts
  const given = `[${accounts.join(', ')}]`
  throw new Refusal(invalidValue('PrincipalId', given, 'Unable to verify.'))
}

/** @throws Refusal */
function requiredList(input: Input, name: string): readonly string[] {
  const list = textList(input, name)
  if (list.length === 0) throw new Refusal(missingParameter(name))
  return list
}

const oneOrAll = (texts: readonly string[]) => (texts.length === 1 ? texts[0] : texts)
