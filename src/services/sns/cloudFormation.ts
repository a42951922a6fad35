/** A topic in a CloudFormation template: its subscriptions, and the policy that lets others publish. */
import {
  getAtt,
  ref,
  type CloudFormation,
  type Draft,
  type Link,
  type Part,
  type Value,
} from '../cloudFormation.ts'
import { resourcePolicy } from '../grants.ts'
import { addRole, addRolePolicy } from '../iam.ts'
import { physicalName } from '../physicalName.ts'
import { plainJson } from '../plainJson.ts'
import { isFifo } from './schema.ts'

/** FACTS 4.1: others get the envelope whatever the subscription says. */
const RAW_PROTOCOLS = ['sqs', 'http', 'https', 'firehose']
const WEB_PROTOCOLS = ['http', 'https']

/** JSON of people's own; as text where CloudFormation would take a part of it for a function of its own. */
function jsonValue(text: unknown): Value | undefined {
  const json = String(text ?? '').trim()
  if (json === '') return undefined
  try {
    return plainJson(JSON.parse(json)) ?? json
  } catch {
    return undefined
  }
}

function redrivePolicy(topic: Part, { config, other }: Link, draft: Draft): Value | undefined {
  const name = String(config.deadLetterQueue ?? '')
  if (name === '') return undefined
  const queue = draft.named(name)
  if (!queue?.arn || !queue.schema.accepts.includes('SendMessage')) {
    const text = `The dead-letter queue “${name}” of its subscription to “${other.node.name}”: there is no such queue.`
    draft.note(topic, 'missing', text)
    return undefined
  }
  draft.grant(topic, queue, 'SendMessage')
  return { deadLetterTargetArn: queue.arn }
}

/** How SNS delivers to the other part. */
function subscriberOf(topic: Part, { other }: Link) {
  const subscriber = other.schema.subscribeAs?.(other.node, { isFifo: isFifo(topic.node) })
  return subscriber?.ok ? subscriber : undefined
}

interface StreamRole {
  readonly arn: Value
  readonly dependsOn: readonly string[]
}

/** Firehose streams are the only subscribers that SNS needs a role for. */
function subscriptionRole(topic: Part, links: readonly Link[], draft: Draft): StreamRole | null {
  const streams = links.filter((link) => subscriberOf(topic, link)?.protocol === 'firehose')
  if (streams.length === 0) return null
  const role = addRole(topic, draft, 'sns.amazonaws.com')
  const uses = streams.map(({ other }) => other.access('PutRecord'))
  const policy = addRolePolicy(topic, draft, role, uses)
  return { arn: getAtt(role, 'Arn'), dependsOn: policy === null ? [] : [policy] }
}

function addSubscription(topic: Part, link: Link, role: StreamRole | null, draft: Draft): void {
  const { config, other } = link
  const { protocol, operation } = subscriberOf(topic, link)!
  draft.grant(topic, other, operation)
  const streams = protocol === 'firehose' ? role : null
  const isWeb = WEB_PROTOCOLS.includes(protocol)
  const filter = jsonValue(config.FilterPolicy)
  const isOfBody = filter !== undefined && config.FilterPolicyScope === 'MessageBody'
  draft.add(topic, `To${other.id}`, {
    type: 'AWS::SNS::Subscription',
    properties: {
      TopicArn: ref(topic.id),
      Protocol: protocol,
      Endpoint: other.arn!,
      RawMessageDelivery: (config.RawMessageDelivery === true && canBeRaw(protocol)) || undefined,
      FilterPolicyScope: isOfBody ? 'MessageBody' : undefined,
      FilterPolicy: filter,
      DeliveryPolicy: isWeb ? jsonValue(config.DeliveryPolicy) : undefined,
      RedrivePolicy: redrivePolicy(topic, link, draft),
      SubscriptionRoleArn: streams?.arn,
    },
    dependsOn: streams?.dependsOn,
  })
}

const canBeRaw = (protocol: string): boolean => RAW_PROTOCOLS.includes(protocol)

const cloudFormation: CloudFormation = {
  arn: ({ id }) => ref(id),
  address: ({ id }) => ({ label: 'Arn', value: ref(id) }),
  actions: { Publish: ['sns:Publish'] },
  metrics: {
    namespace: 'AWS/SNS',
    dimensions: ({ id }) => [{ Name: 'TopicName', Value: getAtt(id, 'TopicName') }],
  },
  caller: ({ id }) => ({ service: 'sns.amazonaws.com', sourceArn: ref(id) }),
  write(topic, draft) {
    draft.add(topic, '', {
      type: 'AWS::SNS::Topic',
      properties: {
        // AWS makes the name up unless it must end in .fifo.
        TopicName: isFifo(topic.node) ? physicalName(topic, '.fifo') : undefined,
        ...topic.changed(
          'FifoTopic',
          'ContentBasedDeduplication',
          'FifoThroughputScope',
          'DisplayName',
          'SignatureVersion',
        ),
      },
    })
    for (const [field, words] of NO_PROPERTY) {
      if (topic.changed(field)[field] !== undefined) draft.note(topic, 'toDo', words)
    }
    const links = topic.out.filter(({ role }) => role === 'subscribe')
    const reachable = links.filter(({ other }) => other.arn !== null)
    for (const { other } of links.filter((link) => !reachable.includes(link))) {
      draft.note(topic, 'missing', `Its subscription of “${other.node.name}”, which is not there.`)
    }
    const role = subscriptionRole(topic, reachable, draft)
    for (const link of reachable) {
      addSubscription(topic, link, role, draft)
    }
  },
  allow(topic, grants, draft) {
    const document = resourcePolicy(topic, grants, draft)
    if (document === null) return
    draft.add(topic, 'Policy', {
      type: 'AWS::SNS::TopicPolicy',
      properties: { Topics: [ref(topic.id)], PolicyDocument: document },
    })
  },
}

/** Settings that AWS::SNS::Topic knows nothing of, and what to do instead. */
const NO_PROPERTY = [
  ['MaximumMessageSize', 'Its maximum message size: CloudFormation has no property for it.'],
  [
    'DeliveryPolicy',
    'Its delivery policy: CloudFormation has a property for it at subscriptions only.',
  ],
] as const

export default cloudFormation
