/** What an account may send: recipients a second, and recipients in any 24 hours (FACTS 13). Pure. */
import { US_PER_S, type SimUs } from '../../base/units.ts'

/** FACTS 13: of accounts without production access. */
const SANDBOX = { perSecond: 1, perDay: 200 } as const
const HOURS = 24
const US_PER_HOUR = 3600 * US_PER_S

export interface Limits {
  readonly perSecond: number
  readonly perDay: number
}

export const limitsOf = (config: Readonly<Record<string, unknown>>): Limits =>
  config.ProductionAccessEnabled === false
    ? SANDBOX
    : { perSecond: Number(config.MaxSendRate), perDay: Number(config.Max24HourSend) }

export interface Quota {
  /** Recipients that may be had at once; grows by the rate, up to one second's worth. */
  allowance: number
  atUs: SimUs
  /** Recipients in each of the last 24 hours, by the hour's number modulo 24. */
  readonly byHour: number[]
  hour: number
}

export const createQuota = (): Quota => ({
  allowance: Infinity,
  atUs: 0,
  byHour: Array.from({ length: HOURS }, () => 0),
  hour: 0,
})

export const sentLastDay = ({ byHour }: Quota): number => byHour.reduce((sum, n) => sum + n, 0)

/** Takes room for so many recipients, or says which limit is in the way and takes nothing. */
export function take(
  quota: Quota,
  limits: Limits,
  recipients: number,
  nowUs: SimUs,
): 'ok' | 'rate' | 'quota' {
  const { perSecond, perDay } = limits
  moveOn(quota, nowUs)
  const grown = quota.allowance + ((nowUs - quota.atUs) * perSecond) / US_PER_S
  quota.allowance = Math.min(perSecond, grown)
  quota.atUs = nowUs
  if (sentLastDay(quota) + recipients > perDay) return 'quota'
  // A mail to more people than a second has room for goes out once the second is whole.
  if (quota.allowance < Math.min(recipients, perSecond)) return 'rate'
  quota.allowance -= recipients
  quota.byHour[quota.hour % HOURS] += recipients
  return 'ok'
}

function moveOn(quota: Quota, nowUs: SimUs): void {
  const hour = Math.floor(nowUs / US_PER_HOUR)
  const first = Math.max(quota.hour + 1, hour - HOURS + 1)
  for (let h = first; h <= hour; h++) quota.byHour[h % HOURS] = 0
  quota.hour = hour
}
