import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyScenario, type Scenario } from '../scenario/scenario.ts'
import { gallery } from '../lessons/gallery.ts'
import {
  RIGHT,
  bestOrientation,
  downwards,
  gridOn,
  rectInDocument,
  rectOnCanvas,
  toCanvas,
  toDocument,
} from './orientation.ts'
import { sizeOfKind } from './partSize.ts'
import { GRID } from './selection.ts'

const PHONE = { width: 390, height: 506 }

/** A producer, a queue right of it with a dead-letter queue below, and a fleet right of both. */
const drawn: Scenario = {
  ...emptyScenario(),
  nodes: [
    { id: 'n1', kind: 'producer', name: 'checkout', x: 60, y: 60, config: {} },
    { id: 'n2', kind: 'sqs', name: 'orders', x: 340, y: 60, config: {} },
    { id: 'n3', kind: 'sqs', name: 'orders-dlq', x: 340, y: 260, config: {} },
    { id: 'n4', kind: 'consumer', name: 'workers', x: 720, y: 60, config: {} },
  ],
}

describe('a design from top to bottom', () => {
  it('has below what is right in the document, and right what is below', () => {
    const [producer, queue, dead, fleet] = drawn.nodes.map((node) =>
      toCanvas(downwards(drawn), node),
    )
    expect(queue.y).toBeGreaterThan(producer.y)
    expect(fleet.y).toBeGreaterThan(queue.y)
    expect([producer.x, fleet.x]).toEqual([queue.x, queue.x])
    expect(dead.x).toBeGreaterThan(queue.x)
    expect(dead.y).toBe(queue.y)
  })

  it('overlaps nowhere in the gallery, with room for the labels of wires', () => {
    for (const { title, scenario } of gallery) {
      const down = downwards(scenario)
      for (const a of scenario.nodes) {
        for (const b of scenario.nodes) {
          if (a === b) continue
          const [one, other] = [toCanvas(down, a), toCanvas(down, b)]
          const [size, otherSize] = [sizeOfKind(a.kind), sizeOfKind(b.kind)]
          const gap = Math.max(
            other.x - one.x - size.width,
            one.x - other.x - otherSize.width,
            other.y - one.y - size.height,
            one.y - other.y - otherSize.height,
          )
          expect(gap, `${title}: ${a.name}, ${b.name}`).toBeGreaterThan(20)
        }
      }
    }
  })

  it('is chosen where its cards are larger: on a phone, not on a wide screen, nor for a tall design', () => {
    expect(bestOrientation(drawn, PHONE).isDown).toBe(true)
    expect(bestOrientation(drawn, { width: 1440, height: 600 })).toBe(RIGHT)
    const tall = {
      ...drawn,
      nodes: drawn.nodes.map((node, n) => ({ ...node, x: 0, y: n * 200 })),
    }
    expect(bestOrientation(tall, PHONE)).toBe(RIGHT)
    expect(bestOrientation(emptyScenario(), PHONE).isDown).toBe(true)
  })

  it('gives back the place in the document, and the grid is the same', () => {
    const steps = fc.integer({ min: -200, max: 200 })
    fc.assert(
      fc.property(steps, steps, (across, along) => {
        const down = downwards(drawn)
        const place = { x: along * GRID, y: across * GRID }
        const [stepX, stepY] = gridOn(down)
        const onCanvas = toCanvas(down, place)
        expect(toDocument(down, onCanvas)).toEqual(place)
        expect(onCanvas.x / stepX).toBeCloseTo(across, 9)
        expect(onCanvas.y / stepY).toBeCloseTo(along, 9)
      }),
    )
  })

  it('shows what a link shows', () => {
    const down = downwards(drawn)
    const area = { x: 100, y: 40, width: 600, height: 300 }
    const back = rectInDocument(down, rectOnCanvas(down, area))
    expect(back).toEqual(area)
    expect(rectOnCanvas(RIGHT, area)).toBe(area)
  })
})
