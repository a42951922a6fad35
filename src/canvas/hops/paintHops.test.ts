import { describe, expect, test } from 'vitest'
import { HOP_LOOK } from '../../worker/protocol.ts'
import { fakeHops, straight } from './hops.fake.ts'
import type { FakeHop } from './hops.fake.ts'
import { createHopStyle, hopSize, paintHops } from './paintHops.ts'
import { createTarget } from './target.ts'
import type { PaintTarget } from './target.ts'

const HERE = { x: 0, y: 0, zoom: 1 }
const across = straight(20, 50, 180, 50)

function paint(target: PaintTarget, hops: readonly FakeHop[], atUs: number, view = HERE) {
  const style = createHopStyle('light', view.zoom, target)
  return paintHops(target, fakeHops(hops), [across], atUs, view, style)
}

/** Centre of everything painted, CSS pixels. */
function centreOf({ pixels, width, ratio }: PaintTarget) {
  const painted = [...pixels.keys()].filter((i) => pixels[i] !== 0)
  const mean = (of: (i: number) => number) =>
    painted.reduce((sum, i) => sum + of(i) + 0.5, 0) / painted.length / ratio
  return { x: mean((i) => i % width), y: mean((i) => Math.floor(i / width)) }
}

describe('where a hop is painted', () => {
  test('half way in time is the middle of the route', () => {
    const target = createTarget(200, 100, 1)
    paint(target, [{}], 500)
    expect(centreOf(target)).toEqual({ x: 100, y: 50 })
  })

  test.each([
    ['message', 60],
    ['again', 60],
    ['deadLettered', 60],
    ['refused', 140],
    ['ack', 140],
  ] as const)('a quarter of the time takes %s to x = %i', (look, x) => {
    const target = createTarget(200, 100, 1)
    paint(target, [{ look: HOP_LOOK[look] }], 250)
    expect(centreOf(target)).toEqual({ x, y: 50 })
  })

  test('follows pan, zoom and pixel ratio', () => {
    const target = createTarget(800, 400, 2)
    paint(target, [{}], 500, { x: 30, y: -10, zoom: 1.5 })
    const { x, y } = centreOf(target)
    expect(Math.abs(x - 180)).toBeLessThanOrEqual(0.5)
    expect(Math.abs(y - 65)).toBeLessThanOrEqual(0.5)
  })

  test('only while it travels: from its departure until just before its arrival', () => {
    const target = createTarget(200, 100, 1)
    const hop = { departUs: 100, arriveUs: 200 }
    expect([99, 100, 199, 200].map((at) => paint(target, [hop], at).drawn)).toEqual([0, 1, 1, 0])
  })

  test('a wire that is not drawn shows nothing and breaks nothing', () => {
    const target = createTarget(200, 100, 1)
    expect(paint(target, [{ wire: 3 }], 500)).toMatchObject({ drawn: 0, outside: 0 })
    expect(target.pixels.every((pixel) => pixel === 0)).toBe(true)
  })
})

describe('what is written', () => {
  test('nothing beyond the edge of the target, from whichever side it comes', () => {
    const beyond = 64
    const buffer = new ArrayBuffer((200 * 100 + beyond) * 4)
    const target = createTarget(200, 100, 1, buffer)
    for (const [x, y] of [
      [-104, 0],
      [97, 0],
      [0, -53],
      [0, 48],
      [97, 48],
      [-5000, 0],
    ]) {
      const { changed } = paint(target, [{}], 500, { x, y, zoom: 1 })
      expect(new Uint32Array(buffer, 200 * 100 * 4).every((pixel) => pixel === 0)).toBe(true)
      if (x > -200) {
        expect(changed.left).toBeGreaterThanOrEqual(0)
        expect(changed.right).toBeLessThanOrEqual(200)
        expect(changed.bottom).toBeLessThanOrEqual(100)
      }
    }
    // A message cut by the left edge must not come out at the right end of the row above.
    paint(target, [{}], 500, { x: -100, y: 0, zoom: 1 })
    const right = [...target.pixels.keys()].filter((i) => i % 200 > 100)
    expect(right.every((i) => target.pixels[i] === 0)).toBe(true)
  })

  test('erasing leaves no ghost, whether box by box or all at once', () => {
    for (const count of [1, 200]) {
      const target = createTarget(200, 100, 1)
      const hops = Array.from({ length: count }, (_, i) => ({ departUs: -i, arriveUs: 1000 - i }))
      for (const atUs of [100, 350, 500, 777]) paint(target, hops, atUs)
      const fresh = createTarget(200, 100, 1)
      paint(fresh, hops, 777)
      expect(target.pixels).toEqual(fresh.pixels)
      paint(target, [], 0)
      expect(target.pixels.every((pixel) => pixel === 0)).toBe(true)
    }
  })

  test('the changed region covers what was there and what is there', () => {
    const target = createTarget(200, 100, 1)
    paint(target, [{}], 0)
    const { changed } = paint(target, [{}], 900)
    expect(changed).toEqual({ left: 14, top: 44, right: 170, bottom: 56 })
  })
})

