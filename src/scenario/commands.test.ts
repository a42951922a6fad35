import { describe, expect, test } from 'vitest'
import { MAX_NODES } from './caps.ts'
import { applyCommand, copyParts, type Command } from './commands.ts'
import { everything, shop } from './fixtures.ts'
import { nextNodeId, nextWireId, uniqueName } from './names.ts'
import { parse } from './parse.ts'
import { emptyScenario, type Config, type Scenario } from './scenario.ts'

const after = (commands: readonly Command[], scenario: Scenario = emptyScenario()) =>
  commands.reduce(applyCommand, scenario)

const queue = (name: string, x = 0, y = 0): Command => ({
  type: 'addNode',
  kind: 'sqs',
  name,
  x,
  y,
})
const connect = (from: string, to: string): Command => ({ type: 'connect', from, to })

const two = after([queue('a'), queue('b', 100, 50), connect('n1', 'n2')])

describe('adding', () => {
  test('a node: fresh id, unique name, whole place, settings without gaps', () => {
    const command: Command = {
      type: 'addNode',
      kind: 'sqs',
      name: ' orders ',
      x: 10.4,
      y: -0.4,
      config: { DelaySeconds: 3, gone: null, missing: undefined },
    }
    expect(after([command, command]).nodes).toEqual([
      { id: 'n1', kind: 'sqs', name: 'orders', x: 10, y: 0, config: { DelaySeconds: 3 } },
      { id: 'n2', kind: 'sqs', name: 'orders-2', x: 10, y: 0, config: { DelaySeconds: 3 } },
    ])
  })
  test('a node without a name is called by its kind', () => {
    expect(after([queue('  ')]).nodes[0].name).toBe('sqs')
  })
  test('a wire', () => {
    expect(two.wires).toEqual([{ id: 'w1', from: 'n1', to: 'n2', config: {} }])
    expect(after([connect('n2', 'n1')], two).wires[1]).toMatchObject({ id: 'w2', from: 'n2' })
  })
  test('nothing beyond what a document may hold', () => {
    const full = {
      ...two,
      nodes: Array.from({ length: MAX_NODES }, (_, i) => ({ ...two.nodes[0], id: `m${i}` })),
    }
    expect(applyCommand(full, queue('one more'))).toBe(full)
    expect(applyCommand(full, { type: 'paste', parts: two, dx: 0, dy: 0 })).toBe(full)
  })
})

describe('ids and names', () => {
  test('are free, and depend on the document alone', () => {
    expect(nextNodeId(emptyScenario())).toBe('n1')
    const [first, second, third] = after([queue('a'), queue('b'), queue('c')]).nodes
    expect(nextNodeId({ nodes: [second, third] })).toBe('n4')
    expect(nextNodeId({ nodes: [first, second] })).toBe('n3')
    expect(nextWireId(two)).toBe('w2')
  })
  test.each([
    [[], 'orders', 'orders'],
    [['orders'], 'orders', 'orders-2'],
    [['orders', 'orders-2'], 'orders', 'orders-3'],
    [['orders', 'orders-2'], 'orders-2', 'orders-3'],
    [['orders.fifo'], 'orders.fifo', 'orders-2.fifo'],
    [['a'.repeat(80)], 'a'.repeat(80), `${'a'.repeat(61)}-2`],
  ])('beside %j, %j becomes %j', (taken, wanted, name) => {
    expect(uniqueName(taken, wanted)).toBe(name)
  })
})

const renamed = (name: string) =>
  applyCommand(two, { type: 'renameNode', node: 'n2', name }).nodes[1].name
const configured = (scenario: Scenario, config: Config) =>
  applyCommand(scenario, { type: 'configureNode', node: 'n1', config })

