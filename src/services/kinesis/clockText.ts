/** Times as AWS writes them in Kinesis' errors: Thu Jan 01 00:00:00 UTC 2026. */
import { civilTime } from '../../base/calendar.ts'
import type { SimUs } from '../../base/units.ts'
import { epochMs } from '../aws.ts'

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const MS_PER_DAY = 86_400_000

const two = (n: number): string => String(n).padStart(2, '0')

export function clockText(atUs: SimUs): string {
  const ms = epochMs(atUs)
  const { year, month, day, hour, minute, second } = civilTime(ms)
  const weekday = DAYS[Math.floor(ms / MS_PER_DAY) % 7]
  return `${weekday} ${MONTHS[month - 1]} ${two(day)} ${two(hour)}:${two(minute)}:${two(second)} UTC ${year}`
}
