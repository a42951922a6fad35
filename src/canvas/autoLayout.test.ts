import { describe, expect, it } from 'vitest'
import { applyCommand } from '../scenario/commands.ts'
import { emptyScenario } from '../scenario/scenario.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { autoLayout } from './autoLayout.ts'
import { shop } from './fixtures.ts'
import { sizeOfKind } from './partSize.ts'
import { GRID } from './selection.ts'

const places = autoLayout(shop)

/** Two queues of one producer, each with a dead-letter queue that needs room above the other. */
function twoQueues(): Scenario {
  const add = (scenario: Scenario, kind: string) =>
    applyCommand(scenario, { type: 'addNode', kind, name: kind, x: 0, y: 0 })
  const parts = ['producer', 'sqs', 'sqs', 'sqs', 'sqs'].reduce(add, emptyScenario())
  const [producer, one, two, oneFailed, twoFailed] = parts.nodes.map((node) => node.id)
  const ends = [
    [producer, one],
    [producer, two],
    [one, oneFailed],
    [two, twoFailed],
  ]
  return ends.reduce(
    (scenario, [from, to]) => applyCommand(scenario, { type: 'connect', from, to }),
    parts,
  )
}

describe('automatic layout', () => {
  it('places every part on the grid, the same way each time', () => {
    expect(Object.keys(places).sort()).toEqual(shop.nodes.map((node) => node.id).sort())
    for (const { x, y } of Object.values(places)) expect([x % GRID, y % GRID]).toEqual([0, 0])
    expect(autoLayout(shop)).toEqual(places)
  })

  it('lets messages flow from left to right', () => {
    expect(places.checkout.x).toBeLessThan(places.orders.x)
    expect(places.orders.x).toBeLessThan(places.workers.x)
    expect(places.workers.x).toBeLessThan(places.results.x)
  })

  it('hangs a dead-letter queue below its queue, with room for the wire', () => {
    expect(places.failed.x).toBe(places.orders.x)
    const { height } = sizeOfKind('sqs')
    expect(places.failed.y - places.orders.y).toBeGreaterThanOrEqual(height + 3 * GRID)
  })

  it('lets no two cards overlap', () => {
    const two = twoQueues()
    const layout = autoLayout(two)
    const boxes = two.nodes.map((node) => ({
      ...layout[node.id],
      ...sizeOfKind(node.kind),
    }))
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) {
        const apart =
          a.x + a.width <= b.x ||
          b.x + b.width <= a.x ||
          a.y + a.height <= b.y ||
          b.y + b.height <= a.y
        expect(apart).toBe(true)
      }
    })
  })

  it('bears dead-letter queues in a ring, and an empty document', () => {
    const ring = {
      ...shop,
      wires: [...shop.wires, { id: 'back', from: 'failed', to: 'orders', config: {} }],
    }
    expect(Object.keys(autoLayout(ring))).toHaveLength(shop.nodes.length)
    expect(autoLayout(emptyScenario())).toEqual({})
  })
})
