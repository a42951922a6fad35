/** A table in a CloudFormation template. */
import { getAtt, ref, type CloudFormation } from '../cloudFormation.ts'

const cloudFormation: CloudFormation = {
  arn: ({ id }) => getAtt(id, 'Arn'),
  address: ({ id }) => ({ label: 'Name', value: ref(id) }),
  actions: {
    GetItem: ['dynamodb:GetItem'],
    PutItem: ['dynamodb:PutItem'],
    UpdateItem: ['dynamodb:UpdateItem'],
  },
  metrics: {
    namespace: 'AWS/DynamoDB',
    dimensions: ({ id }) => [{ Name: 'TableName', Value: ref(id) }],
  },
  write(table, draft) {
    const { partitionKey, partitionKeyType, BillingMode, ReadCapacityUnits, WriteCapacityUnits } =
      table.config
    const name = String(partitionKey)
    const isProvisioned = BillingMode === 'PROVISIONED'
    draft.add(table, '', {
      type: 'AWS::DynamoDB::Table',
      properties: {
        AttributeDefinitions: [{ AttributeName: name, AttributeType: String(partitionKeyType) }],
        KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
        // Without it a table is provisioned, and has to have units.
        BillingMode: isProvisioned ? undefined : 'PAY_PER_REQUEST',
        ProvisionedThroughput: isProvisioned
          ? {
              ReadCapacityUnits: Number(ReadCapacityUnits),
              WriteCapacityUnits: Number(WriteCapacityUnits),
            }
          : undefined,
      },
    })
  },
}

export default cloudFormation
