/** A data stream in a CloudFormation template. */
import { getAtt, ref, type CloudFormation } from '../cloudFormation.ts'

const METRICS_OF_SHARDS = 'ShardLevelMetrics'

const cloudFormation: CloudFormation = {
  arn: ({ id }) => getAtt(id, 'Arn'),
  address: ({ id }) => ({ label: 'Name', value: ref(id) }),
  actions: {
    PutRecord: ['kinesis:PutRecord', 'kinesis:PutRecords'],
    read: [
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
      'kinesis:ListStreams',
    ],
  },
  metrics: {
    namespace: 'AWS/Kinesis',
    dimensions: ({ id }) => [{ Name: 'StreamName', Value: ref(id) }],
  },
  write(stream, draft) {
    const isOnDemand = stream.config.StreamMode === 'ON_DEMAND'
    const metrics = String(stream.config[METRICS_OF_SHARDS] ?? '')
    draft.add(stream, '', {
      type: 'AWS::Kinesis::Stream',
      properties: {
        StreamModeDetails: isOnDemand ? { StreamMode: 'ON_DEMAND' } : undefined,
        ShardCount: isOnDemand ? undefined : Number(stream.config.ShardCount),
        ...stream.changed('RetentionPeriodHours', 'MaxRecordSizeInKiB'),
        DesiredShardLevelMetrics: metrics === '' ? undefined : namesIn(metrics),
      },
    })
    if (stream.changed('RecordDistributionStrategy').RecordDistributionStrategy !== undefined) {
      const text = 'Its record distribution AUTO: CloudFormation has no property for it.'
      draft.note(stream, 'toDo', text)
    }
  },
}

const ALL_METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'OutgoingBytes',
  'OutgoingRecords',
  'WriteProvisionedThroughputExceeded',
  'ReadProvisionedThroughputExceeded',
  'IteratorAgeMilliseconds',
]

/** CloudFormation's list has no ALL. */
function namesIn(text: string): readonly string[] {
  const names = text.split(/[,\s]+/).filter((name) => name !== '')
  return names.includes('ALL') ? ALL_METRICS : [...new Set(names)]
}

export default cloudFormation
