/** A bucket in a CloudFormation template, with its notifications. */
import { hash32 } from '../../base/random.ts'
import {
  getAtt,
  ref,
  sub,
  type CloudFormation,
  type Draft,
  type Link,
  type Part,
  type Properties,
  type Value,
} from '../cloudFormation.ts'
import { resourcePolicy } from '../grants.ts'
import { BUCKET_WRITES, bucketAndObjects } from '../iam.ts'
import { physicalName } from '../physicalName.ts'
import { anyOverlap, ruleIn } from './overlap.ts'
import { WAYS } from './schema.ts'

/** Rules to parts that the template has. */
const rulesOf = (bucket: Part): readonly Link[] =>
  bucket.out.filter(({ role, other }) => role === 'notify' && other.arn !== null)

/** What AWS allows, less an account and the longest region after it. */
const MOST_NAME_CHARS = 63 - 28

/** For `sub`. Buckets are named once in the world: the account and region make the name ours. */
function nameOf(bucket: Part): string {
  const name = physicalName(bucket).toLowerCase()
  const short = name.length <= MOST_NAME_CHARS ? name : `${name.slice(0, 26)}${hashOf(name)}`
  return short + '-${AWS::AccountId}-${AWS::Region}'
}

function hashOf(text: string): string {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = hash32(hash, text.charCodeAt(at))
  return hash.toString(16).padStart(8, '0')
}

/** The member of each list that names the target, by how it is handed a notification. */
const LISTS: Readonly<Record<(typeof WAYS)[number], readonly [list: string, target: string]>> = {
  SendMessage: ['QueueConfigurations', 'Queue'],
  Publish: ['TopicConfigurations', 'Topic'],
  Invoke: ['LambdaConfigurations', 'Function'],
}

function notifications(bucket: Part, draft: Draft): Value | undefined {
  const rules = rulesOf(bucket)
  const lists: Record<string, Value[]> = {}
  for (const { config, other } of rules) {
    const way = WAYS.find((each) => other.schema.accepts.includes(each))
    if (!way) continue
    const [list, target] = LISTS[way]
    const { event, prefix, suffix } = ruleIn(config)
    const keys = [
      { Name: 'prefix', Value: prefix },
      { Name: 'suffix', Value: suffix },
    ].filter(({ Value: text }) => text !== '')
    const made: Record<string, Value> = { Event: event, [target]: other.arn! }
    if (keys.length > 0) made.Filter = { S3Key: { Rules: keys } }
    lists[list] = [...(lists[list] ?? []), made]
    draft.grant(bucket, other, way)
  }
  if (anyOverlap(rules.map(({ config }) => ruleIn(config)))) {
    draft.note(bucket, 'toDo', 'S3 refuses two rules of one event for the same keys: change one.')
  }
  return rules.length > 0 ? lists : undefined
}

/** Requests are counted only where a bucket is told to. */
const FILTER_ID = 'EntireBucket'
const isWatched = (bucket: Part): boolean => bucket.out.some(({ role }) => role === 'watch')

const cloudFormation: CloudFormation = {
  arn: ({ id }) => getAtt(id, 'Arn'),
  address: ({ id }) => ({ label: 'Name', value: ref(id) }),
  actions: { PutObject: BUCKET_WRITES, read: ['s3:DeleteObject', 's3:GetObject'] },
  resources: ({ id }) => bucketAndObjects(id),
  metrics: {
    namespace: 'AWS/S3',
    dimensions: ({ id }) => [
      { Name: 'BucketName', Value: ref(id) },
      { Name: 'FilterId', Value: FILTER_ID },
    ],
  },
  caller: (bucket) => ({
    service: 's3.amazonaws.com',
    sourceArn: sub('arn:${AWS::Partition}:s3:::' + nameOf(bucket)),
    checksAccount: true,
  }),
  write(bucket, draft) {
    const isNamed = rulesOf(bucket).length > 0
    const properties: Properties = {
      BucketName: isNamed ? sub(nameOf(bucket)) : undefined,
      MetricsConfigurations: isWatched(bucket) ? [{ Id: FILTER_ID }] : undefined,
      NotificationConfiguration: notifications(bucket, draft),
    }
    draft.add(bucket, '', {
      type: 'AWS::S3::Bucket',
      properties,
      afterGrantsOf: rulesOf(bucket).map(({ other }) => other),
      // The one case in which two resources would wait for each other.
      comment: isNamed
        ? 'It has a name since those that it notifies must let it in first, and so must know it.'
        : undefined,
    })
  },
  allow(bucket, grants, draft) {
    const document = resourcePolicy(bucket, grants, draft, () => ['s3:PutObject'])
    if (document === null) return
    draft.add(bucket, 'Policy', {
      type: 'AWS::S3::BucketPolicy',
      properties: { Bucket: ref(bucket.id), PolicyDocument: document },
    })
  },
}

export default cloudFormation
