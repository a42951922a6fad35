/** Dates without the browser's: the proleptic Gregorian calendar in UTC, the same everywhere. */

export interface CivilTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

const MS_PER_DAY = 86_400_000

/** @param epochMs milliseconds since 1970-01-01T00:00:00Z, a whole number */
export function civilTime(epochMs: number): CivilTime {
  const days = Math.floor(epochMs / MS_PER_DAY)
  const ms = epochMs - days * MS_PER_DAY
  return {
    ...civilDay(days),
    hour: Math.floor(ms / 3_600_000),
    minute: Math.floor(ms / 60_000) % 60,
    second: Math.floor(ms / 1000) % 60,
    millisecond: ms % 1000,
  }
}

/**
 * Counted in eras of 400 years from a 1 March, so that the leap day ends a year.
 * @param days since 1970-01-01
 */
function civilDay(days: number): { year: number; month: number; day: number } {
  const sinceMarch = days + 719_468
  const era = Math.floor(sinceMarch / 146_097)
  const dayOfEra = sinceMarch - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  const dayOfYear = dayOfEra - (365 * yearOfEra + leapDays)
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  }
}

/** "2026-01-01T00:00:07.250Z", as JavaScript's own toISOString writes the years 0 to 9999. */
export function isoTime(epochMs: number): string {
  const { year, month, day, hour, minute, second, millisecond } = civilTime(epochMs)
  const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`
  const time = `${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}`
  return `${date}T${time}.${digits(millisecond, 3)}Z`
}

const digits = (value: number, count: number): string => String(value).padStart(count, '0')

const ISO_TIME =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(?:Z|([+-])(\d\d):?(\d\d))$/

/** Milliseconds since 1970-01-01T00:00:00Z of "2026-01-01T00:00:07.250Z" or "...+01:00"; null for other texts. */
export function parseIsoTime(text: string): number | null {
  const found = ISO_TIME.exec(text)
  if (!found) return null
  const [year, month, day, hour, minute] = found.slice(1, 6).map(Number)
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return null
  const ms = Number((found[7] ?? '').padEnd(3, '0'))
  const time = ((hour * 60 + minute) * 60 + Number(found[6] ?? 0)) * 1000 + ms
  const ahead = (Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0)) * 60_000
  return daysSince1970(year, month, day) * MS_PER_DAY + time + (found[8] === '-' ? ahead : -ahead)
}

/** The inverse of `civilDay`. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468
}
