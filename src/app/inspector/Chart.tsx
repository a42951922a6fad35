import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { formatClockOf, formatShort } from '../metrics/labels.ts'

interface ChartProps {
  /** Simulated seconds, ascending. */
  readonly times: readonly number[]
  readonly values: readonly number[]
}

const HEIGHT_PX = 84

function optionsFor(width: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const axis: uPlot.Axis = {
    stroke: colour('--text-3'),
    font: '10px Inter Variable, sans-serif',
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  }
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { show: false },
    padding: [6, 4, 0, 0],
    scales: { x: { time: false }, y: { range: (_, low, high) => [Math.min(0, low), high || 1] } },
    axes: [
      { ...axis, size: 20, values: (_, ticks) => ticks.map(formatClockOf) },
      { ...axis, size: 44, values: (_, ticks) => ticks.map(formatShort) },
    ],
    series: [
      {},
      {
        stroke: colour('--accent'),
        fill: colour('--accent-soft'),
        width: 1.5,
        points: { show: false },
      },
    ],
  }
}

/**
 * One line over time; its words are in the table beside it. uPlot takes its colours when it is made,
 * so another theme needs another `key`.
 */
export function Chart({ times, values }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)

  useEffect(() => {
    const element = place.current
    if (!element) return undefined
    const made = new uPlot(optionsFor(element.clientWidth), [[], []], element)
    plot.current = made
    const resized = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: HEIGHT_PX }),
    )
    resized.observe(element)
    return () => {
      resized.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [])

  useEffect(() => plot.current?.setData([[...times], [...values]]), [times, values])

  return <div className="chart" ref={place} aria-hidden="true" />
}
