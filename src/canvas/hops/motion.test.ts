import { describe, expect, test } from 'vitest'
import { HOP_LOOK } from '../../worker/protocol.ts'
import { fakeHops, straight } from './hops.fake.ts'
import { hitTestHop, hopPosition } from './motion.ts'
import { lengthOf, pointAt, sampleRoute } from './route.ts'
import { createRouteBook } from './routeBook.ts'

const across = straight(0, 10, 100, 10)

describe('hitTestHop', () => {
  const hops = fakeHops([
    { departUs: 0, arriveUs: 1000 },
    { departUs: 0, arriveUs: 1000, look: HOP_LOOK.refused },
    { departUs: 0, arriveUs: 1000 },
    { departUs: 900, arriveUs: 1900 },
    { departUs: 0, arriveUs: 1000, wire: 1 },
  ])

  test('finds the nearest travelling message within the radius', () => {
    expect(hitTestHop(hops, [across, null], 200, { x: 79, y: 12 }, 8)).toBe(1)
    expect(hitTestHop(hops, [across, null], 200, { x: 50, y: 10 }, 8)).toBe(-1)
    expect(hitTestHop(hops, [across, null], 200, { x: 20, y: 19 }, 8)).toBe(-1)
  })

  test('of several at one place it is the one on top', () => {
    expect(hitTestHop(hops, [across, null], 200, { x: 20, y: 10 }, 8)).toBe(2)
  })

  test('a message that has not left, or whose wire is not drawn, cannot be hit', () => {
    expect(hitTestHop(hops, [across, null], 200, { x: 0, y: 10 }, 8)).toBe(-1)
    expect(hopPosition(hops, [across, null], 3, 200)).toBeNull()
    expect(hopPosition(hops, [across, null], 4, 200)).toBeNull()
    expect(hopPosition(hops, [across, across], 4, 200)).toEqual({ x: 20, y: 10 })
  })
})

describe('routes', () => {
  /** A path 100 long: 60 to the right, then 40 down. */
  const bent = {
    getTotalLength: () => 100,
    getPointAtLength: (at: number) => new Place(Math.min(at, 60), Math.max(0, at - 60)),
  }
  class Place implements DOMPoint {
    readonly z = 0
    readonly w = 1
    constructor(
      readonly x: number,
      readonly y: number,
    ) {}
    matrixTransform = () => this
    toJSON = () => ({ x: this.x, y: this.y })
  }

  test('are sampled at equal distances, both ends included', () => {
    const { points, count } = sampleRoute(bent, 6)
    expect(count).toBe(6)
    expect([...points]).toEqual([0, 0, 20, 0, 40, 0, 60, 0, 60, 20, 60, 40])
  })

  test('are walked at a constant pace', () => {
    const route = sampleRoute(bent, 6)
    const place = { x: 0, y: 0 }
    const at = [0, 0.3, 0.7, 1].map((share) => {
      pointAt(route, share, place)
      return [Math.round(place.x), Math.round(place.y)]
    })
    expect(at).toEqual([
      [0, 0],
      [30, 0],
      [60, 10],
      [60, 40],
    ])
    expect(lengthOf(route)).toBeCloseTo(100)
  })

  test('the book lists them in the order of the engine, sampling each path once', () => {
    const sampled: string[] = []
    const book = createRouteBook((path) => {
      sampled.push(path)
      return across
    })
    book.order(['b', 'a', 'gone'])
    book.set('a', 'M a')
    book.set('b', 'M b')
    expect(book.routes()).toEqual([across, across, null])
    const { version } = book
    book.set('a', 'M a')
    expect(book.version).toBe(version)
    book.set('a', 'M moved')
    expect(book.version).toBeGreaterThan(version)
    book.routes()
    book.set('b', null)
    expect(book.routes()).toEqual([null, across, null])
    expect(sampled).toEqual(['M b', 'M a', 'M moved'])
  })
})
