/** Sums over each of the last seconds: what spark lines and present rates are made of. Plain data. */
import { US_PER_S, type SimUs } from '../base/units.ts'

/** Whole seconds that can be asked for. */
export const RECENT_SECONDS = 30
/** And the one that runs. */
const KEPT = RECENT_SECONDS + 1

export interface Recent {
  /** The latest second that something was added in, when it ends, and where it stands in `sums`. */
  second: number
  endUs: SimUs
  place: number
  readonly width: number
  /** Second s stands at (s % KEPT) * width. */
  readonly sums: Float64Array
}

/** @param width how many series are summed side by side */
export const createRecent = (width: number): Recent => ({
  second: 0,
  endUs: US_PER_S,
  place: 0,
  width,
  sums: new Float64Array(KEPT * width),
})

export function addRecent(recent: Recent, nowUs: SimUs, series: number, amount: number): void {
  recent.sums[placeNow(recent, nowUs) + series] += amount
}

/** Where the first series of the running second is in `sums`, to add to several. */
export function placeNow(recent: Recent, nowUs: SimUs): number {
  if (nowUs >= recent.endUs) moveTo(recent, Math.floor(nowUs / US_PER_S))
  return recent.place
}

function moveTo(recent: Recent, second: number): void {
  const { width, sums } = recent
  const first = Math.max(recent.second + 1, second - KEPT + 1)
  for (let s = first; s <= second; s++) {
    const place = (s % KEPT) * width
    sums.fill(0, place, place + width)
  }
  recent.second = second
  recent.endUs = (second + 1) * US_PER_S
  recent.place = (second % KEPT) * width
}

/** One series over the last whole seconds, newest last; shorter when the run is younger. */
export function recentValues(recent: Recent, nowUs: SimUs, series: number): number[] {
  const now = Math.floor(nowUs / US_PER_S)
  const values: number[] = []
  for (let s = Math.max(0, now - RECENT_SECONDS); s < now; s++) {
    values.push(sumIn(recent, s, series))
  }
  return values
}

/** The sum of one series over the last whole seconds and the one that runs. */
export function recentSum(recent: Recent, nowUs: SimUs, series: number): number {
  const now = Math.floor(nowUs / US_PER_S)
  let sum = 0
  for (let s = Math.max(0, now - RECENT_SECONDS); s <= now; s++) sum += sumIn(recent, s, series)
  return sum
}

/** Seconds after the latest addition, or too long before it, count as nothing. */
const sumIn = (recent: Recent, second: number, series: number): number =>
  second > recent.second || second <= recent.second - KEPT
    ? 0
    : recent.sums[(second % KEPT) * recent.width + series]
