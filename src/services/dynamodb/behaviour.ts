/** A DynamoDB table in the engine: items by key, conditional writes, capacity units (FACTS 15.4). */
import { because } from './because.ts'
import type { Behaviour } from '../../engine/behaviour.ts'
import { ACCOUNT_OPERATIONS, OPERATIONS } from './api/operations.ts'
import { locate } from './api/tables.ts'
import { createMeter } from './capacity.ts'
import { digestOf, tablePage } from './digest.ts'
import { ERRORS, NOT_FOUND } from './errors.ts'
import { COUNTERS, METRICS } from './metricNames.ts'
import { createTable, tableOf } from './table.ts'

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: ERRORS,
  gone: NOT_FOUND,
  operations: OPERATIONS,
  accountOperations: ACCOUNT_OPERATIONS,
  news: [],
  because,
  cloudWatch: { namespace: 'AWS/DynamoDB', dimension: 'TableName' },
  metrics: METRICS,
  actions: {},

  create: createTable,
  configured(sim, node) {
    const { config } = sim.world.nodes[node]
    const { reads, writes } = tableOf(sim, node)
    // What was saved or owed belonged to other units.
    Object.assign(reads, createMeter(Number(config.ReadCapacityUnits), sim.nowUs))
    Object.assign(writes, createMeter(Number(config.WriteCapacityUnits), sim.nowUs))
  },
  event() {
    // Nothing happens to a table by itself.
  },

  locate,
  subject: ({ TableName }) => String(TableName ?? ''),
  digest: digestOf,
  table: tablePage,
  broken(sim, node) {
    const { counters } = sim.world.nodes[node]
    const added = counters[COUNTERS.indexOf('itemsAdded')]
    const deleted = counters[COUNTERS.indexOf('itemsDeleted')]
    const here = tableOf(sim, node).items.size
    if (added === deleted + here) return null
    return `added ${added}, but deleted + here is ${deleted + here}`
  },
}

export default behaviour
