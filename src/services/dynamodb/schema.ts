/** DynamoDB table: its key and its capacity (FACTS 15.4). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { dottedName } from '../commonSchema.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'
import { METRICS } from './metricNames.ts'

const PROVISIONED = { field: 'BillingMode', is: ['PROVISIONED'] }

const units = {
  section: 'Capacity',
  when: PROVISIONED,
  type: 'number',
  unit: 'units/s',
  min: 1,
  max: 40_000,
  step: 1,
  logarithmic: true,
  source: 'FACTS 15.4',
} as const

const fields: readonly Field[] = [
  {
    id: 'partitionKey',
    label: 'Partition key',
    help: 'The attribute that names an item.',
    section: 'Key',
    type: 'text',
    default: 'id',
    maxLength: 255,
    fixed: true,
  },
  {
    id: 'partitionKeyType',
    label: 'Type of the key',
    help: 'What the key is made of.',
    section: 'Key',
    type: 'choice',
    options: [
      { value: 'S', label: 'String' },
      { value: 'N', label: 'Number' },
      { value: 'B', label: 'Binary' },
    ],
    default: 'S',
    fixed: true,
  },
  {
    id: 'BillingMode',
    label: 'Capacity mode',
    help: 'On-demand takes what comes. Provisioned refuses more than it has units for.',
    section: 'Capacity',
    type: 'choice',
    options: [
      { value: 'PAY_PER_REQUEST', label: 'On-demand' },
      { value: 'PROVISIONED', label: 'Provisioned' },
    ],
    default: 'PAY_PER_REQUEST',
    source: 'FACTS 6.9, 15.4',
  },
  {
    ...units,
    id: 'ReadCapacityUnits',
    label: 'Read capacity units',
    help: 'One reads 4 KB a second, or 8 KB eventually consistent.',
    default: 5,
  },
  {
    ...units,
    id: 'WriteCapacityUnits',
    label: 'Write capacity units',
    help: 'One writes 1 KB a second. What is not used is kept for five minutes.',
    default: 5,
  },
  {
    id: 'shown',
    label: 'Attributes on the card',
    help: 'Beside the key, with commas between; the first three when empty.',
    section: 'Card',
    type: 'text',
    default: '',
    maxLength: 200,
  },
]

const connect = (from: ScenarioNode): Connection => ({
  ok: false,
  reason: `“${from.name}” is read and written by others; it sends nothing.`,
  instead: 'Draw the wire from a KCL application to the table.',
})

const schema: KindSchema = {
  kind: 'dynamodb',
  title: 'DynamoDB table',
  titleOf: ({ config }) => (config.partitionKey === 'leaseKey' ? 'Lease table' : 'DynamoDB table'),
  family: 'store',
  presets: [
    {
      id: 'lease-table',
      label: 'KCL lease table',
      name: 'clicks-app-leases',
      help: 'DynamoDB table in which the workers of a KCL application agree who reads what.',
      keywords: ['dynamodb', 'lease', 'kcl', 'checkpoint', 'table'],
      config: { partitionKey: 'leaseKey', shown: 'leaseOwner, leaseCounter, checkpoint' },
    },
    {
      id: 'dynamodb',
      label: 'DynamoDB table',
      name: 'processed-orders',
      help: 'Items by key, with conditional writes.',
      keywords: ['dynamodb', 'table', 'idempotency', 'conditional', 'nosql', 'item'],
      config: {},
    },
  ],
  fields,
  name: dottedName(255, 3),
  accepts: ['GetItem', 'PutItem', 'UpdateItem'],
  metrics: METRICS,
  size: { width: 270, height: 150 },
  connect,
}

export default schema
