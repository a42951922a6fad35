/** CreateTopic and its kin: a new topic becomes a part of the design (FACTS 3.2). */
import type { Simulation } from '../../../engine/simulation.ts'
import { freeId, freePlace } from '../../layout.ts'
import { checkAllowed } from '../access.ts'
import { refused } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { isFifoName, nameInArn, topicArn, topicNamed } from '../names.ts'
import schema, { nameProblem } from '../schema.ts'
import { topicOf, type Topic } from '../topic.ts'
import {
  account,
  findTopic,
  listOf,
  pageOf,
  readTags,
  requiredText,
  textOf,
  textsOf,
  onTopic,
  type Input,
} from './input.ts'
import {
  defaultPolicy,
  readTopicAttributes,
  topicAttributes,
  type TopicChange,
} from './topicAttributes.ts'

export const createTopic = account('CreateTopic', (sim, input) => {
  if (input.Name === '') throw refused('Topic Name')
  const name = requiredText(input, 'Name')
  checkTags(input)
  const attributes = textsOf(input.Attributes)
  const isFifo = attributes.FifoTopic === 'true'
  if (nameProblem(name, isFifo) !== null) throw refused('Topic Name')
  const change = readTopicAttributes(attributes, isFifo, unknownAttribute)
  const present = topicNamed(sim, name)
  if (present >= 0) checkSame(sim, present, attributes, input)
  else create(sim, name, change, input)
  return { TopicArn: topicArn(name) }
})

const unknownAttribute = (name: string): string => `Attributes Reason: Unknown attribute ${name}`

function create(sim: Simulation, name: string, change: TopicChange, input: Input): void {
  const drawn = {
    id: freeId(sim, 'topic'),
    kind: schema.kind,
    name,
    ...freePlace(sim.world.scenario),
    config: change.config,
  }
  sim.edit({ nodes: { [drawn.id]: drawn }, wires: {} })
  const topic = topicOf(sim, topicNamed(sim, name))
  topic.told = change.told
  setArchive(sim, topic, change)
  topic.tags = readTags(input.Tags)
}

function setArchive(sim: Simulation, topic: Topic, { archiveDays }: TopicChange): void {
  if (archiveDays === undefined) return
  if (archiveDays === 0) topic.archive = null
  else if (topic.archive) topic.archive.retentionDays = archiveDays
  else topic.archive = { sinceUs: sim.nowUs, retentionDays: archiveDays, messages: [] }
}

/** Again is fine when what is given is what there is. @throws Refusal */
function checkSame(
  sim: Simulation,
  node: number,
  attributes: Readonly<Record<string, string>>,
  input: Input,
): void {
  const present = topicAttributes(sim, node)
  for (const [name, value] of Object.entries(attributes)) {
    if ((present[name] ?? String(sim.world.nodes[node].config[name] ?? '')) !== value) {
      throw refused('Attributes Reason: Topic already exists with different attributes')
    }
  }
  // Some of its tags are enough.
  const { tags } = topicOf(sim, node)
  for (const [key, value] of Object.entries(readTags(input.Tags))) {
    if (tags[key] !== value) {
      throw refused('Tags Reason: Topic already exists with different tags')
    }
  }
}

/** Deleting one that is not there is fine. */
export const deleteTopic = account('DeleteTopic', (sim, input) => {
  const node = findTopic(sim, input)
  if (node < 0) return
  checkAllowed(sim, node, 'DeleteTopic')
  if (topicOf(sim, node).archive) {
    throw refused('Cannot delete a topic with an ArchivePolicy. Remove the ArchivePolicy first.')
  }
  sim.removeNode(node)
})

export const listTopics = account('ListTopics', (sim, input) => {
  const names = sim.world.nodes
    .filter((node) => node.alive && node.kind === schema.kind)
    .map(({ name }) => ({ TopicArn: topicArn(name) }))
  return pageOf(names, 'Topics', input)
})

export const getTopicAttributes = onTopic('GetTopicAttributes', (sim, node) => ({
  Attributes: topicAttributes(sim, node),
}))

export const setTopicAttributes = onTopic('SetTopicAttributes', (sim, node, input) => {
  const name = requiredText(input, 'AttributeName')
  if (name === 'FifoTopic') throw refused('AttributeName')
  const value = textOf(input, 'AttributeValue')
  const isFifo = isFifoName(sim.world.nodes[node].name)
  const change = readTopicAttributes({ [name]: value }, isFifo, () => 'AttributeName')
  const topic = topicOf(sim, node)
  topic.told = { ...topic.told, ...change.told }
  setArchive(sim, topic, change)
  if (Object.keys(change.config).length > 0) editConfig(sim, node, change)
})

