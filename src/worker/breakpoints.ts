/**
 * Conditions that pause a run. The run is not watched while it goes on: what it left behind in its
 * records is looked through after each slice, and the run goes back to the moment that is found.
 */
import { US_PER_S } from '../base/units.ts'
import { CODE } from '../engine/calls.ts'
import { readRow } from '../engine/log.ts'
import { seriesOf } from '../engine/metrics.ts'
import { nearestNotable } from '../engine/notables.ts'
import type { Simulation } from '../engine/simulation.ts'
import { logEntry } from '../engine/views.ts'
import type { Breakpoint, BreakpointHit } from './protocol.ts'

export interface Breakpoints {
  set(breakpoints: readonly Breakpoint[]): void
  /** What happened until now is not looked at any more. */
  here(): void
  /** The first thing since the last look that one of the breakpoints waits for. */
  look(): BreakpointHit | null
}

export function createBreakpoints(sim: Simulation): Breakpoints {
  let breakpoints: readonly Breakpoint[] = []
  let sinceUs = sim.nowUs
  let sinceRow = 0

  function here(): void {
    sinceUs = sim.nowUs
    sinceRow = sim.records.log.rows
  }

  function find(breakpoint: Breakpoint, index: number): BreakpointHit | null {
    switch (breakpoint.on) {
      case 'notable': {
        const { type, node } = breakpoint
        const found = nearestNotable(
          sim.records.notables,
          sinceUs,
          'next',
          (mark) =>
            mark.type === type && (node === null || mark.node === node) && mark.atUs <= sim.nowUs,
        )
        if (!found) return null
        const detail = found.message ? `m-${found.message}` : ''
        return { index, atUs: found.atUs, detail, of: { mark: found } }
      }
      case 'error': {
        for (let row = sinceRow; row < sim.records.log.rows; row++) {
          const logged = readRow(sim.records.log, row)
          if (!logged || logged.code === CODE.ok) continue
          if (breakpoint.node !== null && sim.world.nodes[logged.to]?.id !== breakpoint.node)
            continue
          const call = logEntry(sim, row)
          if (call?.row.error) {
            const detail = `${call.row.operation}: ${call.row.error}`
            return { index, atUs: logged.atUs, detail, of: { row } }
          }
        }
        return null
      }
      case 'metric': {
        const node = sim.world.nodes.find(({ alive, id }) => alive && id === breakpoint.node)
        const metrics = node && sim.behaviours[node.index]?.metrics
        if (!node || !metrics) return null
        const history = sim.records.historyOf(node.index, metrics.length)
        const from = sinceUs / US_PER_S
        const series = seriesOf(history, metrics, from, sim.nowUs / US_PER_S, 1)
        const watched = series.find(({ name }) => name === breakpoint.metric)
        const place = watched?.values.findIndex((value) => value > breakpoint.above) ?? -1
        if (!watched || place < 0) return null
        const atUs = (watched.timesS[place] + 1) * US_PER_S
        return { index, atUs, detail: String(watched.values[place]) }
      }
    }
  }

  return {
    set(wanted) {
      breakpoints = wanted
      here()
    },
    here,
    look() {
      if (breakpoints.length === 0) return null
      const hits = breakpoints.map(find).filter((hit) => hit !== null)
      here()
      return hits.length === 0 ? null : hits.reduce((a, b) => (b.atUs < a.atUs ? b : a))
    },
  }
}