describe('changing', () => {
  test('moving by a distance, and to places', () => {
    const moved = applyCommand(two, { type: 'moveNodes', nodes: ['n2'], dx: -10, dy: 5 })
    expect(moved.nodes.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [90, 55],
    ])
    expect(moved.nodes[0]).toBe(two.nodes[0])
    const positions = { n1: { x: 7.6, y: 1e12 }, gone: { x: 0, y: 0 } }
    const arranged = applyCommand(two, { type: 'arrange', positions })
    expect(arranged.nodes[0]).toMatchObject({ x: 8, y: 1_000_000 })
  })
  test('renaming keeps names unique', () => {
    expect([' c ', 'a', 'b', ''].map(renamed)).toEqual(['c', 'a-2', 'b', 'b'])
  })
  test('settings merge; null and undefined reset one', () => {
    const set1 = configured(two, { DelaySeconds: 5, servers: 2 })
    expect(set1.nodes[0].config).toEqual({ DelaySeconds: 5, servers: 2 })
    expect(configured(set1, { servers: null }).nodes[0].config).toEqual({ DelaySeconds: 5 })
    expect(configured(set1, { DelaySeconds: undefined, servers: 3 }).nodes[0].config).toEqual({
      servers: 3,
    })
    const wired = applyCommand(two, {
      type: 'configureWire',
      wire: 'w1',
      config: { maxReceiveCount: 4 },
    })
    expect(wired.wires[0].config).toEqual({ maxReceiveCount: 4 })
  })
  test('removing a node takes its wires along', () => {
    expect(applyCommand(two, { type: 'removeParts', nodes: ['n2'] })).toMatchObject({
      nodes: [{ id: 'n1' }],
      wires: [],
    })
    expect(applyCommand(two, { type: 'removeParts', wires: ['w1'] })).toMatchObject({
      nodes: [{ id: 'n1' }, { id: 'n2' }],
      wires: [],
    })
  })
  test('title, description, seed, settings, and all at once', () => {
    const changed = after(
      [
        { type: 'setTitle', title: 'T' },
        { type: 'setDescription', description: 'D' },
        { type: 'setSeed', seed: 7 },
        { type: 'setSettings', settings: { limits: 'exam' } },
      ],
      two,
    )
    expect(changed).toEqual({
      ...two,
      title: 'T',
      description: 'D',
      seed: 7,
      settings: { network: 'stretched', limits: 'exam' },
    })
    expect(applyCommand(two, { type: 'replace', scenario: shop })).toBe(shop)
  })
})

describe('copy and paste', () => {
  test('the wires between the chosen nodes come along, others do not', () => {
    const copied = copyParts(shop, ['n5', 'n13', 'n11'])
    expect(copied.wires.map((wire) => wire.id)).toEqual(['w5', 'w15'])
    expect(parse(copied).ok).toBe(true)
  })
  test('copies have fresh ids and names, and stand beside the originals', () => {
    const pasted = applyCommand(two, {
      type: 'paste',
      parts: copyParts(two, ['n1', 'n2']),
      dx: 24,
      dy: 24,
    })
    expect(pasted.nodes.slice(2)).toEqual([
      { ...two.nodes[0], id: 'n3', name: 'a-2', x: 24, y: 24 },
      { ...two.nodes[1], id: 'n4', name: 'b-2', x: 124, y: 74 },
    ])
    expect(pasted.wires.slice(1)).toEqual([{ id: 'w2', from: 'n3', to: 'n4', config: {} }])
  })
  test('a design can be pasted into another, with parts of unknown kinds', () => {
    const pasted = applyCommand(shop, { type: 'paste', parts: everything.scenario, dx: 0, dy: 0 })
    expect(pasted.nodes).toHaveLength(23)
    expect(pasted.nodes[22]).toMatchObject({ kind: 'hologram', name: 'from the future' })
    expect(parse(pasted).ok).toBe(true)
  })
})

test.each<Command>([
  { type: 'moveNodes', nodes: ['n1'], dx: 0.2, dy: 0 },
  { type: 'moveNodes', nodes: ['gone'], dx: 5, dy: 5 },
  { type: 'arrange', positions: { n2: { x: 100, y: 50 } } },
  { type: 'renameNode', node: 'n1', name: 'a' },
  { type: 'renameNode', node: 'gone', name: 'c' },
  { type: 'configureNode', node: 'n1', config: { DelaySeconds: undefined } },
  { type: 'configureNode', node: 'gone', config: { DelaySeconds: 1 } },
  { type: 'configureWire', wire: 'w1', config: {} },
  { type: 'removeParts', nodes: ['gone'], wires: ['gone'] },
  { type: 'removeParts' },
  { type: 'connect', from: 'n1', to: 'n2' },
  { type: 'connect', from: 'n1', to: 'n1' },
  { type: 'connect', from: 'n1', to: 'gone' },
  { type: 'paste', parts: emptyScenario(), dx: 1, dy: 1 },
  { type: 'setTitle', title: 'Untitled' },
  { type: 'setDescription', description: '' },
  { type: 'setSeed', seed: 1 },
  { type: 'setSeed', seed: -1 },
  { type: 'setSeed', seed: 1.5 },
  { type: 'setSettings', settings: { network: 'stretched' } },
  { type: 'replace', scenario: structuredClone(two) },
])('what changes nothing gives the same object: %j', (command) => {
  expect(applyCommand(two, command)).toBe(two)
})
