/** What CloudWatch makes of an alarm's latest datapoints (FACTS 14). Pure. */

export type AlarmState = 'INSUFFICIENT_DATA' | 'OK' | 'ALARM'

export interface Rule {
  readonly comparison: Comparison
  readonly threshold: number
  /** N: how many of the latest datapoints are looked at. */
  readonly evaluationPeriods: number
  /** M: so many of them must breach. */
  readonly datapointsToAlarm: number
  readonly treatMissingData: MissingData
}

export const COMPARISONS = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const
export type Comparison = (typeof COMPARISONS)[number]

export const MISSING_DATA = ['missing', 'breaching', 'notBreaching', 'ignore'] as const
export type MissingData = (typeof MISSING_DATA)[number]

/**
 * @param datapoints oldest first, null where a period brought none; only the last N count
 * @param before the state so far: what `ignore` keeps
 */
export function evaluate(
  datapoints: readonly (number | null)[],
  rule: Rule,
  before: AlarmState,
): AlarmState {
  const { treatMissingData, evaluationPeriods, datapointsToAlarm } = rule
  const window = datapoints.slice(-evaluationPeriods)
  const known = window.filter((value) => value !== null)
  if (known.length === 0) {
    if (treatMissingData === 'missing') return 'INSUFFICIENT_DATA'
    if (treatMissingData === 'ignore') return before
  }
  const missing = evaluationPeriods - known.length
  const breaching =
    known.filter((value) => breaches(value, rule)).length +
    (treatMissingData === 'breaching' ? missing : 0)
  if (breaching >= datapointsToAlarm) return 'ALARM'
  const undecided = breaching + missing >= datapointsToAlarm
  if (treatMissingData === 'ignore' && undecided) return before
  return 'OK'
}

export function breaches(value: number, { comparison, threshold }: Rule): boolean {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold
    case 'LessThanThreshold':
      return value < threshold
    case 'LessThanOrEqualToThreshold':
      return value <= threshold
  }
}

const SIGNS: Readonly<Record<Comparison, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
}

/** "> 1000" */
export const conditionOf = ({ comparison, threshold }: Rule): string =>
  `${SIGNS[comparison]} ${threshold}`

/** CloudWatch's own words for a change (shortened). */
export function reasonOf(datapoints: readonly (number | null)[], rule: Rule): string {
  const window = datapoints.slice(-rule.evaluationPeriods).filter((value) => value !== null)
  if (window.length === 0) return 'Insufficient Data: no datapoints were received.'
  const breaching = window.filter((value) => breaches(value, rule)).length
  return `Threshold Crossed: ${breaching} out of the last ${rule.evaluationPeriods} datapoints [${window.map(rounded).join(', ')}] were ${WORDS[rule.comparison]} the threshold (${rule.threshold}).`
}

const rounded = (value: number): number => Number(value.toFixed(2))

const WORDS: Readonly<Record<Comparison, string>> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
}
