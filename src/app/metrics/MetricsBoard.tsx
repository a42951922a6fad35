import { Download, ImageDown, Plus, X } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { US_PER_S } from '../../base/units.ts'
import { inkColor } from '../../canvas/palette.ts'
import type { MetricSeries } from '../../worker/protocol.ts'
import { download } from '../download.ts'
import { MOST_CHARTED, type ChartedMetric } from '../store/chartsSlice.ts'
import { useAnswer } from '../useAnswer.ts'
import { useApp, useAppRun, useScenario } from '../useApp.ts'
import { useTheme } from '../useTheme.ts'
import { sideBySide, toCsv, type Series } from './columns.ts'
import { formatShort } from './labels.ts'
import { LineChart, type Line } from './LineChart.tsx'
import { pictureOf } from './picture.ts'
import { SPANS, SpanChoice, type Span } from './SpanChoice.tsx'
import './metrics.css'

/** So many lines are proposed before the reader has chosen any. */
const PROPOSED = 4
/** Solid first; with the hues they tell eight lines apart without colour. */
const DASHES: readonly (readonly number[])[] = [[], [6, 4], [2, 3], [9, 3, 2, 3]]

/** Metrics of any parts in one chart, with a crosshair on the moment shown. */
export default function MetricsBoard() {
  const scenario = useScenario()
  const { player } = useAppRun()
  const theme = useTheme()
  const [span, setSpan] = useState<Span>(SPANS[0])
  const [row, setRow] = useState<number | null>(null)
  const drawn = useRef<HTMLCanvasElement>(null)
  const chart = useApp((state) => state.chart)
  const chosen = useApp((state) => state.charted)
  const names = useMemo(() => new Map(scenario.nodes.map(({ id, name }) => [id, name])), [scenario])
  const series = useSeries([...names.keys()], span)
  const charted = useMemo(
    () => (chosen ?? proposed(series)).filter(({ node }) => names.has(node)),
    [chosen, series, names],
  )
  const originS = Math.floor(player.originUs() / US_PER_S)
  const shown = useMemo(
    () => charted.flatMap((metric) => seriesOf(metric, series, names, originS)),
    [charted, series, names, originS],
  )
  const columns = useMemo(() => sideBySide(shown), [shown])
  const lines: Line[] = shown.map(({ unit }, i) => ({
    unit,
    colour: inkColor(i, theme),
    dash: DASHES[i % DASHES.length],
  }))
  const valueAt = (i: number): string => {
    const column = columns.values[i]
    const value = column?.[row ?? column.length - 1] ?? column?.findLast((one) => one !== null)
    return value === null || value === undefined ? '–' : formatShort(value)
  }
  const fileName = `${scenario.title} metrics`

  return (
    <div className="board">
      <div className="board-head">
        <AddMetric series={series} names={names} charted={charted} onChange={chart} />
        <SpanChoice span={span} onChange={setSpan} />
        <span className="board-space" />
        <button
          type="button"
          className="button"
          disabled={shown.length === 0}
          onClick={() =>
            download(`${fileName}.csv`, new Blob([toCsv(shown)], { type: 'text/csv' }))
          }
        >
          <Download size={14} aria-hidden="true" /> CSV
        </button>
        <button
          type="button"
          className="button"
          disabled={shown.length === 0}
          onClick={() => {
            if (!drawn.current) return
            const legend = shown.map(({ label }, i) => ({ label, colour: lines[i].colour }))
            void pictureOf(drawn.current, legend).then((blob) => download(`${fileName}.png`, blob))
          }}
        >
          <ImageDown size={14} aria-hidden="true" /> PNG
        </button>
      </div>
      {shown.length === 0 ? (
        <p className="empty">
          {charted.length === 0
            ? 'Choose a part and a metric, and add it to the chart.'
            : 'Nothing has been measured yet.'}
        </p>
      ) : (
        <div className="board-body">
          <LineChart
            key={`${theme}/${shown.map(({ label }) => label).join('/')}`}
            columns={columns}
            lines={lines}
            nowS={() => (player.shownUs() - player.originUs()) / US_PER_S}
            onPoint={setRow}
            onDrawn={(canvas) => (drawn.current = canvas)}
          />
          <ul className="board-legend" aria-label="Metrics in the chart">
            {shown.map(({ label, unit }, i) => (
              <li key={label}>
                <LineSample line={lines[i]} />
                <span className="board-label mono">{label}</span>
                <b>{valueAt(i)}</b>
                <span className="board-unit">{unit === 'Count' ? '' : unit.toLowerCase()}</span>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`Remove ${label}`}
                  onClick={() => chart(charted.filter((_, n) => n !== i))}
                >
                  <X size={14} aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

type NodeSeries = MetricSeries & { readonly node: string }
type ShownSeries = Series & { readonly unit: string }

/** What was measured of a chosen metric, by the clock of the screen; nothing while there is nothing. */
function seriesOf(
  { node, name }: ChartedMetric,
  series: readonly NodeSeries[],
  names: ReadonlyMap<string, string>,
  originS: number,
): ShownSeries[] {
  const found = series.find((one) => one.node === node && one.name === name)
  if (!found) return []
  const timesS = found.timesS.map((timeS) => timeS - originS)
  const label = `${names.get(node)} ${name}`
  return [{ label, timesS, values: found.values, unit: found.unit }]
}

const NONE: readonly NodeSeries[] = []

function useSeries(nodes: readonly string[], { periodS, seconds }: Span): readonly NodeSeries[] {
  const { player } = useAppRun()
  const endUs = Math.ceil(player.engineUs() / US_PER_S) * US_PER_S
  const fromUs = Math.max(0, endUs - seconds * US_PER_S)
  const answer = useAnswer({ about: 'metrics', nodes, fromUs, toUs: endUs, periodS }, 1000)
  return answer?.series ?? NONE
}

/** The first metric of the first parts that have one: a queue's depth, a fleet's work. */
function proposed(series: readonly NodeSeries[]): ChartedMetric[] {
  const seen = new Set<string>()
  return series
    .filter(({ node, values }) => {
      const isFirst = !seen.has(node) && values.some((value) => value > 0)
      if (isFirst) seen.add(node)
      return isFirst
    })
    .slice(0, PROPOSED)
    .map(({ node, name }) => ({ node, name }))
}

interface AddMetricProps {
  readonly series: readonly NodeSeries[]
  readonly names: ReadonlyMap<string, string>
  readonly charted: readonly ChartedMetric[]
  readonly onChange: (metrics: readonly ChartedMetric[]) => void
}

function AddMetric({ series, names, charted, onChange }: AddMetricProps) {
  const [node, setNode] = useState('')
  const [name, setName] = useState('')
  const measured = [...names].filter(([id]) => series.some((one) => one.node === id))
  const part = measured.some(([id]) => id === node) ? node : (measured[0]?.[0] ?? '')
  const metrics = series.filter((one) => one.node === part).map((one) => one.name)
  const isCharted = (metric: string) =>
    charted.some((one) => one.node === part && one.name === metric)
  const metric = metrics.includes(name)
    ? name
    : (metrics.find((one) => !isCharted(one)) ?? metrics[0] ?? '')
  const isThere = isCharted(metric)
  const isFull = charted.length >= MOST_CHARTED
  return (
    <form
      className="board-add"
      onSubmit={(event) => {
        event.preventDefault()
        if (metric && !isThere && !isFull) onChange([...charted, { node: part, name: metric }])
      }}
    >
      <select
        className="input"
        aria-label="Part"
        value={part}
        onChange={(event) => setNode(event.target.value)}
      >
        {measured.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
      <select
        className="input board-metric"
        aria-label="Metric"
        value={metric}
        onChange={(event) => setName(event.target.value)}
      >
        {metrics.map((text) => (
          <option key={text}>{text}</option>
        ))}
      </select>
      <button
        type="submit"
        className="button"
        disabled={metric === '' || isThere || isFull}
        title={isFull ? `At most ${MOST_CHARTED} lines.` : undefined}
      >
        <Plus size={14} aria-hidden="true" /> Add
      </button>
    </form>
  )
}

function LineSample({ line }: { readonly line: Line }) {
  return (
    <svg width="22" height="8" aria-hidden="true">
      <line
        x1="0"
        x2="22"
        y1="4"
        y2="4"
        stroke={line.colour}
        strokeWidth="2"
        strokeDasharray={line.dash.join(' ')}
      />
    </svg>
  )
}
