/** Several metrics side by side: one column of times, and one of values for each. */

export interface Series {
  readonly label: string
  /** Ascending. */
  readonly timesS: readonly number[]
  readonly values: readonly number[]
}

export interface Columns {
  readonly timesS: readonly number[]
  /** One for each series; null where it has no value at that time. */
  readonly values: readonly (readonly (number | null)[])[]
}

export function sideBySide(series: readonly Series[]): Columns {
  const timesS = [...new Set(series.flatMap((one) => one.timesS))].sort((a, b) => a - b)
  const place = new Map(timesS.map((timeS, i) => [timeS, i]))
  const values = series.map((one) => {
    const column: (number | null)[] = Array<null>(timesS.length).fill(null)
    one.timesS.forEach((timeS, i) => (column[place.get(timeS)!] = one.values[i]))
    return column
  })
  return { timesS, values }
}

/** As RFC 4180 has it: a heading, then one row for each time. */
export function toCsv(series: readonly Series[]): string {
  const { timesS, values } = sideBySide(series)
  const rows = timesS.map((timeS, i) =>
    [timeS, ...values.map((column) => column[i] ?? '')].join(','),
  )
  const heading = ['second of the run', ...series.map(({ label }) => label)].map(cell).join(',')
  return [heading, ...rows, ''].join('\r\n')
}

/** A spreadsheet would run what begins like a formula, and names may come from a stranger's link. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
