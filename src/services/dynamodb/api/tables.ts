/** CreateTable, DescribeTable, DeleteTable, ListTables. A table is ACTIVE at once. */
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import { CODE, type ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { epochSeconds } from '../../aws.ts'
import { freeId, freePlace } from '../../layout.ts'
import { plainOperation, type Input } from '../../plainOperation.ts'
import { Refusal } from '../../refusal.ts'
import { NOT_FOUND, required, tableExists, tableNotFound, validation } from '../errors.ts'
import schema from '../schema.ts'
import { keySchemaOf, tableArn, tableNamed, tableOf } from '../table.ts'
import { sizeOf } from '../values.ts'

/** The node an outside call means. */
export function locate(
  sim: Simulation,
  operation: string,
  { TableName }: Input,
): number | ApiError {
  if (typeof TableName !== 'string') return required('tableName')
  const node = tableNamed(sim, TableName)
  if (node >= 0) return node
  return operation.endsWith('Table') ? tableNotFound(TableName) : NOT_FOUND
}

export const createTable: AccountOperation = {
  name: 'CreateTable',
  run(sim, input) {
    try {
      return { output: { TableDescription: create(sim, input) } }
    } catch (problem) {
      if (problem instanceof Refusal) return { error: problem.error }
      throw problem
    }
  },
}

/** @throws Refusal */
function create(sim: Simulation, input: Input): object {
  const name = String(input.TableName ?? '')
  if (!schema.name.pattern.test(name)) {
    throw new Refusal(
      validation(
        'TableName must be at least 3 characters long and at most 255 characters long, of a-z, A-Z, 0-9, _, - and .',
      ),
    )
  }
  if (tableNamed(sim, name) >= 0) throw new Refusal(tableExists(name))
  const id = freeId(sim, 'table')
  const config = { ...keyConfig(input), ...capacityConfig(input) }
  const place = freePlace(sim.world.scenario)
  sim.edit({ nodes: { [id]: { id, kind: schema.kind, name, ...place, config } }, wires: {} })
  return describe(sim, tableNamed(sim, name))
}

/** @throws Refusal */
function keyConfig({ KeySchema, AttributeDefinitions }: Input): Readonly<Record<string, string>> {
  const keys = (KeySchema ?? []) as readonly Input[]
  if (keys.length === 0) throw new Refusal(required('keySchema'))
  if (keys.length > 1 || keys[0].KeyType !== 'HASH') {
    throw new Refusal(
      validation('Tables of this simulator have a partition key (HASH) and no sort key'),
    )
  }
  const partitionKey = String(keys[0].AttributeName)
  const defined = ((AttributeDefinitions ?? []) as readonly Input[]).find(
    ({ AttributeName }) => AttributeName === partitionKey,
  )
  if (!defined) {
    throw new Refusal(
      validation(
        `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${partitionKey}], AttributeDefinitions: []`,
      ),
    )
  }
  return { partitionKey, partitionKeyType: String(defined.AttributeType) }
}

/** @throws Refusal */
function capacityConfig(input: Input): Readonly<Record<string, unknown>> {
  const BillingMode = String(input.BillingMode ?? 'PROVISIONED')
  if (BillingMode === 'PAY_PER_REQUEST') return { BillingMode }
  const { ReadCapacityUnits, WriteCapacityUnits } = (input.ProvisionedThroughput ?? {}) as Input
  if (ReadCapacityUnits === undefined || WriteCapacityUnits === undefined) {
    throw new Refusal(
      validation(
        'One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
      ),
    )
  }
  return { BillingMode, ReadCapacityUnits, WriteCapacityUnits }
}

function describe(sim: Simulation, node: number): object {
  const { name, config } = sim.world.nodes[node]
  const key = keySchemaOf(sim, node)
  const { items, createdUs } = tableOf(sim, node)
  const isProvisioned = config.BillingMode === 'PROVISIONED'
  let bytes = 0
  for (const item of items.values()) bytes += sizeOf(item)
  return {
    TableName: name,
    TableArn: tableArn(name),
    TableStatus: 'ACTIVE',
    CreationDateTime: epochSeconds(createdUs),
    AttributeDefinitions: [{ AttributeName: key.name, AttributeType: key.type }],
    KeySchema: [{ AttributeName: key.name, KeyType: 'HASH' }],
    ProvisionedThroughput: {
      NumberOfDecreasesToday: 0,
      ReadCapacityUnits: isProvisioned ? Number(config.ReadCapacityUnits) : 0,
      WriteCapacityUnits: isProvisioned ? Number(config.WriteCapacityUnits) : 0,
    },
    BillingModeSummary: { BillingMode: config.BillingMode },
    TableSizeBytes: bytes,
    ItemCount: items.size,
  }
}

export const describeTable = plainOperation({
  name: 'DescribeTable',
  output: (sim, node) => ({ Table: describe(sim, node) }),
})

export const deleteTable: Operation = {
  ...plainOperation({
    name: 'DeleteTable',
    output: (sim, node) => ({
      TableDescription: { ...describe(sim, node), TableStatus: 'DELETING' },
    }),
  }),
  run(sim, node, call) {
    sim.answer(call, CODE.ok)
    sim.removeNode(node)
  },
}

const MOST_NAMES = 100

export const listTables: AccountOperation = {
  name: 'ListTables',
  run(sim, { ExclusiveStartTableName: after = '', Limit = MOST_NAMES }) {
    const names = sim.world.nodes
      .filter(({ alive, kind, name }) => alive && kind === schema.kind && name > String(after))
      .map(({ name }) => name)
      .sort()
    const TableNames = names.slice(0, Number(Limit))
    const more = names.length > TableNames.length
    return {
      output: { TableNames, ...(more && { LastEvaluatedTableName: TableNames.at(-1) }) },
    }
  },
}
