/** Points in time as the AWS CLI takes them: seconds since 1970, or ISO 8601. */
import { Refusal } from './refusal.ts'

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?(?:Z|([+-])(\d\d):?(\d\d))?$/

const DAY_S = 86_400

/** Seconds since 1970; a time without a zone is UTC. @throws Refusal in the CLI's words */
export function readTimestamp(text: string): number {
  if (/^\s*-?\d+(?:\.\d+)?\s*$/.test(text)) return Number(text)
  const found = ISO.exec(text.trim())
  if (!found) throw new Refusal(`Invalid timestamp "${text}"`)
  const [year, month, day, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part))) as [
    number,
    number,
    number,
    number?,
    number?,
    number?,
  ]
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) {
    throw new Refusal(`Invalid timestamp "${text}"`)
  }
  const ahead = (found[7] === '-' ? -1 : 1) * (Number(found[8] ?? 0) * 60 + Number(found[9] ?? 0))
  return daysSince1970(year, month, day) * DAY_S + hour * 3600 + (minute - ahead) * 60 + second
}

/** Of the Gregorian calendar; years begin in March, so that the leap day is a year's last. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear
  return era * 146_097 + dayOfEra - 719_468
}
