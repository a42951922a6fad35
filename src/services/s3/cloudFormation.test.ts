import { expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

const NAME = { 'Fn::Sub': 'uploads-${AWS::AccountId}-${AWS::Region}' }
const ARN = { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::uploads-${AWS::AccountId}-${AWS::Region}' }

test('a bucket that tells nobody has no name and no settings', async () => {
  const { resources } = await written(design({ nodes: { uploads: ['s3'] }, wires: [] }))
  expect(resources).toEqual({ Uploads: { type: 'AWS::S3::Bucket' } })
})

test('FACTS 2.10, 15.3: a bucket notifies queues, topics and functions that let it in first', async () => {
  const { template, resources } = await written(
    design({
      nodes: { uploads: ['s3'], q: ['sqs'], t: ['sns'], f: ['lambda'] },
      wires: [
        ['uploads', 'q', { event: 's3:ObjectCreated:Put', prefix: 'images/', suffix: '.jpg' }],
        ['uploads', 't', { prefix: 'scans/' }],
        ['uploads', 'f', { event: 's3:ObjectRemoved:*' }],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.Uploads).toEqual({
    type: 'AWS::S3::Bucket',
    BucketName: NAME,
    NotificationConfiguration: {
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:Put',
          Queue: { 'Fn::GetAtt': ['Q', 'Arn'] },
          Filter: {
            S3Key: {
              Rules: [
                { Name: 'prefix', Value: 'images/' },
                { Name: 'suffix', Value: '.jpg' },
              ],
            },
          },
        },
      ],
      TopicConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Topic: { Ref: 'T' },
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'scans/' }] } },
        },
      ],
      LambdaConfigurations: [
        { Event: 's3:ObjectRemoved:*', Function: { 'Fn::GetAtt': ['F', 'Arn'] } },
      ],
    },
    dependsOn: ['QPolicy', 'TPolicy', 'FInvokedByUploads'],
  })
  expect(resources.QPolicy.PolicyDocument).toMatchObject({
    Statement: [
      {
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Condition: {
          ArnLike: { 'aws:SourceArn': ARN },
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        },
      },
    ],
  })
  expect(resources.FInvokedByUploads).toMatchObject({
    Principal: 's3.amazonaws.com',
    SourceArn: ARN,
    SourceAccount: { Ref: 'AWS::AccountId' },
  })
})

test('names of buckets fit, and long ones stay apart', async () => {
  const long = 'a'.repeat(62)
  const nodes = { [`${long}b`]: ['s3'], [`${long}c`]: ['s3'], q: ['sqs'] } as const
  const { template } = await written(
    design({
      nodes,
      wires: [
        [`${long}b`, 'q'],
        [`${long}c`, 'q'],
      ],
    }),
  )
  const names = template.resources
    .filter(({ type }) => type === 'AWS::S3::Bucket')
    .map(({ properties }) => (properties.BucketName as { 'Fn::Sub': string })['Fn::Sub'])
  expect(new Set(names).size).toBe(2)
  for (const name of names) {
    const longest = name
      .replace('${AWS::AccountId}', '123456789012')
      .replace('${AWS::Region}', 'ap-southeast-1')
    expect(longest).toMatch(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
  }
})

test('FACTS 15.3: rules that S3 refuses together are told', async () => {
  const { notes } = await written(
    design({
      nodes: { uploads: ['s3'], q: ['sqs'], t: ['sns'] },
      wires: [
        ['uploads', 'q'],
        ['uploads', 't'],
      ],
    }),
  )
  expect(notes.join()).toContain('S3 refuses two rules')
})

test('an alarm on its requests has them counted', async () => {
  const { resources } = await written(
    design({
      nodes: { uploads: ['s3'], alarm: ['alarm'] },
      wires: [['uploads', 'alarm', { metric: 'PutRequests' }]],
    }),
  )
  expect(resources.Uploads.MetricsConfigurations).toEqual([{ Id: 'EntireBucket' }])
  expect(resources.Alarm.Dimensions).toEqual([
    { Name: 'BucketName', Value: { Ref: 'Uploads' } },
    { Name: 'FilterId', Value: 'EntireBucket' },
  ])
})
