import { expect, test } from 'vitest'
import { createStreams, openStream } from '../base/random.ts'
import { drawServiceUs, isPoisonByField, isPoisonByShare, type WorkSettings } from './work.ts'

const settings = (given: Partial<WorkSettings>): WorkSettings =>
  ({ serviceUs: 1000, serviceMaxUs: 3000, serviceSigma: 0.7, ...given }) as WorkSettings

test.each([
  ['constant', 1000],
  ['uniform', 2000],
  ['exponential', 1000],
  ['lognormal', 1000],
] as const)('working times, %s: a mean of %i us', (serviceTime, mean) => {
  const random = createStreams()
  const stream = openStream(random, 'test')
  let sum = 0
  for (let n = 0; n < 40_000; n++) {
    sum += drawServiceUs(settings({ serviceTime }), random, stream)
  }
  // Four standard deviations of an exponential mean are 2 %.
  expect(Math.abs(sum / 40_000 / mean - 1)).toBeLessThan(0.02)
})

test('work that takes no time takes a microsecond', () => {
  const random = createStreams()
  const stream = openStream(random, 'test')
  for (const serviceTime of ['constant', 'exponential'] as const) {
    expect(drawServiceUs(settings({ serviceTime, serviceUs: 0 }), random, stream)).toBe(1)
  }
})

test('poison by share is a property of the message, and of the seed', () => {
  const poison = (seed: number): number[] =>
    Array.from({ length: 10_000 }, (_, n) => n).filter((n) => isPoisonByShare(seed, n, 0.1))
  expect(Math.abs(poison(1).length - 1000)).toBeLessThan(120)
  expect(poison(1)).toEqual(poison(1))
  expect(poison(2)).not.toEqual(poison(1))
  expect(isPoisonByShare(1, 5, 0)).toBe(false)
  expect(isPoisonByShare(1, 5, 1)).toBe(true)
})

test.each([
  ['{"amount":-1}', '<', '0', true],
  ['{"amount":0}', '<', '0', false],
  ['{"amount":"9"}', '<', '10', true],
  ['{"amount":10}', '=', '10.0', true],
  ['{"amount":3}', '>=', '3', true],
  ['{"amount":3}', '>', '3', false],
  ['{"amount":2}', '<=', '3', true],
  ['{"amount":"abc"}', '!=', 'abd', true],
  ['{"amount":"abc"}', '<', 'abd', true],
  ['{"amount":null}', '=', 'null', true],
  ['{"amount":null}', 'exists', '', true],
  ['{"other":1}', 'exists', '', false],
  ['{"other":1}', '!=', '5', false],
  ['not json', '!=', '5', false],
  ['[1]', 'exists', '', false],
  ['null', 'exists', '', false],
])('%s: amount %s %s is %s', (body, poisonOperator, poisonValue, expected) => {
  const asked = settings({ poisonField: 'amount', poisonOperator, poisonValue })
  expect(isPoisonByField(body, asked)).toBe(expected)
})
