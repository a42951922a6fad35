/** Figures on axes and in the list of a chart. */
import { formatCount } from '../../base/format.ts'

/** Seconds as "12:05". */
export const formatClockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, '0')}`

/** At most a few characters: "1 286", "3.4", "2.5 M". */
export function formatShort(value: number): string {
  if (Math.abs(value) >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`
  return Math.abs(value) >= 100
    ? formatCount(Math.round(value))
    : String(Number(value.toPrecision(2)))
}
