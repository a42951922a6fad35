import { describe, expect, it } from 'vitest'
import { applyCommand } from '../scenario/commands.ts'
import { emptyScenario } from '../scenario/scenario.ts'
import { schemas } from '../services/schemas.ts'
import type { Placeable } from './paletteDrag.ts'
import { addCommand, freePlace, placeAtEnd } from './placing.ts'
import { addedParts, duplicateCommand, selectNode, stillThere } from './selection.ts'

const schema = schemas.get('sqs')!
const dlq: Placeable = { kind: 'sqs', preset: schema.presets.find(({ id }) => id === 'dlq')! }
const { width, height } = schema.size

describe('placing a part', () => {
  it('puts its middle at the point, on the grid, with the preset’s name and settings', () => {
    expect(addCommand(dlq, { x: 333, y: 207 })).toEqual({
      type: 'addNode',
      kind: 'sqs',
      name: 'orders-dlq',
      x: 200,
      y: 140,
      config: { MessageRetentionPeriod: 1_209_600 },
    })
  })

  it('looks for room below when something stands there', () => {
    const taken = applyCommand(emptyScenario(), addCommand(dlq, { x: 200, y: 200 }))
    const free = freePlace(taken, 'sqs', { x: 200, y: 200 })
    expect(free.x).toBe(200)
    expect(free.y - 200).toBeGreaterThanOrEqual(height)
    expect(freePlace(taken, 'sqs', { x: 2000, y: 200 })).toEqual({ x: 2000, y: 200 })
  })

  it('adds to the right of everything from the outline', () => {
    const one = applyCommand(emptyScenario(), addCommand(dlq, placeAtEnd(emptyScenario(), 'sqs')))
    expect(one.nodes[0]).toMatchObject({ x: 0, y: expect.any(Number) })
    const place = placeAtEnd(one, 'sqs')
    expect(place.x - width / 2).toBeGreaterThan(one.nodes[0].x + width)
  })
})

describe('selections', () => {
  it('follow a duplicate, and forget parts that are gone', () => {
    const one = applyCommand(emptyScenario(), addCommand(dlq, { x: 200, y: 200 }))
    const original = selectNode(one.nodes[0].id)
    const two = applyCommand(one, duplicateCommand(one, original))
    const added = addedParts(one, two)
    expect(added.nodes).toEqual([two.nodes[1].id])
    expect(two.nodes[1].name).toBe('orders-dlq-2')
    expect(stillThere(added, one)).toEqual({ nodes: [], wires: [] })
    expect(stillThere(original, two)).toBe(original)
  })
})
