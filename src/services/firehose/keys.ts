/** What an object is called in the bucket (FACTS 8): prefix, then `<stream>-<version>-<time>-<random>`. */
import { civilTime, type CivilTime } from '../../base/calendar.ts'
import { md5Words, uuidFrom } from '../../base/hash.ts'

export interface KeyParts {
  readonly stream: string
  /** Of the delivery stream: its configuration's. */
  readonly version: number
  /** Arrival of the oldest record in the object, for prefixes; when it is written, for the name. */
  readonly oldestMs: number
  readonly writtenMs: number
  /** Makes the random part; the same seed gives the same. */
  readonly seed: string
  /** '.gz', or ''. */
  readonly extension: string
  /** Values of its partition keys as JSON, '' without. */
  readonly partition: string
}

/**
 * @param prefix as configured
 * @param failure AWS's error-output-type, '' for records that did not fail
 */
export function keyOf(prefix: string, failure: string, parts: KeyParts): string {
  return `${evaluatePrefix(prefix, failure, parts)}${objectName(parts)}`
}

function objectName({ stream, version, writtenMs, seed, extension }: KeyParts): string {
  const at = civilTime(writtenMs)
  const time = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'].map((field) => FIELDS[field](at)).join('-')
  const [a, b, c, d] = md5Words(seed)
  return `${stream}-${version}-${time}-${uuidFrom(a, b, c, d)}${extension}`
}

/** A prefix without expressions is followed by YYYY/MM/dd/HH/ in UTC; one with them stands alone. */
export function evaluatePrefix(
  prefix: string,
  failure: string,
  { oldestMs, seed, partition }: Pick<KeyParts, 'oldestMs' | 'seed' | 'partition'>,
): string {
  const at = civilTime(oldestMs)
  const keys = (partition === '' ? {} : JSON.parse(partition)) as Readonly<Record<string, string>>
  if (!hasExpressions(prefix)) {
    const type = failure === '' ? '' : `${failure}/`
    return `${prefix}${type}${formatTime('yyyy/MM/dd/HH/', at)}`
  }
  return prefix.replace(EXPRESSION, (whole, namespace: string, value: string) => {
    if (namespace === 'timestamp') return formatTime(value, at)
    if (namespace === 'partitionKeyFromQuery') return keys[value] ?? whole
    if (namespace !== 'firehose') return whole
    if (value === 'error-output-type') return failure
    return value === 'random-string' ? randomText(seed) : whole
  })
}

const EXPRESSION = /!\{(\w+):([^}]*)\}/g

export const hasExpressions = (prefix: string): boolean => /!\{\w+:[^}]*\}/.test(prefix)

/** Why AWS refuses a pair of prefixes, or null (FACTS 8). */
export function prefixProblem(prefix: string, errorPrefix: string): string | null {
  if (prefix.includes('!{firehose:error-output-type}')) {
    return 'Prefix cannot contain !{firehose:error-output-type}'
  }
  if (hasExpressions(prefix) && errorPrefix === '') {
    return 'ErrorOutputPrefix cannot be null or empty when Prefix contains expressions'
  }
  if (hasExpressions(errorPrefix) && !errorPrefix.includes('!{firehose:error-output-type}')) {
    return 'ErrorOutputPrefix must contain at least one instance of !{firehose:error-output-type}'
  }
  return null
}

const digits = (value: number, count: number): string => String(value).padStart(count, '0')

const FIELDS: Readonly<Record<string, (at: CivilTime) => string>> = {
  yyyy: ({ year }) => digits(year, 4),
  MM: ({ month }) => digits(month, 2),
  dd: ({ day }) => digits(day, 2),
  HH: ({ hour }) => digits(hour, 2),
  mm: ({ minute }) => digits(minute, 2),
  ss: ({ second }) => digits(second, 2),
}

/** Java's letters for a time, of which the usual ones are known; 'quoted' text stands for itself. */
const formatTime = (format: string, at: CivilTime): string =>
  format.replace(/'([^']*)'|yyyy|MM|dd|HH|mm|ss/g, (field, quoted: string | undefined) =>
    quoted !== undefined ? quoted : FIELDS[field](at),
  )

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Eleven characters. */
function randomText(seed: string): string {
  const words = md5Words(`${seed}/random-string`)
  return Array.from({ length: 11 }, (_, n) => LETTERS[(words[n % 4] >>> (3 * n)) % 36]).join('')
}
