import { useState } from 'react'
import { US_PER_S } from '../../base/units.ts'
import type { MeasuredParts, MetricSeries } from '../../worker/protocol.ts'
import { useAnswer } from '../useAnswer.ts'
import { useAppRun } from '../useApp.ts'
import { useTheme } from '../useTheme.ts'
import { Chart } from './Chart.tsx'
import { SPANS, SpanChoice, type Span } from '../metrics/SpanChoice.tsx'

/** CloudWatch's metrics of a part, drawn by uPlot, each also as a table for screen readers. */
export default function MetricsTab({ node }: { readonly node: string }) {
  const { player } = useAppRun()
  const theme = useTheme()
  const [span, setSpan] = useState<Span>(SPANS[0])
  const measured = useAnswer({ about: 'measuredParts', node }, 1000)?.parts
  const [chosen, setChosen] = useState<number | null>(null)
  const part = measured?.parts.find((one) => one.part === chosen)?.part
  const endUs = Math.ceil(player.engineUs() / US_PER_S) * US_PER_S
  const answer = useAnswer(
    {
      about: 'metrics',
      nodes: [node],
      ...(part !== undefined && { part }),
      fromUs: Math.max(0, endUs - span.seconds * US_PER_S),
      toUs: endUs,
      periodS: span.periodS,
    },
    1000,
  )
  const originS = Math.floor(player.originUs() / US_PER_S)
  const series = (answer?.series ?? [])
    .filter(({ values }) => values.length > 0)
    .map((metric) => ({ ...metric, timesS: metric.timesS.map((timeS) => timeS - originS) }))
  return (
    <div className="metrics">
      <SpanChoice span={span} onChange={setSpan} />
      <p className="field-help">
        {span.periodS === 1
          ? 'Seconds, finer than CloudWatch shows.'
          : 'Minutes, as in CloudWatch; the first after a minute has passed.'}
      </p>
      {measured && <PartChoice measured={measured} part={part} onChange={setChosen} />}
      {series.length === 0 && <p className="empty">Nothing has been measured yet.</p>}
      {series.map((metric) => (
        <Metric key={`${metric.name}/${metric.statistic}`} metric={metric} theme={theme} />
      ))}
    </div>
  )
}

interface PartChoiceProps {
  readonly measured: MeasuredParts
  readonly part: number | undefined
  readonly onChange: (part: number | null) => void
}

/** The whole, or one of the parts that are measured by themselves. */
function PartChoice({ measured, part, onChange }: PartChoiceProps) {
  const { dimension, howTo, parts } = measured
  if (parts.length === 0) return <p className="field-help">{howTo}</p>
  return (
    <label className="metric-part">
      {dimension}
      <select
        className="input"
        value={part ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
      >
        <option value="">All together</option>
        {parts.map((one) => (
          <option key={one.part} value={one.part}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  )
}

interface MetricProps {
  readonly metric: MetricSeries
  readonly theme: 'light' | 'dark'
}

/** So many rows the table for screen readers has: the newest ones. */
const TABLE_ROWS = 10

function Metric({ metric, theme }: MetricProps) {
  const { name, statistic, unit, timesS, values } = metric
  const from = Math.max(0, values.length - TABLE_ROWS)
  return (
    <figure className="metric">
      <figcaption>
        <span className="mono">{name}</span>
        <span className="metric-unit">
          {statistic.toLowerCase()}
          {unit === 'Count' ? '' : `, ${unit.toLowerCase()}`}
        </span>
      </figcaption>
      <Chart key={theme} times={timesS} values={values} />
      <table className="visually-hidden">
        <caption>
          {name}, {statistic}, newest {values.length - from} values
        </caption>
        <thead>
          <tr>
            <th scope="col">Second of the run</th>
            <th scope="col">{unit}</th>
          </tr>
        </thead>
        <tbody>
          {values.slice(from).map((value, i) => (
            <tr key={timesS[from + i]}>
              <td>{timesS[from + i]}</td>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
