/** Windows close: the query runs on the rows of each, and its results set out. */
import type { Simulation } from '../../engine/simulation.ts'
import { sendResults } from './results.ts'
import { columnsOf, tableOf, type Row } from './rows.ts'
import { problemIn, runSql } from './sql.ts'
import { count, settingsOf, stateOf } from './state.ts'
import { collect, regroup, type ClosedWindow } from './windows.ts'

/** Rows of results that the inspector shows. */
const RESULTS_KEPT = 100

export const NEWS_WORDS = ['(window closed)', '(the SQL failed)'] as const
const NEWS = { closed: 0, failed: 1 } as const

/** @param ripe rows in order of time that are before the watermark */
export function closeWindows(sim: Simulation, node: number, ripe: readonly Row[]): void {
  const { settings, watermarkUs, windows } = stateOf(sim, node)
  for (const window of collect(windows, settings, ripe, watermarkUs)) run(sim, node, window)
}

function run(sim: Simulation, node: number, window: ClosedWindow<Row>): void {
  const state = stateOf(sim, node)
  const columns = columnsOf(state.fields)
  const outcome = runSql({ sql: state.settings.sql, columns, rows: tableOf(window) })
  count(sim, node, 'windows')
  if (!outcome.ok) {
    state.problem = outcome.problem
    count(sim, node, 'failedWindows')
    sim.news(node, NEWS.failed, -1)
    return
  }
  state.problem = ''
  if (outcome.columns.join('\n') !== state.results.columns.join('\n')) {
    state.results = { columns: Object.freeze(outcome.columns), rows: [] }
  }
  const { startUs, endUs } = window
  const rows = outcome.rows.map((values) =>
    Object.freeze({ startUs, endUs, values: Object.freeze(values) }),
  )
  state.results.rows.unshift(...rows.slice(0, RESULTS_KEPT))
  state.results.rows.length = Math.min(state.results.rows.length, RESULTS_KEPT)
  sim.news(node, NEWS.closed, -1)
  sendResults(sim, node, outcome.columns, outcome.rows, window.rows)
}

/** Looks for what is wrong with the query at once, as far as it does not depend on the records. */
export function checkQuery(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  state.problem = problemIn(state.settings.sql, columnsOf(state.fields)) ?? ''
}

/** Other settings: what is in open windows goes into the new ones. */
export function reconfigure(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const before = state.settings
  const after = settingsOf(sim.world.nodes[node].config)
  state.settings = after
  if (before.sql !== after.sql) checkQuery(sim, node)
  const sameWindows =
    before.type === after.type && before.sizeUs === after.sizeUs && before.slideUs === after.slideUs
  if (sameWindows) return
  Object.assign(state.windows, regroup(state.windows, after, state.watermarkUs))
}
