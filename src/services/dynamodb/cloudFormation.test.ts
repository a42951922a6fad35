import { expect, test } from 'vitest'
import { written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

test('FACTS 15.4: a table has its key, and units where it is provisioned', async () => {
  const { resources } = await written(
    design({
      nodes: {
        items: ['dynamodb', { partitionKey: 'product', partitionKeyType: 'N' }],
        fixed: ['dynamodb', { BillingMode: 'PROVISIONED', ReadCapacityUnits: 7 }],
      },
      wires: [],
    }),
  )
  expect(resources).toEqual({
    Items: {
      type: 'AWS::DynamoDB::Table',
      AttributeDefinitions: [{ AttributeName: 'product', AttributeType: 'N' }],
      KeySchema: [{ AttributeName: 'product', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
    Fixed: {
      type: 'AWS::DynamoDB::Table',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 5 },
    },
  })
})

test('FACTS 6.9: the KCL is to be told of its lease table', async () => {
  const { template, notes } = await written(
    design({
      nodes: {
        clicks: ['kinesis'],
        app: ['kcl'],
        leases: ['dynamodb', { partitionKey: 'leaseKey' }],
      },
      wires: [
        ['clicks', 'app'],
        ['app', 'leases'],
      ],
    }),
  )
  expect(notes.join()).toContain('the table “leases” as its lease table')
  expect(template.outputs.map(({ id }) => id)).toEqual(['ClicksName', 'LeasesName'])
})