function editConfig(sim: Simulation, node: number, { config }: Pick<TopicChange, 'config'>): void {
  const { id } = sim.world.nodes[node]
  const drawn = sim.world.scenario.nodes.find((one) => one.id === id)!
  sim.edit({ nodes: { [id]: { ...drawn, config: { ...drawn.config, ...config } } }, wires: {} })
}

/** A topic by the ARN of a resource. @throws Refusal */
function resourceIn(sim: Simulation, input: Input): number {
  const node = topicNamed(sim, nameInArn(requiredText(input, 'ResourceArn')))
  if (node >= 0) return node
  throw new Refusal({ code: 'ResourceNotFound', status: 404, message: 'Resource does not exist' })
}

const MOST_TAGS = 50
const TOO_MANY_TAGS = {
  code: 'TagLimitExceeded',
  status: 400,
  message: 'Could not complete request: tag quota of per resource exceeded',
}

/** @throws Refusal */
function checkTags({ Tags }: Input): void {
  const keys = (Array.isArray(Tags) ? (Tags as Input[]) : []).map((tag) => String(tag.Key))
  if (new Set(keys).size < keys.length) throw refused('Duplicated keys are not allowed.')
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw refused('Tags Reason: aws: prefixed tag key names are not allowed for external use.')
  }
}

export const tagResource = account('TagResource', (sim, input) => {
  const topic = topicOf(sim, resourceIn(sim, input))
  checkTags(input)
  const tags = { ...topic.tags, ...readTags(input.Tags) }
  if (Object.keys(tags).length > MOST_TAGS) throw new Refusal(TOO_MANY_TAGS)
  topic.tags = tags
})

export const untagResource = account('UntagResource', (sim, input) => {
  const topic = topicOf(sim, resourceIn(sim, input))
  const gone = new Set(Array.isArray(input.TagKeys) ? input.TagKeys.map(String) : [])
  topic.tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !gone.has(key)))
})

export const listTagsForResource = account('ListTagsForResource', (sim, input) => ({
  Tags: Object.entries(topicOf(sim, resourceIn(sim, input)).tags).map(([Key, Value]) => ({
    Key,
    Value,
  })),
}))

interface Statement {
  readonly Sid?: string
}
interface Policy {
  readonly Statement: readonly Statement[]
}

const policyOf = (sim: Simulation, node: number): Policy =>
  JSON.parse(
    String(sim.world.nodes[node].config.Policy) || defaultPolicy(sim.world.nodes[node].name),
  ) as Policy

const keepPolicy = (sim: Simulation, node: number, policy: Policy): void =>
  editConfig(sim, node, { config: { Policy: JSON.stringify(policy) } })

/** What AddPermission can allow to others. */
const GRANTABLE = new Set([
  'GetTopicAttributes',
  'SetTopicAttributes',
  'AddPermission',
  'RemovePermission',
  'DeleteTopic',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'Publish',
  'Receive',
])

export const addPermission = onTopic('AddPermission', (sim, node, input) => {
  const label = requiredText(input, 'Label')
  const policy = policyOf(sim, node)
  if (listOf(input.ActionName).some((action) => !GRANTABLE.has(action))) {
    throw refused('Policy statement action out of service scope!')
  }
  const accounts = (input.AWSAccountId as readonly string[] | undefined) ?? []
  const actions = ((input.ActionName as readonly string[] | undefined) ?? []).map(
    (action) => `SNS:${action}`,
  )
  const principals = accounts.map((id) => `arn:aws:iam::${id}:root`)
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: principals.length === 1 ? principals[0] : principals },
    Action: actions.length === 1 ? actions[0] : actions,
    Resource: topicArn(sim.world.nodes[node].name),
  }
  const present = policy.Statement.find(({ Sid }) => Sid === label)
  if (!present) keepPolicy(sim, node, { ...policy, Statement: [...policy.Statement, statement] })
  else if (JSON.stringify(present) !== JSON.stringify(statement)) {
    throw refused('Statement already exists')
  }
})

/** One that is not there is fine. */
export const removePermission = onTopic('RemovePermission', (sim, node, input) => {
  const label = requiredText(input, 'Label')
  const policy = policyOf(sim, node)
  const Statement = policy.Statement.filter(({ Sid }) => Sid !== label)
  if (Statement.length === 0) {
    throw refused(`${label} Reason: Policy must include at least one statement`)
  }
  keepPolicy(sim, node, { ...policy, Statement })
})

export const getDataProtectionPolicy = account('GetDataProtectionPolicy', (sim, input) => ({
  DataProtectionPolicy: topicOf(sim, resourceIn(sim, input)).dataProtectionPolicy,
}))

/** Kept and told; nothing in a message is looked for or masked. */
export const putDataProtectionPolicy = account('PutDataProtectionPolicy', (sim, input) => {
  const topic = topicOf(sim, resourceIn(sim, input))
  topic.dataProtectionPolicy = requiredText(input, 'DataProtectionPolicy')
})
