import { expect, test } from 'vitest'
import { written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

const look = (config: Readonly<Record<string, unknown>>) =>
  written(design({ nodes: { clicks: ['kinesis', config] }, wires: [] }))

test('FACTS 6.5: a provisioned stream says its shards, an on-demand one only that it is', async () => {
  expect((await look({})).resources.Clicks).toEqual({ type: 'AWS::Kinesis::Stream', ShardCount: 1 })
  expect((await look({ StreamMode: 'ON_DEMAND', ShardCount: 4 })).resources.Clicks).toEqual({
    type: 'AWS::Kinesis::Stream',
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
  })
})

test('FACTS 6.7, 6.11: retention, record size and metrics of shards where they are set', async () => {
  const { resources } = await look({
    ShardCount: 3,
    RetentionPeriodHours: 168,
    MaxRecordSizeInKiB: 2048,
    ShardLevelMetrics: 'IncomingBytes, OutgoingBytes',
  })
  expect(resources.Clicks).toEqual({
    type: 'AWS::Kinesis::Stream',
    ShardCount: 3,
    RetentionPeriodHours: 168,
    MaxRecordSizeInKiB: 2048,
    DesiredShardLevelMetrics: ['IncomingBytes', 'OutgoingBytes'],
  })
  const all = await look({ ShardLevelMetrics: 'ALL' })
  expect(all.resources.Clicks.DesiredShardLevelMetrics).toHaveLength(7)
})

test('FACTS 6.1: the record distribution is left to do', async () => {
  const { notes } = await look({ StreamMode: 'ON_DEMAND', RecordDistributionStrategy: 'AUTO' })
  expect(notes).toEqual([
    'To fill in or do yourself: clicks: Its record distribution AUTO: CloudFormation has no property for it.',
  ])
})

test('FACTS 6.6: programs that read by enhanced fan-out are registered, others are not', async () => {
  const { resources, notes } = await written(
    design({
      nodes: {
        clicks: ['kinesis'],
        shared: ['reader'],
        pushed: ['reader', { readMode: 'fanOut' }],
        app: ['kcl', { readMode: 'fanOut' }],
      },
      wires: [
        ['clicks', 'shared'],
        ['clicks', 'pushed'],
        ['clicks', 'app'],
      ],
    }),
  )
  const consumer = (ConsumerName: string) => ({
    type: 'AWS::Kinesis::StreamConsumer',
    ConsumerName,
    StreamARN: { 'Fn::GetAtt': ['Clicks', 'Arn'] },
  })
  expect(Object.keys(resources)).toEqual([
    'Clicks',
    'SharedAccess',
    'PushedOnClicks',
    'PushedAccess',
    'AppOnClicks',
    'AppAccess',
  ])
  expect(resources.PushedOnClicks).toEqual(consumer('pushed'))
  expect(resources.AppOnClicks).toEqual(consumer('app'))
  const reads = {
    Effect: 'Allow',
    Action: expect.arrayContaining(['kinesis:GetRecords']),
    Resource: { 'Fn::GetAtt': ['Clicks', 'Arn'] },
  }
  expect(resources.SharedAccess.PolicyDocument).toMatchObject({ Statement: [reads] })
  expect(resources.PushedAccess.PolicyDocument).toMatchObject({
    Statement: [
      reads,
      {
        Action: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'],
        Resource: { Ref: 'PushedOnClicks' },
      },
    ],
  })
  expect(notes).toContain(
    'Runs outside CloudFormation: shared, pushed: Your own code, which reads a stream.',
  )
})
