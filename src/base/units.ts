/** Simulated time in whole microseconds since the run began. A double is exact up to 285 years. */
export type SimUs = number

export const US_PER_MS = 1000
export const US_PER_S = 1_000_000
export const US_PER_MINUTE = 60 * US_PER_S

/** Seconds (may be fractional) as whole microseconds. */
export const fromSeconds = (seconds: number): SimUs => Math.round(seconds * US_PER_S)
/** Milliseconds (may be fractional) as whole microseconds. */
export const fromMs = (ms: number): SimUs => Math.round(ms * US_PER_MS)
