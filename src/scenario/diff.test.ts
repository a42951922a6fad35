import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyCommand, type Command } from './commands.ts'
import { applyDiff, diffScenarios } from './diff.ts'
import { everything, shop } from './fixtures.ts'
import { parse } from './parse.ts'
import type { Scenario } from './scenario.ts'

const edited = (...commands: Command[]) => commands.reduce(applyCommand, shop)

describe('a diff', () => {
  test('is null between equal documents', () => {
    expect(diffScenarios(shop, shop)).toBeNull()
    expect(diffScenarios(shop, structuredClone(shop))).toBeNull()
    expect(diffScenarios(shop, { ...shop, nodes: shop.nodes.toReversed() })).toBeNull()
  })
  test('holds what changed, whole, and nothing else', () => {
    const next = edited(
      { type: 'configureNode', node: 'n5', config: { DelaySeconds: 9 } },
      { type: 'removeParts', wires: ['w1'] },
      { type: 'connect', from: 'n1', to: 'n6' },
      { type: 'setTitle', title: 'New' },
    )
    expect(diffScenarios(shop, next)).toEqual({
      nodes: { n5: next.nodes[4] },
      wires: { w1: null, w26: next.wires[24] },
      title: 'New',
    })
  })
  test('has settings only when they differ', () => {
    const next = edited({ type: 'setSettings', settings: { limits: 'exam' } })
    expect(diffScenarios(shop, next)).toEqual({ nodes: {}, wires: {}, settings: next.settings })
  })
  test('of another seed alone is null: that is another run', () => {
    expect(diffScenarios(shop, { ...shop, seed: 2 })).toBeNull()
  })
})

describe('applying a diff', () => {
  test('parts that stay keep their place, new ones follow', () => {
    const next = edited(
      { type: 'removeParts', nodes: ['n2'] },
      { type: 'addNode', kind: 'sqs', name: 'extra', x: 0, y: 0 },
    )
    expect(applyDiff(shop, diffScenarios(shop, next)!)).toEqual(next)
  })
  test('leaves untouched lists as they are', () => {
    const diff = diffScenarios(shop, edited({ type: 'setTitle', title: 'New' }))!
    expect(applyDiff(shop, diff).nodes).toBe(shop.nodes)
    expect(applyDiff(shop, diff).wires).toBe(shop.wires)
  })
  test('an empty title and description are changes too', () => {
    const next = edited(
      { type: 'setTitle', title: '' },
      { type: 'setDescription', description: '' },
    )
    expect(applyDiff(shop, diffScenarios(shop, next)!)).toEqual(next)
  })
})

/** Edits of all sorts; what they point at may or may not be there. */
const node = fc.integer({ min: 1, max: 25 }).map((n) => `n${n}`)
const nodes = fc.array(node, { maxLength: 5 })
const config = fc.dictionary(
  fc.constantFrom('DelaySeconds', 'times', 'odd key'),
  fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.array(fc.boolean())),
)
const wire = fc.integer({ min: 1, max: 30 }).map((n) => `w${n}`)
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    type: fc.constant('addNode' as const),
    kind: fc.constantFrom('sqs', 'hologram'),
    name: fc.constantFrom('orders', 'x', ''),
    x: fc.integer(),
    y: fc.double(),
    config,
  }),
  fc.record({
    type: fc.constant('moveNodes' as const),
    nodes,
    dx: fc.integer(),
    dy: fc.double(),
  }),
  fc.record({
    type: fc.constant('renameNode' as const),
    node,
    name: fc.constantFrom('orders', 'new', ''),
  }),
  fc.record({ type: fc.constant('configureNode' as const), node, config }),
  fc.record({ type: fc.constant('configureWire' as const), wire, config }),
  fc.record({ type: fc.constant('removeParts' as const), nodes, wires: fc.array(wire) }),
  fc.record({ type: fc.constant('connect' as const), from: node, to: node, config }),
  fc.record({
    type: fc.constant('paste' as const),
    parts: fc.constant(everything.scenario),
    dx: fc.integer(),
    dy: fc.integer(),
  }),
  fc.record({ type: fc.constant('setTitle' as const), title: fc.string() }),
  fc.record({
    type: fc.constant('setSettings' as const),
    settings: fc.record({ limits: fc.constantFrom('today' as const, 'exam' as const) }),
  }),
)

const sorted = (scenario: Scenario): Scenario => ({
  ...scenario,
  nodes: scenario.nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  wires: scenario.wires.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
})

describe('whatever the edits', () => {
  test('the document stays one that opens as it is', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const scenario = commands.reduce(applyCommand, shop)
        expect(parse(scenario)).toEqual({ ok: true, document: { scenario, interventions: [] } })
      }),
      { seed: 1, numRuns: 300 },
    )
  })
  test('the diff leads from one document to the other, and back', () => {
    fc.assert(
      fc.property(fc.array(command), fc.array(command), (first, second) => {
        const a = first.reduce(applyCommand, shop)
        const b = second.reduce(applyCommand, a)
        for (const [from, to] of [
          [a, b],
          [b, a],
        ]) {
          const diff = diffScenarios(from, to)
          expect(sorted(diff ? applyDiff(from, diff) : from)).toEqual(sorted(to))
        }
      }),
      { seed: 2, numRuns: 300 },
    )
  })
})