describe('how it looks', () => {
  const alone = (look: number, hue = 0) => {
    const target = createTarget(200, 100, 1)
    paint(target, [{ look, hue }], 500)
    return target.pixels
  }
  /** Which pixels are covered and which of them share a colour with the middle: shape without hue. */
  const shape = (pixels: Uint32Array) => {
    const colours = [...new Set(pixels)]
    return [...pixels].map((pixel) => colours.indexOf(pixel)).join('')
  }

  test('every look has a shape and colours of its own', () => {
    const looks = Object.values(HOP_LOOK).map((look) => alone(look))
    expect(new Set(looks.map(shape)).size).toBe(looks.length)
    const bodies = looks.map((pixels) => {
      const solid = [...pixels].filter((pixel) => pixel >>> 24 === 255)
      return solid.toSorted((a, b) => a - b)[Math.floor(solid.length / 2)]
    })
    expect(new Set(bodies).size).toBe(looks.length)
  })

  test('eight identities are eight colours; the ninth is the first again', () => {
    const colours = Array.from({ length: 9 }, (_, hue) => alone(0, hue)[50 * 200 + 100])
    expect(new Set(colours).size).toBe(8)
    expect(colours[8]).toBe(colours[0])
  })

  test('12 CSS pixels at zoom 1, never under 5, growing slower than the cards', () => {
    expect(hopSize(1)).toBe(12)
    expect(hopSize(0.05)).toBe(5)
    expect(hopSize(2) / hopSize(1)).toBeLessThan(2)
  })
})

describe('too many to tell apart', () => {
  /** Spread evenly over the wire. */
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      departUs: (-i * 999) / count,
      arriveUs: 1000 - (i * 999) / count,
    }))

  test('more than 250 on a wire become a streak along it', () => {
    const target = createTarget(200, 100, 1)
    expect(paint(target, many(250), 1)).toMatchObject({ drawn: 250, streaked: 0 })
    expect(paint(target, many(251), 1)).toMatchObject({ drawn: 0, streaked: 251 })
    const { y } = centreOf(target)
    expect(Math.abs(y - 50)).toBeLessThanOrEqual(0.5)
  })

  test('a streak widens with the logarithm of the count, and costs no more', () => {
    const painted = [300, 30_000].map((count) => {
      const target = createTarget(200, 100, 1)
      paint(target, many(count), 1)
      const column = Array.from({ length: 100 }, (_, y) => target.pixels[y * 200 + 100])
      return { width: column.filter((pixel) => pixel !== 0).length, boxes: target.written.count }
    })
    expect(painted[0].width).toBeLessThan(painted[1].width)
    expect(painted[1].width).toBeLessThanOrEqual(18)
    expect(painted[1].boxes).toBeLessThanOrEqual(painted[0].boxes)
  })

  test('hops that the frame had no room for make their wire a streak', () => {
    const target = createTarget(200, 100, 1)
    const style = createHopStyle('dark', 1, target)
    const hops = fakeHops([{ departUs: 0 }, { wire: 1 }], [4000, 0])
    const routes = [across, straight(20, 80, 180, 80)]
    const stats = paintHops(target, hops, routes, 500, HERE, style)
    expect(stats).toMatchObject({ drawn: 1, streaked: 4001 })
  })
})
