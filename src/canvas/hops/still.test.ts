import { expect, test } from 'vitest'
import { HOP_LOOK } from '../../worker/protocol.ts'
import { fakeHops, straight } from './hops.fake.ts'
import { createHopStyle } from './paintHops.ts'
import { paintStill } from './still.ts'
import { createTarget } from './target.ts'

test('without motion each wire shows one glyph and a count per look, at its middle, at any time', () => {
  const target = createTarget(400, 100, 1)
  const style = createHopStyle('light', 1, target)
  const routes = [straight(0, 50, 400, 50), straight(0, 20, 100, 20)]
  const hops = fakeHops(
    [{}, {}, {}, { look: HOP_LOOK.refused }, { wire: 1 }, { wire: 1, departUs: 990 }],
    [5, 0],
  )
  const paint = (atUs: number) =>
    paintStill(target, hops, routes, atUs, { x: 0, y: 0, zoom: 1 }, style)

  const labels = paint(100)
  expect(labels.map(({ count, y }) => [count, y])).toEqual([
    [8, 50],
    [1, 50],
    [1, 20],
  ])
  const onFirst = labels.filter(({ y }) => y === 50).map(({ x }) => x)
  expect(onFirst[0]).toBeLessThan(200)
  expect(onFirst[1]).toBeGreaterThan(200)
  const before = target.pixels.slice()
  expect(paint(800)).toEqual(labels)
  expect(target.pixels).toEqual(before)
})
