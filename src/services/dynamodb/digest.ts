/** What a table's card and its list of items show. */
import type { NodeDigest, TablePage } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { RECENT_SECONDS, recentSum, recentValues } from '../recent.ts'
import { COUNTERS } from './metricNames.ts'
import { RECENT, keySchemaOf, tableOf } from './table.ts'
import { attributeOf, textOf, type Item } from './values.ts'

/** Rows of the card, and attributes of each beside the key. */
const ROWS = 5
const ATTRIBUTES = 3
/** Characters of a value in a list. */
const SHOWN = 200

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const table = tableOf(sim, node)
  const { config, counters } = sim.world.nodes[node]
  const { name } = keySchemaOf(sim, node)
  const seconds = Math.min(RECENT_SECONDS, Math.max(1, sim.nowUs / 1_000_000))
  const rate = (series: number): number =>
    Math.round((recentSum(table.recent, sim.nowUs, series) / seconds) * 10) / 10
  const figures: Record<string, number> = {
    items: table.items.size,
    readUnitsPerSecond: rate(RECENT.read),
    writeUnitsPerSecond: rate(RECENT.written),
    refusedPerSecond: rate(RECENT.throttled),
  }
  COUNTERS.forEach((counter, index) => (figures[counter] = counters[index]))
  return {
    rows: [...table.items].slice(0, ROWS).map(([key, item]) => ({
      name: key,
      label: [key, ...others(item, name, shownIn(config))].join('\t'),
      total: 1,
      tokens: [],
    })),
    figures,
    spark: recentValues(table.recent, sim.nowUs, RECENT.written),
    advice: figures.refusedPerSecond > 0 ? [THROTTLED] : [],
  }
}

const THROTTLED =
  'Requests are refused (ProvisionedThroughputExceededException): the table has too few capacity units. Add some, or use on-demand capacity.'

const shownIn = ({ shown }: Readonly<Record<string, unknown>>): string[] =>
  String(shown)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** The attributes that the settings name, else the first few. */
function others(item: Item, key: string, shown: readonly string[]): string[] {
  const names = shown.length > 0 ? shown : Object.keys(item).filter((name) => name !== key)
  return names.slice(0, ATTRIBUTES).map((name) => textOf(attributeOf(item, name)).slice(0, SHOWN))
}

/** A page of the items, with a column for each attribute that one of them has. */
export function tablePage(sim: Simulation, node: number, offset: number, limit: number): TablePage {
  const { items } = tableOf(sim, node)
  const { name } = keySchemaOf(sim, node)
  const page = [...items.values()].slice(offset, offset + limit)
  const shown = shownIn(sim.world.nodes[node].config)
  const all = page.flatMap((item) => Object.keys(item))
  const columns = [...new Set([name, ...shown.filter((one) => all.includes(one)), ...all])]
  return {
    columns,
    rows: page.map((item) =>
      columns.map((column) => textOf(attributeOf(item, column)).slice(0, SHOWN)),
    ),
    total: items.size,
  }
}
