import { expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

test('FACTS 13: a rule stores, publishes and invokes, and is let in first', async () => {
  const { template, resources, notes } = await written(
    design({
      nodes: {
        'in.example.com': ['sesreceiving'],
        mails: ['s3'],
        t: ['sns'],
        f: ['lambda'],
        a: ['alarm'],
        q: ['sqs'],
      },
      wires: [
        ['in.example.com', 'mails', { keyPrefix: 'in/' }],
        ['in.example.com', 't'],
        ['in.example.com', 'f'],
        ['q', 'a'],
        ['in.example.com', 'a'],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.InExampleComRuleSet).toEqual({ type: 'AWS::SES::ReceiptRuleSet' })
  expect(resources.InExampleCom).toEqual({
    type: 'AWS::SES::ReceiptRule',
    RuleSetName: { Ref: 'InExampleComRuleSet' },
    Rule: {
      Enabled: true,
      Recipients: ['in.example.com'],
      ScanEnabled: true,
      Actions: [
        { S3Action: { BucketName: { Ref: 'Mails' }, ObjectKeyPrefix: 'in/' } },
        { SNSAction: { TopicArn: { Ref: 'T' } } },
        { LambdaAction: { FunctionArn: { 'Fn::GetAtt': ['F', 'Arn'] } } },
      ],
    },
    dependsOn: ['MailsPolicy', 'TPolicy', 'FInvokedByInExampleCom'],
  })
  const rules =
    'arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:receipt-rule-set/${InExampleComRuleSet}:receipt-rule/*'
  expect(resources.MailsPolicy).toEqual({
    type: 'AWS::S3::BucketPolicy',
    Bucket: { Ref: 'Mails' },
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'ses.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: { 'Fn::Sub': '${Mails.Arn}/*' },
          Condition: {
            ArnLike: { 'aws:SourceArn': { 'Fn::Sub': rules } },
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          },
        },
      ],
    },
  })
  expect(notes.join()).toContain('What becomes of spam')
})
