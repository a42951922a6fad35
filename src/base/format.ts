/**
 * Numbers, sizes and times as people read them, on the screen and the command line.
 * No `Intl`, so the words are the same in every locale and in Node.
 */
import type { SimUs } from './units.ts'
import { US_PER_MINUTE, US_PER_MS, US_PER_S } from './units.ts'

const US_PER_HOUR = 60 * US_PER_MINUTE
const US_PER_DAY = 24 * US_PER_HOUR

/** Groups of three digits are parted by a no-break space, which every font has. */
const GROUP = '\u00a0'
/** What is shown for NaN and the infinities. */
const NO_NUMBER = '–'

/** A whole number in groups of three digits: "1 286" (with no-break spaces). Fractions are rounded. */
export function formatCount(n: number): string {
  if (!Number.isFinite(n)) return NO_NUMBER
  return (Math.round(n) + 0).toFixed(0).replace(/\B(?=(\d{3})+$)/g, GROUP)
}

/** "1 record", "1 286 records" (with a no-break space). @param many where an s is not enough */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`

/** About three digits: "0.25", "12.3", "2 400". */
function formatShort(value: number): string {
  const size = Math.abs(value)
  if (size >= 99.95) return formatCount(value)
  return String(Number(value.toFixed(size < 9.995 ? 2 : 1)))
}

/**
 * An amount of money without its currency: "1 204.50", "3.07", below one three significant digits
 * ("0.0123", "0.0000004"), so that a little is never shown as nothing.
 */
export function formatMoney(amount: number): string {
  if (!Number.isFinite(amount)) return NO_NUMBER
  if (amount === 0) return '0'
  const size = Math.abs(amount)
  if (size < 0.995) return significant(amount)
  const [whole, cents] = size.toFixed(2).split('.')
  return `${amount < 0 ? '-' : ''}${formatCount(Number(whole))}.${cents}`
}

/** A quantity of anything: whole numbers and large ones as `formatCount`, else three significant digits. */
export const formatQuantity = (quantity: number): string =>
  Number.isInteger(quantity) || Math.abs(quantity) >= 99.95
    ? formatCount(quantity)
    : significant(quantity)

/** Three significant digits, never with an exponent: "12.3", "0.0123". */
function significant(value: number): string {
  if (!Number.isFinite(value)) return NO_NUMBER
  const exponent = Number(value.toExponential(2).split('e')[1])
  const text = value.toFixed(Math.min(100, Math.max(0, 2 - exponent)))
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/**
 * A size in binary units: "512 B", "1.4 KiB", "256 KiB", "3.2 MiB".
 * Exactly 1024 of a unit stay in that unit ("1 024 KiB"), as AWS states its size limits.
 */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NO_NUMBER
  let value = bytes
  let unit = 0
  while (unit < BYTE_UNITS.length - 1 && (unit === 0 ? value >= 1024 : value > 1024)) {
    value /= 1024
    unit++
  }
  const digits = value < 99.95 ? String(Number(value.toFixed(1))) : formatCount(value)
  return `${digits} ${BYTE_UNITS[unit]}`
}

/**
 * A rate at the slowest unit of time that keeps it readable: "2 400/s", "0.5/s", "3/min", "2/h".
 * @param what the thing counted, if it is to be named: `formatRate(40, 'msg')` is "40 msg/s"
 */
export function formatRate(perSecond: number, what = ''): string {
  if (!Number.isFinite(perSecond)) return NO_NUMBER
  const noun = what === '' ? '' : ` ${what}`
  const size = Math.abs(perSecond)
  if (size === 0 || size >= 0.1) return `${formatShort(perSecond)}${noun}/s`
  if (size * 60 >= 0.1) return `${formatShort(perSecond * 60)}${noun}/min`
  return `${formatShort(perSecond * 3600)}${noun}/h`
}

const twoDigits = (n: number): string => String(n).padStart(2, '0')

/** The simulated clock, to the millisecond that has begun: "00:04:12.400". Hours go on past 24. */
export function formatClock(us: SimUs): string {
  const ms = Math.floor(Math.abs(us) / US_PER_MS)
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const clock = [Math.floor(minutes / 60), minutes % 60, seconds % 60].map(twoDigits).join(':')
  return `${us < 0 ? '-' : ''}${clock}.${String(ms % 1000).padStart(3, '0')}`
}

/** A count of a large unit and what is left over in a small one; a zero rest is left out. */
function inTwoUnits(total: number, perLarge: number, large: string, small: string): string {
  const rest = total % perLarge
  const whole = `${Math.floor(total / perLarge)} ${large}`
  return rest === 0 ? whole : `${whole} ${rest} ${small}`
}

/**
 * A length of time in at most two units: "250 ms", "41 s", "2 min 30 s", "1 h 5 min", "4 days".
 * Rounded to three digits below a minute and to the smaller of the two units above.
 */
export function formatDuration(us: SimUs): string {
  if (!Number.isFinite(us)) return NO_NUMBER
  if (us < 0) return `-${formatDuration(-us)}`
  if (us === 0) return '0 s'
  if (us < US_PER_MS) return `${formatShort(us)} µs`
  if (us < 0.9995 * US_PER_S) return `${formatShort(us / US_PER_MS)} ms`
  // Each bound is where rounding would reach the next unit, so that "60 s" or "24 h" never appear.
  if (us < 59.95 * US_PER_S) return `${formatShort(us / US_PER_S)} s`
  const seconds = Math.round(us / US_PER_S)
  if (seconds < 3600) return inTwoUnits(seconds, 60, 'min', 's')
  const minutes = Math.round(us / US_PER_MINUTE)
  if (minutes < 1440) return inTwoUnits(minutes, 60, 'h', 'min')
  const hours = Math.round(us / US_PER_HOUR)
  return inTwoUnits(hours, 24, hours < 48 ? 'day' : 'days', 'h')
}

const DURATION =
  /^(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/
const DURATION_UNITS = [US_PER_DAY, US_PER_HOUR, US_PER_MINUTE, US_PER_S, US_PER_MS]

/**
 * Reads a length of time: "10m", "1h30m", "250ms", "90s", "1.5h", "2d"; largest unit first, each at
 * most once, no sign, blanks allowed only around it.
 * @returns whole microseconds, or null when the text is not such a duration or too long to be exact
 */
export function parseDuration(text: string): SimUs | null {
  const parts = DURATION.exec(text.trim())
  if (parts === null || parts[0] === '') return null
  const us = DURATION_UNITS.reduce((sum, unit, i) => sum + Number(parts[i + 1] ?? 0) * unit, 0)
  const rounded = Math.round(us)
  return Number.isSafeInteger(rounded) ? rounded : null
}
