/**
 * When messages are due. Patterns with a rate are one function each: how many messages are expected
 * until `t`, and its inverse. Message number k is sent when k are expected; random arrivals move that
 * threshold by exponential steps. So a rate may change at any time and nothing is lost or doubled.
 */
import { sine } from '../../base/math.ts'
import { US_PER_S, type SimUs } from '../../base/units.ts'

/** The settings (schema.ts) that a pattern follows from; seconds are since the pattern began. */
export interface Pattern {
  readonly pattern: 'constant' | 'poisson' | 'burst' | 'ramp' | 'sine' | 'once' | 'list'
  readonly ratePerSecond: number
  readonly burstSize: number
  readonly burstEveryS: number
  readonly rampToPerSecond: number
  readonly rampOverS: number
  readonly sinePeriodS: number
  readonly sineAmplitude: number
  readonly onceAtS: number
  readonly onceCount: number
  /** Of a list: ascending. */
  readonly timesUs: readonly SimUs[]
}

export const hasRate = ({ pattern }: Pattern): boolean =>
  pattern === 'constant' || pattern === 'poisson' || pattern === 'ramp' || pattern === 'sine'

/** Messages expected in the first `t` seconds. */
export function expectedBy(settings: Pattern, t: number): number {
  const rate = settings.ratePerSecond
  if (t <= 0) return 0
  if (settings.pattern === 'ramp') {
    const { rampToPerSecond, rampOverS } = settings
    const ramp = Math.min(t, rampOverS)
    const grown = ((rampToPerSecond - rate) * ramp * ramp) / (2 * rampOverS)
    return rate * ramp + grown + rampToPerSecond * (t - ramp)
  }
  if (settings.pattern === 'sine') {
    const { sinePeriodS, sineAmplitude } = settings
    const waves = Math.floor(t / sinePeriodS)
    const angle = (2 * Math.PI * (t - waves * sinePeriodS)) / sinePeriodS
    // The integral of 1 + A sin is t + A (1 - cos) P / 2 pi, and 1 - cos x is 2 sin^2(x / 2).
    const half = sine(angle / 2)
    return rate * (t + (sineAmplitude * sinePeriodS * half * half) / Math.PI)
  }
  return rate * t
}

/** Messages a second at `t`. */
export function rateAt(settings: Pattern, t: number): number {
  const rate = settings.ratePerSecond
  if (t < 0) return 0
  if (settings.pattern === 'ramp') {
    const done = Math.min(1, t / settings.rampOverS)
    return rate + (settings.rampToPerSecond - rate) * done
  }
  if (settings.pattern === 'sine') {
    const angle = (2 * Math.PI * (t % settings.sinePeriodS)) / settings.sinePeriodS
    return rate * (1 + settings.sineAmplitude * sine(angle))
  }
  return rate
}

/** Seconds after which `count` messages are expected: the inverse of `expectedBy`. */
export function whenExpected(settings: Pattern, count: number): number {
  const rate = settings.ratePerSecond
  if (settings.pattern === 'ramp') {
    const { rampToPerSecond, rampOverS } = settings
    const atEnd = ((rate + rampToPerSecond) * rampOverS) / 2
    if (count >= atEnd) return rampOverS + (count - atEnd) / rampToPerSecond
    const slope = (rampToPerSecond - rate) / rampOverS
    return (2 * count) / (rate + Math.sqrt(rate * rate + 2 * slope * count))
  }
  if (settings.pattern === 'sine') return whenExpectedInWaves(settings, count)
  return count / rate
}

/** Newton's method, kept between two bounds that are a wave apart. Exact to well under 1 us. */
function whenExpectedInWaves(settings: Pattern, count: number): number {
  const { ratePerSecond, sinePeriodS } = settings
  let low = Math.floor(count / (ratePerSecond * sinePeriodS)) * sinePeriodS
  let high = low + sinePeriodS
  let t = Math.min(Math.max(low, count / ratePerSecond), high)
  for (let i = 0; i < MOST_STEPS && high - low > CLOSE_ENOUGH_S; i++) {
    const surplus = expectedBy(settings, t) - count
    if (surplus > 0) high = t
    else low = t
    const guess = t - surplus / rateAt(settings, t)
    if (Math.abs(guess - t) < CLOSE_ENOUGH_S) break
    t = guess > low && guess < high ? guess : (low + high) / 2
  }
  return t
}

const MOST_STEPS = 60
const CLOSE_ENOUGH_S = 1e-8

/** The text of a list's times, seconds between blanks or commas, as ascending microseconds. */
export const parseTimes = (text: string): SimUs[] =>
  text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => Math.round(Number(word) * US_PER_S))
    .filter((us) => us >= 0)
    .sort((a, b) => a - b)
