import { expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

test('FACTS 13: a domain has an identity, a template if it uses one, and a set that tells of events', async () => {
  const { template, resources, notes } = await written(
    design({
      nodes: {
        checkout: ['producer'],
        'shop.example.com': ['ses', { content: 'Template', SubjectPart: 'Order {{order}}' }],
        feedback: ['sns'],
        lake: ['firehose'],
      },
      wires: [
        ['checkout', 'shop.example.com'],
        ['shop.example.com', 'feedback', { events: 'problems' }],
        ['shop.example.com', 'lake', { events: 'Send' }],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  const set = { Ref: 'ShopExampleComConfigurationSet' }
  expect(resources.ShopExampleCom).toEqual({
    type: 'AWS::SES::EmailIdentity',
    EmailIdentity: 'shop.example.com',
    ConfigurationSetAttributes: { ConfigurationSetName: set },
  })
  expect(resources.ShopExampleComTemplate).toMatchObject({
    Template: { SubjectPart: 'Order {{order}}' },
  })
  expect(resources.ShopExampleComEventsToFeedback).toEqual({
    type: 'AWS::SES::ConfigurationSetEventDestination',
    ConfigurationSetName: set,
    EventDestination: {
      Enabled: true,
      MatchingEventTypes: ['bounce', 'complaint', 'deliveryDelay', 'renderingFailure'],
      SnsDestination: { TopicARN: { Ref: 'Feedback' } },
    },
    dependsOn: ['FeedbackPolicy'],
  })
  expect(resources.ShopExampleComEventsToLake).toMatchObject({
    EventDestination: {
      MatchingEventTypes: ['send'],
      KinesisFirehoseDestination: {
        DeliveryStreamARN: { 'Fn::GetAtt': ['Lake', 'Arn'] },
        IAMRoleARN: { 'Fn::GetAtt': ['ShopExampleComRole', 'Arn'] },
      },
    },
    dependsOn: ['ShopExampleComRolePolicy'],
  })
  const here = 'arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:'
  expect(resources.CheckoutAccess.PolicyDocument).toMatchObject({
    Statement: [
      {
        Action: 'ses:SendEmail',
        Resource: [
          { 'Fn::Sub': `${here}identity/\${ShopExampleCom}` },
          { 'Fn::Sub': `${here}configuration-set/\${ShopExampleComConfigurationSet}` },
          { 'Fn::Sub': `${here}template/\${ShopExampleComTemplate}` },
        ],
      },
    ],
  })
  expect(notes.join()).toContain('verified by the DNS records')
})

test('FACTS 13: a domain that tells nobody has no configuration set', async () => {
  const { resources } = await written(design({ nodes: { 'shop.example.com': ['ses'] }, wires: [] }))
  expect(resources).toEqual({
    ShopExampleCom: { type: 'AWS::SES::EmailIdentity', EmailIdentity: 'shop.example.com' },
  })
})
