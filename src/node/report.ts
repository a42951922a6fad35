/** A run's totals for people: one block a node, what is zero left out. */
import { formatClock, formatCount, formatMoney } from '../base/format.ts'
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
  return [heading, ...lines, '', ...costLines(report), ...books, ''].join('\n')
}

/** Nothing where no part has a price. */
function costLines({ costs }: Report): string[] {
  if (costs.parts.length === 0) return []
  const left = costs.notCounted.length > 0 ? `; not counted: ${costs.notCounted.join(', ')}` : ''
  return [
    `At AWS's list prices ${formatMoney(costs.usd)} USD, a month like this ${formatMoney(costs.monthUsd ?? NaN)} USD${left}.`,
    '',
  ]
}

function rows(figures: Readonly<Record<string, number>>): string[] {
  const shown = Object.entries(figures).filter(([, value]) => value !== 0)
  const widest = Math.max(0, ...shown.map(([name]) => name.length))
  return shown.map(([name, value]) => `${name.padEnd(widest)}  ${format(value).padStart(14)}`)
}

const format = (value: number): string =>
  Number.isInteger(value) ? formatCount(value) : value.toFixed(3)
