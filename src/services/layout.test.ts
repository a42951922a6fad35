import { expect, test } from 'vitest'
import { emptyScenario } from '../scenario/scenario.ts'
import { freePlace } from './layout.ts'

const at = (places: readonly (readonly [number, number])[]) => ({
  ...emptyScenario(),
  nodes: places.map(([x, y], n) => ({ id: `n${n}`, kind: 'sqs', name: `q${n}`, x, y, config: {} })),
})

test('parts are placed in rows of four, the first gap first', () => {
  expect(freePlace(at([]))).toEqual({ x: 0, y: 0 })
  const row: [number, number][] = [
    [0, 0],
    [360, 0],
    [720, 0],
    [1080, 0],
  ]
  expect(freePlace(at(row))).toEqual({ x: 0, y: 220 })
  expect(freePlace(at(row.toSpliced(1, 1)))).toEqual({ x: 360, y: 0 })
})

test('a part that somebody placed between the cells keeps all of them free', () => {
  expect(freePlace(at([[200, 100]]))).toEqual({ x: 720, y: 0 })
})
