import { describe, expect, test } from 'vitest'
import { evaluate, reasonOf, type AlarmState, type MissingData, type Rule } from './evaluate.ts'

const rule = (
  evaluationPeriods: number,
  datapointsToAlarm: number,
  treatMissingData: MissingData = 'missing',
): Rule => ({
  comparison: 'GreaterThanThreshold',
  threshold: 10,
  evaluationPeriods,
  datapointsToAlarm,
  treatMissingData,
})

const HIGH = 11
const LOW = 10

describe('FACTS 14: an alarm evaluates M out of N datapoints', () => {
  test.each<[string, (number | null)[], Rule, AlarmState]>([
    ['one of one', [HIGH], rule(1, 1), 'ALARM'],
    ['at the threshold is not above it', [LOW], rule(1, 1), 'OK'],
    ['only the latest N count', [HIGH, HIGH, LOW], rule(1, 1), 'OK'],
    ['two of three need not be consecutive', [HIGH, LOW, HIGH], rule(3, 2), 'ALARM'],
    ['one of three is not enough for two', [HIGH, LOW, LOW], rule(3, 2), 'OK'],
    ['too young for three', [HIGH, HIGH], rule(3, 3), 'OK'],
  ])('%s', (_, datapoints, given, expected) => {
    expect(evaluate(datapoints, given, 'INSUFFICIENT_DATA')).toBe(expected)
  })
})

describe('FACTS 14: missing data is treated as the alarm says', () => {
  test.each<[MissingData, (number | null)[], AlarmState]>([
    ['missing', [null, null], 'INSUFFICIENT_DATA'],
    ['missing', [HIGH, null], 'OK'],
    ['breaching', [null, null], 'ALARM'],
    ['breaching', [HIGH, null], 'ALARM'],
    ['notBreaching', [null, null], 'OK'],
    ['notBreaching', [HIGH, null], 'OK'],
    ['ignore', [null, null], 'ALARM'],
    ['ignore', [HIGH, null], 'ALARM'],
    ['ignore', [LOW, null], 'OK'],
  ])('%s with %o is %s', (treat, datapoints, expected) => {
    expect(evaluate(datapoints, rule(2, 2, treat), 'ALARM')).toBe(expected)
  })
})

test('the reason names the datapoints and the threshold', () => {
  expect(reasonOf([3, 12, null, 14], rule(3, 2))).toBe(
    'Threshold Crossed: 2 out of the last 3 datapoints [12, 14] were greater than the threshold (10).',
  )
})
