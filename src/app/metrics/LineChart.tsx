import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { formatShort, formatClockOf } from './labels.ts'
import type { Columns } from './columns.ts'

export interface Line {
  readonly colour: string
  /** Dashes in pixels, so that lines differ by more than colour. */
  readonly dash: readonly number[]
  /** Lines of one unit share an axis. */
  readonly unit: string
}

interface LineChartProps {
  readonly columns: Columns
  readonly lines: readonly Line[]
  /** The present moment, in seconds: the crosshair stands there while nobody points elsewhere. */
  readonly nowS: () => number
  /** Which row of the columns the crosshair is on. */
  readonly onPoint: (row: number | null) => void
  /** The drawn chart, for a picture of it. */
  readonly onDrawn: (canvas: HTMLCanvasElement) => void
}

/** Left and right; further units share the right one's place without figures. */
const AXES = 2

/** Whole seconds, minutes and hours. */
const STEPS_S = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400]

function optionsFor(element: HTMLElement, props: LineChartProps): uPlot.Options {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const axis: uPlot.Axis = {
    stroke: colour('--text-3'),
    font: '11px Inter Variable, sans-serif',
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  }
  const units = [...new Set(props.lines.map(({ unit }) => unit))]
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    padding: [10, 10, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: Object.fromEntries([
      ['x', { time: false }],
      ...units.map((unit) => [
        unit,
        { range: (_: uPlot, low: number, high: number) => [Math.min(0, low), high || 1] },
      ]),
    ]) as uPlot.Scales,
    axes: [
      { ...axis, size: 24, incrs: STEPS_S, values: (_, ticks) => ticks.map(formatClockOf) },
      ...units.slice(0, AXES).map((unit, i): uPlot.Axis => ({
        ...axis,
        scale: unit,
        side: i === 0 ? 3 : 1,
        size: 52,
        grid: i === 0 ? axis.grid : { show: false },
        values: (_, ticks) => ticks.map(formatShort),
      })),
    ],
    series: [
      {},
      ...props.lines.map(({ colour: stroke, dash, unit }): uPlot.Series => ({
        stroke,
        dash: [...dash],
        scale: unit,
        width: 1.8,
        points: { show: false },
        spanGaps: true,
      })),
    ],
    hooks: { setCursor: [(plot) => props.onPoint(plot.cursor.idx ?? null)] },
  }
}

/**
 * Lines over simulated time with a crosshair. Its words are in the list beside it. Other lines or
 * colours need another `key`, since uPlot takes them when it is made.
 */
export function LineChart(props: LineChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    const element = place.current
    if (!element) return undefined
    const made = new uPlot(
      optionsFor(element, {
        ...latest.current,
        onPoint: (row) => latest.current.onPoint(row),
      }),
      [[], ...latest.current.lines.map(() => [])],
      element,
    )
    plot.current = made
    latest.current.onDrawn(made.ctx.canvas)
    const resized = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    resized.observe(element)
    let handle = requestAnimationFrame(function followClock() {
      handle = requestAnimationFrame(followClock)
      if (element.matches(':hover')) return
      const left = made.valToPos(latest.current.nowS(), 'x')
      const width = made.bbox.width / devicePixelRatio
      if (Number.isFinite(left)) made.setCursor({ left: Math.min(left, width), top: 0 })
    })
    return () => {
      cancelAnimationFrame(handle)
      resized.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [])

  const { timesS, values } = props.columns
  useEffect(
    () => plot.current?.setData([[...timesS], ...values.map((column) => [...column])]),
    [timesS, values],
  )

  return <div className="line-chart" ref={place} aria-hidden="true" />
}
