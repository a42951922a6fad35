/** Number fields: where a slider stands, and what a typed text means. */
import { formatBytes, formatDuration } from '../../base/format.ts'
import { US_PER_MINUTE, US_PER_MS, US_PER_S } from '../../base/units.ts'
import type { NumberField } from '../../services/schema.ts'

/** Positions of a slider, whatever the range behind it. */
export const SLIDER_STEPS = 1000

/** A logarithmic range that begins at 0 needs a smallest value above it. */
function floorOf(min: number, field: NumberField): number {
  if (min > 0) return min
  return field.step ?? Math.max(field.max / 1e6, 1e-6)
}

/** 0 .. SLIDER_STEPS */
export function positionOf(value: number, field: NumberField, min: number, max: number): number {
  if (max <= min) return 0
  if (!field.logarithmic) return clamp(((value - min) / (max - min)) * SLIDER_STEPS)
  const floor = floorOf(min, field)
  if (value < floor) return 0
  return clamp((Math.log(value / floor) / Math.log(max / floor)) * SLIDER_STEPS)
}

const clamp = (position: number): number => Math.min(SLIDER_STEPS, Math.max(0, position))

/** The value at a slider position: whole steps where the field has them, else three digits. */
export function valueAt(position: number, field: NumberField, min: number, max: number): number {
  if (position <= 0) return min
  if (position >= SLIDER_STEPS) return max
  const part = position / SLIDER_STEPS
  const floor = floorOf(min, field)
  const exact = field.logarithmic ? floor * (max / floor) ** part : min + part * (max - min)
  const rounded = field.step
    ? Math.round(exact / field.step) * field.step
    : Number(exact.toPrecision(3))
  return Math.min(max, Math.max(min, field.logarithmic ? roundNicely(rounded, field) : rounded))
}

/** Dragging over decades lands on 120, not 118.37. */
function roundNicely(value: number, field: NumberField): number {
  const nice = Number(value.toPrecision(2))
  return field.step === 1 ? Math.round(nice) : nice
}

/** A large value as people say it: "4 days" for 345 600 s, "256 KiB"; '' where the box says it as well. */
export function readable(value: number, unit: string | undefined): string {
  if (unit === 's' && value >= 120) return formatDuration(value * US_PER_S)
  if (unit === 'ms' && value >= 10_000) return formatDuration(value * US_PER_MS)
  if (unit === 'h' && value >= 48) return formatDuration(value * 60 * US_PER_MINUTE)
  if (unit === 'bytes' && value >= 10_000) return formatBytes(value)
  return ''
}

/** Spaces between thousands and a decimal comma are understood. NaN when it is no number. */
export function parseNumber(text: string): number {
  const plain = text.replace(/[\s\u2009\u00a0_]/g, '').replace(',', '.')
  return plain === '' ? Number.NaN : Number(plain)
}

/** As shown in the box: thousands apart, as in "345 600". */
export function formatNumber(value: number): string {
  const [whole, fraction] = String(value).split('.')
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, '\u2009')
  return fraction === undefined || spaced.includes('e') ? spaced : `${spaced}.${fraction}`
}
