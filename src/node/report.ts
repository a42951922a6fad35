/** A run's totals for people: one block a node, what is zero left out. */
import { formatClock, formatCount } from '../base/format.ts'
import type { Report } from './simulate.ts'

export function reportTable(report: Report): string {
  const names = Object.keys(report.nodes)
  const widest = Math.max(0, ...names.map((name) => name.length))
  const lines = names.flatMap((name) => {
    const { kind, totals, metrics } = report.nodes[name]
    return [
      '',
      `${name.padEnd(widest)}  ${kind}`,
      ...rows({ ...metrics, ...totals }).map((row) => `  ${row}`),
    ]
  })
  const books = report.invariants.ok
    ? ['All books add up.']
    : ['BROKEN BOOKS:', ...report.invariants.broken]
  const heading = `${report.title} (seed ${report.seed}) after ${formatClock(report.atUs)}`
  return [heading, ...lines, '', ...books, ''].join('\n')
}

function rows(figures: Readonly<Record<string, number>>): string[] {
  const shown = Object.entries(figures).filter(([, value]) => value !== 0)
  const widest = Math.max(0, ...shown.map(([name]) => name.length))
  return shown.map(([name, value]) => `${name.padEnd(widest)}  ${format(value).padStart(14)}`)
}

const format = (value: number): string =>
  Number.isInteger(value) ? formatCount(value) : value.toFixed(3)
