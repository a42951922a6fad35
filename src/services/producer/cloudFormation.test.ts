import { expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

const ARN = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })

test('FACTS 2.10: a program has a policy of what its wires mean, to attach to its role', async () => {
  const { template, resources, notes } = await written(
    design({
      nodes: {
        shop: ['producer'],
        orders: ['sqs'],
        other: ['sqs'],
        news: ['sns'],
        workers: ['consumer'],
        done: ['sqs'],
      },
      wires: [
        ['shop', 'orders'],
        ['shop', 'other'],
        ['shop', 'news'],
        ['orders', 'workers'],
        ['workers', 'done'],
      ],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(resources.ShopAccess).toEqual({
    type: 'AWS::IAM::ManagedPolicy',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: ARN('Orders') },
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: ARN('Other') },
        { Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: 'News' } },
      ],
    },
  })
  expect(resources.WorkersAccess.PolicyDocument).toMatchObject({
    Statement: [
      { Action: expect.arrayContaining(['sqs:ReceiveMessage']), Resource: ARN('Orders') },
      { Action: 'sqs:SendMessage', Resource: ARN('Done') },
    ],
  })
  expect(notes).toContain(
    'To fill in or do yourself: shop, workers: Attach its policy (…Access) to the role that it runs as.',
  )
})

test('FACTS 2.10: one of another account has its policy there', async () => {
  const { resources } = await written(
    design({
      nodes: { partner: ['producer', { account: '111122223333' }], orders: ['sqs'] },
      wires: [['partner', 'orders']],
    }),
  )
  expect(Object.keys(resources)).toEqual(['Orders'])
})

test('one that waits for replies may receive them', async () => {
  const { resources } = await written(
    design({
      nodes: { shop: ['producer', { awaitReply: 'request' }], asks: ['sqs'], replies: ['sqs'] },
      wires: [
        ['shop', 'asks'],
        ['replies', 'shop'],
      ],
    }),
  )
  expect(resources.ShopAccess.PolicyDocument).toMatchObject({
    Statement: [
      { Action: expect.arrayContaining(['sqs:DeleteMessage']), Resource: ARN('Replies') },
      { Action: 'sqs:SendMessage', Resource: ARN('Asks') },
    ],
  })
})
