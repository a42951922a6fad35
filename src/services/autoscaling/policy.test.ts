import { describe, expect, test } from 'vitest'
import { adjusted, readSteps, stepFor, trackTarget } from './policy.ts'

const minutes = (count: number, value: number): number[] => Array<number>(count).fill(value)

describe('FACTS 14: target tracking', () => {
  test('FACTS 14: 1,500 messages, 10 instances, target 100: scale out by 5 to 15', () => {
    expect(trackTarget(minutes(3, 150), 100, 10)).toEqual({ direction: 'out', capacity: 15 })
  })

  test('FACTS 14: three datapoints of a minute above the target, not two, scale out', () => {
    expect(trackTarget(minutes(2, 150), 100, 10)).toBeNull()
    expect(trackTarget([150, 90, 150], 100, 10)).toBeNull()
  })

  test('FACTS 14: fifteen datapoints below nine tenths of the target scale in, carefully', () => {
    expect(trackTarget(minutes(14, 50), 100, 10)).toBeNull()
    expect(trackTarget(minutes(15, 91), 100, 10)).toBeNull()
    expect(trackTarget(minutes(15, 50), 100, 10)).toEqual({ direction: 'in', capacity: 9 })
    expect(trackTarget(minutes(15, 50), 100, 40)).toEqual({ direction: 'in', capacity: 36 })
  })

  test('FACTS 14: the new capacity is rounded up', () => {
    expect(trackTarget(minutes(3, 101), 100, 1)).toEqual({ direction: 'out', capacity: 2 })
  })

  test('FACTS 14: no data, no scaling', () => {
    expect(trackTarget([], 100, 10)).toBeNull()
    expect(trackTarget([150, 150, null], 100, 10)).toBeNull()
  })

  test('with no instance at all the backlog counts as that of one', () => {
    expect(trackTarget(minutes(3, 250), 100, 0)).toEqual({ direction: 'out', capacity: 3 })
  })
})

describe('FACTS 14: step and simple scaling', () => {
  test('the step is the one that the breach falls in', () => {
    const steps = readSteps('0: 1, 500: 3, 2000: 5')
    expect([-1, 0, 499, 500, 3000].map((breach) => stepFor(steps, breach))).toEqual([0, 1, 1, 3, 5])
  })

  test.each([
    ['ChangeInCapacity', 4, 3, 7],
    ['ExactCapacity', 4, 3, 3],
    ['PercentChangeInCapacity', 4, 50, 6],
    ['PercentChangeInCapacity', 4, 10, 5],
    ['PercentChangeInCapacity', 4, -10, 3],
  ] as const)('%s of %i by %i is %i', (type, capacity, change, expected) => {
    expect(adjusted(capacity, type, change)).toBe(expected)
  })
})
