import { expect, test } from 'vitest'
import type { PlainObject } from './plain.ts'
import { SCENARIO_FORMAT } from './scenario.ts'
import { UPGRADES, upgrade } from './upgrades.ts'

const steps = {
  2: (older: PlainObject) => ({ ...older, second: true }),
  3: ({ second, ...older }: PlainObject) => ({ ...older, third: second }),
}

test('steps follow each other, from the document’s format to the wanted one', () => {
  expect(upgrade({ first: 1 }, 1, 3, steps)).toEqual({ first: 1, third: true })
  expect(upgrade({ second: 2 }, 2, 3, steps)).toEqual({ third: 2 })
  expect(upgrade({ third: 3 }, 3, 3, steps)).toEqual({ third: 3 })
})

test('a step that is missing is noticed', () => {
  expect(() => upgrade({}, 1, 4, steps)).toThrow('no upgrade leads to format 4')
})

test('a step leads to every format after the first', () => {
  const formats = Array.from({ length: SCENARIO_FORMAT - 1 }, (_, i) => String(i + 2))
  expect(Object.keys(UPGRADES)).toEqual(formats)
})
