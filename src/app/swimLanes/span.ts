/** The stretch of time that the swim lanes show, and how hands and keys move it. Pure. */
import { US_PER_S, type SimUs } from '../../base/units.ts'

export interface Span {
  readonly fromUs: SimUs
  readonly toUs: SimUs
}

const SHORTEST_US = US_PER_S / 20
const LONGEST_US = 24 * 3600 * US_PER_S
/** Following, the clock stands here: a little of what is to come is left free. */
const NOW_AT = 0.85

export const lengthOf = ({ fromUs, toUs }: Span): SimUs => toUs - fromUs

/** As long as it was, with the clock near its end; at the beginning of a run it begins with the run. */
export function following(lengthUs: SimUs, nowUs: SimUs, originUs: SimUs): Span {
  const fromUs = Math.max(originUs, nowUs - lengthUs * NOW_AT)
  return { fromUs, toUs: fromUs + lengthUs }
}

/** @param share of the span's length; positive is later */
export function moved({ fromUs, toUs }: Span, share: number, originUs: SimUs): Span {
  const byUs = Math.max(originUs - fromUs, (toUs - fromUs) * share)
  return { fromUs: fromUs + byUs, toUs: toUs + byUs }
}

/**
 * @param factor above 1 shows more time
 * @param at the part of the span that stays where it is, 0 to 1
 */
export function zoomed(span: Span, factor: number, at: number, originUs: SimUs): Span {
  const wanted = lengthOf(span) * factor
  const lengthUs = Math.min(LONGEST_US, Math.max(SHORTEST_US, wanted))
  const fixedUs = span.fromUs + lengthOf(span) * at
  const fromUs = Math.max(originUs, fixedUs - lengthUs * at)
  return { fromUs, toUs: fromUs + lengthUs }
}

/** Round steps between the marks of an axis, so that at most so many fit. */
export function axisStepUs(lengthUs: SimUs, most: number): SimUs {
  for (let decade = 1_000; ; decade *= 10) {
    for (const step of [1, 2, 5]) if (lengthUs / (decade * step) <= most) return decade * step
  }
}
