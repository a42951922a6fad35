/** The figures of a part, as the inspector words them. */
import { formatBytes, formatCount, formatDuration } from '../../base/format.ts'
import type { KindView } from '../../canvas/view.ts'

export interface FigureRow {
  /** The digest's name of it. */
  readonly id: string
  readonly label: string
  /** The label is one that CloudWatch knows, to be written as it is. */
  readonly isMetric: boolean
  readonly value: string
}

/**
 * Those with names of CloudWatch's come first.
 * @param metrics names of the kind's metrics: a figure that is called like one of CloudWatch's is that
 *   metric; ours, which begin with a lower-case letter, are in words
 */
export function figureRows(
  figures: Readonly<Record<string, number>>,
  { figureNames = {}, figureWords = {} }: Pick<KindView, 'figureNames' | 'figureWords'>,
  metrics: readonly string[],
): FigureRow[] {
  const rows = Object.entries(figures).map(([id, value]): FigureRow => {
    const name = figureNames[id] ?? (/^[A-Z]/.test(id) && metrics.includes(id) ? id : undefined)
    return {
      id,
      label: name ?? inWords(id),
      isMetric: name !== undefined,
      value: figureWords[id]?.[value] ?? figureText(id, value),
    }
  })
  return [...rows.filter(({ isMetric }) => isMetric), ...rows.filter(({ isMetric }) => !isMetric)]
}

/** "movedOut" → "moved out"; what only tells the unit is left out. */
const inWords = (id: string): string =>
  id.replace(/(Us|PerSecond)$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function figureText(id: string, value: number): string {
  if (id.endsWith('Us')) return formatDuration(value)
  if (id.endsWith('Bytes')) return formatBytes(value)
  if (id.endsWith('PerSecond')) return `${Number(value.toFixed(value < 10 ? 2 : 0))} / s`
  return formatCount(value)
}
