/** A table: items by key, conditional writes, capacity, and what its card and its list show. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { totalsOf } from '../../engine/totals.ts'
import type { Config } from '../../scenario/scenario.ts'
import { design, simulate } from '../lab.ts'
import behaviour from './behaviour.ts'

const S = 1_000_000

function bed(config: Config = {}) {
  const sim = simulate(design({ nodes: { orders: ['dynamodb', config] }, wires: [] }))
  const ask = (operation: string, input: Config = {}) => {
    const { output, error } = sim.callFromOutside('dynamodb', operation, {
      TableName: 'orders',
      ...input,
    })
    return { output: output as Record<string, unknown>, error: error && { ...error } }
  }
  const put = (id: string, more: Config = {}, input: Config = {}) =>
    ask('PutItem', { Item: { id: { S: id }, ...more }, ...input })
  return { sim, ask, put, broken: () => totalsOf(sim).invariants.broken }
}

const Key = { id: { S: 'a' } }

test('FACTS 15.4: attribute_not_exists(id) lets an item be put once', () => {
  const { put, ask, broken } = bed()
  const once = { ConditionExpression: 'attribute_not_exists(id)' }
  expect(put('a', { n: { N: '1' } }, once).error).toBeUndefined()
  expect(put('a', { n: { N: '2' } }, once).error).toMatchObject({
    code: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
  })
  expect(ask('GetItem', { Key }).output).toEqual({ Item: { id: { S: 'a' }, n: { N: '1' } } })
  expect(broken()).toEqual([])
})

test('FACTS 15.4: of two who saw the same leaseCounter one writes, the other has lost', () => {
  const { put, ask } = bed()
  put('a', { leaseOwner: { S: 'w1' }, leaseCounter: { N: '7' } })
  const take = (owner: string) =>
    ask('UpdateItem', {
      Key,
      UpdateExpression: 'SET leaseOwner = :new, leaseCounter = leaseCounter + :one',
      ConditionExpression: 'leaseCounter = :seen AND leaseOwner = :old',
      ExpressionAttributeValues: {
        ':new': { S: owner },
        ':old': { S: 'w1' },
        ':seen': { N: '7' },
        ':one': { N: '1' },
      },
      ReturnValues: 'ALL_NEW',
    })
  expect(take('w2').output.Attributes).toMatchObject({
    leaseOwner: { S: 'w2' },
    leaseCounter: { N: '8' },
  })
  expect(take('w3').error?.code).toBe('ConditionalCheckFailedException')
})

test('FACTS 15.4: provisioned capacity refuses what is beyond it; what was saved is used first', () => {
  const { put, sim } = bed({ BillingMode: 'PROVISIONED', WriteCapacityUnits: 5 })
  const refusedOf = (puts: number) =>
    Array.from({ length: puts }, (_, n) => put(`${sim.nowUs}-${n}`).error).filter(
      (error) => error?.code === 'ProvisionedThroughputExceededException',
    ).length
  expect(refusedOf(20)).toBe(15)
  sim.advance(2 * S)
  expect(refusedOf(20)).toBe(10)
  sim.advance(1_000 * S)
  expect(refusedOf(1_600)).toBe(100)
  const { metrics, totals } = totalsOf(sim).nodes.orders
  expect(totals.ThrottledRequests).toBe(125)
  expect(metrics.ConsumedWriteCapacityUnits).toBe(1_515)
})

test('FACTS 15.4: on-demand takes what comes', () => {
  const { put } = bed()
  const errors = Array.from({ length: 2_000 }, (_, n) => put(`o-${n}`).error)
  expect(errors.every((error) => error === undefined)).toBe(true)
})

test('FACTS 15.4: a write costs a unit for each KB, a read one for each 4 KB, half of it if eventually consistent; a failed condition costs too', () => {
  const { put, ask, sim } = bed()
  const told = { ReturnConsumedCapacity: 'TOTAL' }
  const units = (answer: { output: Record<string, unknown> }) =>
    (answer.output.ConsumedCapacity as { CapacityUnits: number }).CapacityUnits
  expect(units(put('a', { words: { S: 'x'.repeat(5_000) } }, told))).toBe(5)
  expect(units(ask('GetItem', { Key, ConsistentRead: true, ...told }))).toBe(2)
  expect(units(ask('GetItem', { Key, ...told }))).toBe(1)
  put('a', {}, { ConditionExpression: 'attribute_not_exists(id)' })
  expect(totalsOf(sim).nodes.orders.totals).toMatchObject({
    ConsumedWriteCapacityUnits: 10,
    ConditionalCheckFailedRequests: 1,
  })
})

test('scan pages and filters; keys are told as they are', () => {
  const { put, ask } = bed()
  for (let n = 0; n < 7; n++) put(`o-${n}`, { n: { N: String(n) } })
  const first = ask('Scan', { Limit: 4 }).output
  expect(first).toMatchObject({ Count: 4, LastEvaluatedKey: { id: { S: 'o-3' } } })
  const rest = ask('Scan', { ExclusiveStartKey: first.LastEvaluatedKey }).output
  expect(rest.Count).toBe(3)
  expect(rest).not.toHaveProperty('LastEvaluatedKey')
  const large = ask('Scan', {
    FilterExpression: '#n >= :least',
    ExpressionAttributeNames: { '#n': 'n' },
    ExpressionAttributeValues: { ':least': { N: '5' } },
  }).output
  expect(large).toMatchObject({ Count: 2, ScannedCount: 7 })
})

describe('expressions', () => {
  const item = { a: { S: 'x' }, n: { N: '10' } }
  test.each([
    ['a = :x', true],
    ['NOT a = :x', false],
    ['n > :nine AND attribute_exists(a)', true],
    ['n < :nine OR (attribute_not_exists(b) AND begins_with(a, :x))', true],
    ['b = :x', false],
    ['b <> :x', false],
    ['attribute_exists(toString)', false],
    ['constructor = :x', false],
  ])('%s is %s', (condition, holds) => {
    const { put } = bed()
    put('a', item)
    const used = (name: string) => condition.includes(name)
    const values = Object.entries({ ':x': { S: 'x' }, ':nine': { N: '9' } })
    const { error } = put('a', item, {
      ConditionExpression: condition,
      ExpressionAttributeValues: Object.fromEntries(values.filter(([name]) => used(name))),
    })
    expect(error === undefined).toBe(holds)
  })

  test.each([
    ['SET n = n + :one', { a: { S: 'x' }, n: { N: '11' } }],
    ['SET b = if_not_exists(b, :one), n = :one', { a: { S: 'x' }, n: { N: '1' }, b: { N: '1' } }],
    ['REMOVE a SET n = :one', { n: { N: '1' } }],
    ['ADD made :one', { ...item, made: { N: '1' } }],
  ])('%s', (UpdateExpression, after) => {
    const { put, ask } = bed()
    put('a', item)
    const values = UpdateExpression.includes(':one')
      ? { ExpressionAttributeValues: { ':one': { N: '1' } } }
      : {}
    const { output } = ask('UpdateItem', {
      Key,
      UpdateExpression,
      ...values,
      ReturnValues: 'ALL_NEW',
    })
    expect(output.Attributes).toEqual({ id: { S: 'a' }, ...after })
  })

  test.each([
    [{ ConditionExpression: 'a =' }, 'Invalid ConditionExpression: Syntax error; token: "<EOF>"'],
    [{ ConditionExpression: 'size(a) = a' }, 'Invalid function name; function: size'],
    [{ ConditionExpression: 'a = :no' }, 'value used in expression is not defined'],
    [{ ConditionExpression: '#no = a' }, 'name used in the document path is not defined'],
    [{ ExpressionAttributeValues: { ':x': { S: '' } } }, 'unused in expressions: keys: {:x}'],
    [{ ConditionExpression: 'NOT '.repeat(500) + 'a = a' }, 'nested too deep'],
    [{ Item: { id: { N: '1' } } }, 'Type mismatch for key id expected: S actual: N'],
    [{ Item: { no: { S: '1' } } }, 'Missing the key id in the item'],
    [{ Item: { id: { S: '1' }, n: { N: 'one' } } }, 'cannot be converted to a numeric value'],
    [{ Item: { id: { S: '1', N: '1' } } }, 'more than one datatypes set'],
  ])('what is wrong is told: %o', (input, words) => {
    const { put, broken } = bed()
    const { error } = put('a', {}, input)
    expect(error).toMatchObject({ code: 'ValidationException' })
    expect(error?.message).toContain(words)
    expect(broken()).toEqual([])
  })

  test('any text is read or refused, and never throws', () => {
    const { put, broken } = bed()
    const word = fc.constantFrom('a', 'AND', 'OR', 'NOT', '(', ')', '=', '<', ':v', '#n', ',', ' ')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (text) => {
          const { error } = put('a', {}, { ConditionExpression: text })
          expect(['ValidationException', 'ConditionalCheckFailedException', undefined]).toContain(
            error?.code,
          )
        },
      ),
    )
    expect(broken()).toEqual([])
  })
})

test('tables are made, described, listed and deleted', () => {
  const { ask, sim } = bed()
  const table = {
    TableName: 'leases',
    KeySchema: [{ AttributeName: 'leaseKey', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'leaseKey', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  }
  expect(ask('CreateTable', table).output.TableDescription).toMatchObject({
    TableName: 'leases',
    TableStatus: 'ACTIVE',
  })
  expect(ask('CreateTable', table).error?.code).toBe('ResourceInUseException')
  expect(ask('ListTables').output.TableNames).toEqual(['leases', 'orders'])
  expect(ask('PutItem', { TableName: 'leases', Item: { leaseKey: { S: 's' } } }).error).toBe(
    undefined,
  )
  expect(ask('DescribeTable', { TableName: 'leases' }).output.Table).toMatchObject({ ItemCount: 1 })
  ask('DeleteTable', { TableName: 'leases' })
  expect(ask('DescribeTable', { TableName: 'leases' }).error?.message).toBe(
    'Requested resource not found: Table: leases not found',
  )
  expect(ask('GetItem', { TableName: 'leases', Key }).error?.code).toBe('ResourceNotFoundException')
  expect(totalsOf(sim).invariants.broken).toEqual([])
})

test('the card has the first items, the list all of them with a column for each attribute', () => {
  const { put, sim } = bed()
  put('a', { owner: { S: 'w' } })
  put('b', { n: { N: '3' } })
  const { rows, figures } = behaviour.digest(sim, 0)
  expect(rows.map(({ label }) => label)).toEqual(['a\tw', 'b\t3'])
  expect(figures.items).toBe(2)
  expect(behaviour.table!(sim, 0, 0, 10)).toEqual({
    columns: ['id', 'owner', 'n'],
    rows: [
      ['a', 'w', ''],
      ['b', '', '3'],
    ],
    total: 2,
  })
})

test('the settings say which attributes the card has, and the list has first', () => {
  const { put, sim } = bed({ shown: 'owner, n' })
  put('a', { first: { S: '1' }, n: { N: '3' }, owner: { S: 'w' } })
  expect(behaviour.digest(sim, 0).rows[0].label).toBe('a\tw\t3')
  expect(behaviour.table!(sim, 0, 0, 10).columns).toEqual(['id', 'owner', 'n', 'first'])
})
