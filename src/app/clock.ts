/** Simulated time and speed in few characters. */
import { formatClock, formatCount } from '../base/format.ts'
import type { SimUs } from '../base/units.ts'

/** "04:12.400", for lists; with hours only once there are some. */
export const shortClock = (timeUs: SimUs): string => formatClock(timeUs).replace(/^00:/, '')

/** "10 ×", "0.1 ×", "10 000 ×". */
export const speedText = (speed: number): string =>
  `${speed >= 100 ? formatCount(speed) : Number(speed.toPrecision(2))} ×`
