/** Windows close: the query runs on the rows of each, and its results set out. */
import type { SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { sendResults } from './results.ts'
import { columnsOf, rowOf, tableOf, type Row } from './rows.ts'
import { problemIn, runSql } from './sql.ts'
import { count, settingsOf, stateOf, type State } from './state.ts'
import { close, isLate, regroup, rowsIn, take, type ClosedWindow } from './windows.ts'

/** Rows of results that the inspector shows. */
const RESULTS_KEPT = 100

export const NEWS_WORDS = ['(window closed)', '(the SQL failed)', '(late: dropped)'] as const
export const NEWS = { closed: 0, failed: 1, late: 2 } as const

/** @param rows in order of arrival; nothing that arrived before `readUs` is still to come */
export function takeInto(sim: Simulation, node: number, rows: readonly Row[]): void {
  const state = stateOf(sim, node)
  if (state.settings.time === 'watermark') takeByEventTime(sim, node, state, rows)
  else {
    for (const row of rows) take(state.windows, state.settings, row)
    runClosed(sim, node, state, state.readUs)
  }
}

/** As Flink does: the watermark follows the latest event time, and what it has overtaken is late. */
function takeByEventTime(sim: Simulation, node: number, state: State, rows: readonly Row[]): void {
  const { settings, windows } = state
  for (const row of rows) {
    if (isLate(windows, settings, row, state.eventWatermarkUs)) {
      count(sim, node, 'numLateRecordsDropped')
      sim.news(node, NEWS.late, -1)
      sim.mark(node, 'lost', row.message, 1)
    } else take(windows, settings, row)
    const watermarkUs = row.atUs - settings.watermarkDelayUs
    if (watermarkUs <= state.eventWatermarkUs) continue
    state.eventWatermarkUs = watermarkUs
    runClosed(sim, node, state, watermarkUs)
  }
}

function runClosed(sim: Simulation, node: number, state: State, watermarkUs: SimUs): void {
  for (const window of close(state.windows, state.settings, watermarkUs)) {
    for (const part of bySpan(state, window)) run(sim, node, part)
  }
}

/** A row of SQL's result is of one span of event time (GROUP BY STEP(event time), STEP(ROWTIME)). */
function bySpan(
  { settings: { time, type, sizeUs } }: State,
  window: ClosedWindow<Row>,
): ClosedWindow<Row>[] {
  if (time !== 'arrivalByEvent' || type !== 'tumbling') return [window]
  const spans = [...new Set(window.rows.map(({ spanUs }) => spanUs))].sort((a, b) => a - b)
  return spans.map((startUs) => ({
    key: null,
    startUs,
    endUs: startUs + sizeUs,
    rows: window.rows.filter(({ spanUs }) => spanUs === startUs),
  }))
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
  if (PLACING.every((name) => before[name] === after[name])) return
  const replace = (rows: readonly Row[]): Row[] =>
    rows.flatMap((row) => rowOf(after, state.fields, row) ?? [])
  const rows = replace(rowsIn(state.windows))
  state.ahead = replace(state.ahead)
  if (TIMING.some((name) => before[name] !== after[name])) {
    const latestUs = Math.max(...rows.map(({ atUs }) => atUs))
    state.eventWatermarkUs = latestUs - after.watermarkDelayUs
  }
  const watermarkUs = after.time === 'watermark' ? state.eventWatermarkUs : state.readUs
  Object.assign(state.windows, regroup(rows, after, watermarkUs))
}

/** What the time of a record in its windows follows from, and what its windows do. */
const TIMING = ['time', 'timeField'] as const
const PLACING = ['type', 'sizeUs', 'slideUs', 'partitionBy', ...TIMING] as const
