/** A table's state: its items by their key, in the order in which they came. */
import type { SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { arn } from '../aws.ts'
import { Refusal } from '../refusal.ts'
import { createRecent, type Recent } from '../recent.ts'
import { createMeter, type Meter } from './capacity.ts'
import { validation } from './errors.ts'
import { COUNTERS, type Counter } from './metricNames.ts'
import { attributeOf, textOf, typeOf, type AttributeValue, type Item } from './values.ts'

export interface Table {
  /** By the key's text. */
  readonly items: Map<string, Item>
  readonly createdUs: SimUs
  readonly reads: Meter
  readonly writes: Meter
  /** Units read and written, and requests refused, over the last seconds. */
  readonly recent: Recent
}

export const RECENT = { read: 0, written: 1, throttled: 2 } as const

export const tableOf = (sim: Simulation, node: number): Table =>
  sim.world.nodes[node].state as Table

export function createTable(sim: Simulation, node: number): Table {
  const { config } = sim.world.nodes[node]
  return {
    items: new Map(),
    createdUs: sim.nowUs,
    reads: createMeter(Number(config.ReadCapacityUnits), sim.nowUs),
    writes: createMeter(Number(config.WriteCapacityUnits), sim.nowUs),
    recent: createRecent(3),
  }
}

export function count(sim: Simulation, node: number, counter: Counter, amount = 1): void {
  sim.world.nodes[node].counters[COUNTERS.indexOf(counter)] += amount
}

export const tableArn = (name: string): string => arn('dynamodb', `table/${name}`)

/** Index of the living table with this name or ARN, or -1. */
export function tableNamed(sim: Simulation, given: string): number {
  const name = given.slice(given.lastIndexOf('/') + 1)
  return sim.world.nodes.findIndex(
    (node) => node.alive && node.kind === 'dynamodb' && node.name === name,
  )
}

export interface KeySchema {
  readonly name: string
  /** 'S', 'N' or 'B'. */
  readonly type: string
}

export const keySchemaOf = (sim: Simulation, node: number): KeySchema => {
  const { config } = sim.world.nodes[node]
  return { name: String(config.partitionKey), type: String(config.partitionKeyType) }
}

/** The text that an item stands under. @throws Refusal for a key that is not the table's */
export function keyIn({ name, type }: KeySchema, key: Item): string {
  const value = attributeOf(key, name)
  if (Object.keys(key).length !== 1 || !value || typeOf(value) !== type) {
    throw new Refusal(validation('The provided key element does not match the schema'))
  }
  return keyText(value, name)
}

/** Of a whole item. @throws Refusal */
export function keyOfItem({ name, type }: KeySchema, item: Item): string {
  const value = attributeOf(item, name)
  if (!value) {
    throw new Refusal(
      validation(`One or more parameter values were invalid: Missing the key ${name} in the item`),
    )
  }
  if (typeOf(value) !== type) {
    throw new Refusal(
      validation(
        `One or more parameter values were invalid: Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`,
      ),
    )
  }
  return keyText(value, name)
}

function keyText(value: AttributeValue, name: string): string {
  const text = textOf(value)
  if (text === '') {
    throw new Refusal(
      validation(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
      ),
    )
  }
  return typeOf(value) === 'N' ? String(Number(text)) : text
}
