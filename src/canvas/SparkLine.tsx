const WIDTH = 100
const HEIGHT = 30
/** Room above the highest value, so that a steady rate is a line in the card, not its edge. */
const HEADROOM = 1.3

interface SparkLineProps {
  /** Oldest first; fewer than two draw a flat line. */
  readonly values: readonly number[]
  /** A dashed line at this value: an alarm's threshold. */
  readonly limit?: number
}

/** The last seconds of a rate, as a line from 0 to its highest value. Decoration: said elsewhere. */
export function SparkLine({ values, limit }: SparkLineProps) {
  const shown = values.length < 2 ? [0, 0] : values
  const top = Math.max(...shown, limit ?? 0, 1e-9) * HEADROOM
  const heightOf = (value: number): number => HEIGHT - (Math.max(0, value) / top) * HEIGHT
  const points = shown
    .map((value, i) => {
      const x = (i / (shown.length - 1)) * WIDTH
      return `${x.toFixed(1)},${heightOf(value).toFixed(1)}`
    })
    .join(' ')
  return (
    <svg
      className="card-spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polygon points={`0,${HEIGHT} ${points} ${WIDTH},${HEIGHT}`} />
      <polyline points={points} />
      {limit !== undefined && <line x1={0} x2={WIDTH} y1={heightOf(limit)} y2={heightOf(limit)} />}
    </svg>
  )
}
