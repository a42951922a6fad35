/** Amazon DynamoDB's API, as far as leases and idempotency tables need it (FACTS 15.4). */
import {
  blob,
  boolean,
  integer,
  list,
  map,
  needs,
  number,
  oneOf,
  refersTo,
  string,
  structure,
  takes,
  timestamp,
  type ServiceApi,
  type Shape,
} from '../../api.ts'
import { tableArn } from '../table.ts'

/** Lists and maps may hold each other; a shape is plain data, so it ends somewhere. */
const NESTED = 4

const scalar = { S: string, N: string, B: blob, BOOL: boolean, NULL: boolean }
const sets = { SS: list(), NS: list(), BS: list(blob) }
const valueOf = (depth: number): Shape =>
  depth === 0
    ? structure({ ...scalar, ...sets })
    : structure({ ...scalar, ...sets, L: list(valueOf(depth - 1)), M: map(valueOf(depth - 1)) })

const item = map(valueOf(NESTED))
const TableName = needs(refersTo('dynamodb', 'name'), 'The table.')
const Key = needs(item, 'The partition key: {"id": {"S": "a"}}.')
const expressionInput = {
  ExpressionAttributeNames: takes(map(), 'What stands for an attribute name: {"#n": "name"}.'),
  ExpressionAttributeValues: takes(item, 'Values: {":v": {"S": "a"}}.'),
}
const ConditionExpression = takes(
  string,
  'Nothing is written unless it holds: attribute_not_exists(id).',
)
const ReturnConsumedCapacity = takes(oneOf('TOTAL', 'NONE'), 'Tell the capacity units.')
const ConsumedCapacity = structure({ TableName: string, CapacityUnits: number })
const oldValues = takes(oneOf('NONE', 'ALL_OLD'), 'Tell the item as it was.')
const throughput = structure({
  ReadCapacityUnits: integer,
  WriteCapacityUnits: integer,
  NumberOfDecreasesToday: integer,
})
const definitions = list(structure({ AttributeName: string, AttributeType: oneOf('S', 'N', 'B') }))
const keySchema = list(structure({ AttributeName: string, KeyType: oneOf('HASH', 'RANGE') }))
const description = structure({
  AttributeDefinitions: definitions,
  TableName: string,
  KeySchema: keySchema,
  TableStatus: string,
  CreationDateTime: timestamp,
  ProvisionedThroughput: throughput,
  TableSizeBytes: integer,
  ItemCount: integer,
  TableArn: string,
  BillingModeSummary: structure({ BillingMode: string }),
})
const written = structure({ Attributes: item, ConsumedCapacity })

