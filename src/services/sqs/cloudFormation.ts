/** A queue in a CloudFormation template, with its redrive policies and the policy that lets others send. */
import {
  arnHere,
  getAtt,
  ref,
  verbatim,
  type CloudFormation,
  type Draft,
  type Part,
  type Value,
} from '../cloudFormation.ts'
import { resourcePolicy } from '../grants.ts'
import { physicalName } from '../physicalName.ts'
import { redriveSources } from './schema.ts'

const isFifo = ({ config }: Part): boolean => config.FifoQueue === true
const nameOf = (queue: Part): string => physicalName(queue, isFifo(queue) ? '.fifo' : '')

/** The queue's dead-letter queue. */
const redriveOf = (queue: Part) => queue.out.find(({ role }) => role === 'redrive')

/** Its dead-letter queue's dead-letter queue, and so on, is itself in the end. */
function isInRing(queue: Part): boolean {
  const passed = new Set<Part>()
  for (
    let next = redriveOf(queue)?.other;
    next && !passed.has(next);
    next = redriveOf(next)?.other
  ) {
    if (next === queue) return true
    passed.add(next)
  }
  return false
}

function redrivePolicy(queue: Part, draft: Draft): Value | undefined {
  const redrive = redriveOf(queue)
  if (!redrive) return undefined
  if (isInRing(queue)) {
    draft.note(
      queue,
      'toDo',
      `Its redrive policy to “${redrive.other.node.name}”: dead-letter queues in a ring wait for each other, so set it when all are there.`,
    )
    return undefined
  }
  return {
    deadLetterTargetArn: redrive.other.arn!,
    maxReceiveCount: Number(redrive.config.maxReceiveCount),
  }
}

function redriveAllowPolicy({ config }: Part, draft: Draft): Value | undefined {
  if (config.redriveAllow === 'denyAll') return { redrivePermission: 'denyAll' }
  if (config.redriveAllow !== 'byQueue') return undefined
  const sources = redriveSources(config.redriveAllowSources).map((name) => {
    const source = draft.named(name)
    // By name: the sources wait for this queue, so it must not wait for them.
    return arnHere('sqs', source?.schema.kind === 'sqs' ? nameOf(source) : verbatim(name))
  })
  return { redrivePermission: 'byQueue', sourceQueueArns: sources }
}

/** Its dead-letter queue's redrive allow policy names it, before it is there. */
const isNamedByOthers = (queue: Part): boolean =>
  redriveOf(queue)?.other.config.redriveAllow === 'byQueue'

const cloudFormation: CloudFormation = {
  arn: ({ id }) => getAtt(id, 'Arn'),
  address: ({ id }) => ({ label: 'Url', value: ref(id) }),
  actions: {
    SendMessage: ['sqs:SendMessage'],
    poll: [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueAttributes',
    ],
  },
  metrics: {
    namespace: 'AWS/SQS',
    dimensions: ({ id }) => [{ Name: 'QueueName', Value: getAtt(id, 'QueueName') }],
  },
  write(queue, draft) {
    // AWS makes the name up unless it must be known: FIFO queues' end in .fifo.
    const isNamed = isFifo(queue) || isNamedByOthers(queue)
    draft.add(queue, '', {
      type: 'AWS::SQS::Queue',
      properties: {
        QueueName: isNamed ? nameOf(queue) : undefined,
        ...queue.changed(
          'FifoQueue',
          'ContentBasedDeduplication',
          'DeduplicationScope',
          'FifoThroughputLimit',
          'VisibilityTimeout',
          'DelaySeconds',
          'MessageRetentionPeriod',
          'ReceiveMessageWaitTimeSeconds',
          'MaximumMessageSize',
        ),
        RedrivePolicy: redrivePolicy(queue, draft),
        RedriveAllowPolicy: redriveAllowPolicy(queue, draft),
      },
    })
  },
  allow(queue, grants, draft) {
    const document = resourcePolicy(queue, grants, draft)
    if (document === null) return
    draft.add(queue, 'Policy', {
      type: 'AWS::SQS::QueuePolicy',
      properties: { Queues: [ref(queue.id)], PolicyDocument: document },
    })
  },
}

export default cloudFormation