const api: ServiceApi = {
  service: 'dynamodb',
  title: 'Amazon DynamoDB',
  resource: { arn: tableArn('{name}') },
  sampleName: 'processed-orders',
  json: {
    version: '1.0',
    target: 'DynamoDB_20120810',
    errorNamespace: 'com.amazonaws.dynamodb.v20120810',
  },
  highlights: ['Scan', 'PutItem', 'GetItem', 'UpdateItem'],
  operations: [
    {
      name: 'CreateTable',
      help: 'Makes a table with a partition key.',
      onAccount: true,
      input: structure({
        TableName: needs(string, 'Letters, digits, underscores, hyphens, dots; 3 to 255.'),
        KeySchema: needs(keySchema, 'The partition key.'),
        AttributeDefinitions: needs(definitions, 'The type of the partition key.'),
        BillingMode: takes(oneOf('PROVISIONED', 'PAY_PER_REQUEST'), 'How capacity is paid for.'),
        ProvisionedThroughput: takes(throughput, 'Capacity units a second.'),
      }),
      output: structure({ TableDescription: description }),
      example:
        'aws dynamodb create-table --table-name new-table --key-schema AttributeName=id,KeyType=HASH --attribute-definitions AttributeName=id,AttributeType=S --billing-mode PAY_PER_REQUEST',
    },
    {
      name: 'DeleteItem',
      help: 'Deletes an item.',
      input: structure({
        TableName,
        Key,
        ConditionExpression,
        ...expressionInput,
        ReturnValues: oldValues,
        ReturnConsumedCapacity,
      }),
      output: written,
      example: `aws dynamodb delete-item --table-name {dynamodb} --key '{"id":{"S":"order-1"}}'`,
    },
    {
      name: 'DeleteTable',
      help: 'Deletes a table and its items.',
      input: structure({ TableName }),
      output: structure({ TableDescription: description }),
      example: 'aws dynamodb delete-table --table-name {dynamodb}',
    },
    {
      name: 'DescribeTable',
      help: 'Tells a table’s key, capacity and size.',
      input: structure({ TableName }),
      output: structure({ Table: description }),
      example: 'aws dynamodb describe-table --table-name {dynamodb}',
    },
    {
      name: 'GetItem',
      help: 'Reads one item by its key.',
      input: structure({
        TableName,
        Key,
        ConsistentRead: takes(boolean, 'Costs twice as much.'),
        ProjectionExpression: takes(string, 'Which attributes.'),
        ExpressionAttributeNames: expressionInput.ExpressionAttributeNames,
        ReturnConsumedCapacity,
      }),
      output: structure({ Item: item, ConsumedCapacity }),
      example: `aws dynamodb get-item --table-name {dynamodb} --key '{"id":{"S":"order-1"}}'`,
    },
    {
      name: 'ListTables',
      help: 'Names the tables.',
      onAccount: true,
      input: structure({
        ExclusiveStartTableName: takes(string, 'Begins after it.'),
        Limit: takes(integer, 'At most so many.'),
      }),
      output: structure({ TableNames: list(), LastEvaluatedTableName: string }),
      example: 'aws dynamodb list-tables',
    },
    {
      name: 'PutItem',
      help: 'Writes a whole item.',
      input: structure({
        TableName,
        Item: needs(item, 'Attributes by name.'),
        ConditionExpression,
        ...expressionInput,
        ReturnValues: oldValues,
        ReturnConsumedCapacity,
      }),
      output: written,
      example: `aws dynamodb put-item --table-name {dynamodb} --item '{"id":{"S":"order-1"}}' --condition-expression 'attribute_not_exists(id)'`,
    },
    {
      name: 'Scan',
      help: 'Reads all items, up to 1 MB.',
      input: structure({
        TableName,
        Limit: takes(integer, 'At most so many.'),
        ExclusiveStartKey: takes(item, 'LastEvaluatedKey of the page before.'),
        FilterExpression: takes(string, 'Which of them are told.'),
        ProjectionExpression: takes(string, 'Which attributes.'),
        ...expressionInput,
        ConsistentRead: takes(boolean, 'Costs twice as much.'),
        Select: takes(oneOf('ALL_ATTRIBUTES', 'COUNT'), 'Only how many.'),
        ReturnConsumedCapacity,
      }),
      output: structure({
        Items: list(item),
        Count: integer,
        ScannedCount: integer,
        LastEvaluatedKey: item,
        ConsumedCapacity,
      }),
      example: 'aws dynamodb scan --table-name {dynamodb}',
    },
    {
      name: 'UpdateItem',
      help: 'Changes attributes of an item, or makes it.',
      input: structure({
        TableName,
        Key,
        UpdateExpression: takes(string, 'SET a = :a, n = n + :one REMOVE b.'),
        ConditionExpression,
        ...expressionInput,
        ReturnValues: takes(
          oneOf('NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'),
          'What is told of the item.',
        ),
        ReturnConsumedCapacity,
      }),
      output: written,
      example: `aws dynamodb update-item --table-name {dynamodb} --key '{"id":{"S":"order-1"}}' --update-expression 'SET paid = :yes' --expression-attribute-values '{":yes":{"BOOL":true}}'`,
    },
  ],
}

export default api
