import { describe, expect, test } from 'vitest'
import { MAX_NODES } from './caps.ts'
import { everything, shop } from './fixtures.ts'
import { parse, parseText, type Opened } from './parse.ts'
import { DEFAULT_SETTINGS, emptyScenario, type Scenario } from './scenario.ts'
import { writeText } from './write.ts'

const node = (id: string, more: object = {}) => ({
  id,
  kind: 'sqs',
  name: id,
  x: 0,
  y: 0,
  config: {},
  ...more,
})
const wire = (id: string, from: string, to: string, more: object = {}) => ({
  id,
  from,
  to,
  config: {},
  ...more,
})
const scenarioOf = (more: object) => ({ ...emptyScenario(), ...more })

function documentOf(opened: Opened) {
  if (!opened.ok) throw new Error(`${opened.problem.title}: ${opened.problem.detail}`)
  return opened.document
}
function detailOf(opened: Opened): string {
  if (opened.ok) throw new Error('it opened')
  return opened.problem.detail
}
function titleOf(opened: Opened): string {
  if (opened.ok) throw new Error('it opened')
  return opened.problem.title
}

describe('what opens', () => {
  test('a bare scenario', () => {
    expect(documentOf(parse(shop))).toEqual({ scenario: shop, interventions: [] })
  })
  test('a file, as it was written', () => {
    expect(documentOf(parseText(writeText(everything)))).toEqual(everything)
  })
  test('a part of an unknown kind keeps its settings, however deep', () => {
    const { nodes } = documentOf(parseText(writeText(everything))).scenario
    expect(nodes[2]).toEqual(everything.scenario.nodes[2])
  })
  test('what has a default may be missing', () => {
    const [{ id, kind, name, x, y }] = shop.nodes
    const bare = { format: 1, nodes: [{ id, kind, name, x, y }], wires: [] }
    expect(documentOf(parse(bare)).scenario).toEqual({
      ...emptyScenario(),
      settings: DEFAULT_SETTINGS,
      nodes: [{ id, kind, name, x, y, config: {} }],
    })
  })
  test('unknown keys beside the known ones are dropped', () => {
    expect(documentOf(parse({ ...shop, later: 1 })).scenario).toEqual(shop)
  })
  test('coordinates become whole, without a negative zero', () => {
    const opened = documentOf(parse(scenarioOf({ nodes: [node('a', { x: 1.5, y: -0.2 })] })))
    expect(opened.scenario.nodes[0]).toMatchObject({ x: 2 })
    expect(Object.is(opened.scenario.nodes[0].y, 0)).toBe(true)
  })
  test('the result shares nothing with what came in', () => {
    const config = { list: [1] }
    const opened = documentOf(parse(scenarioOf({ nodes: [node('a', { config })] })))
    config.list.push(2)
    expect(opened.scenario.nodes[0].config).toEqual({ list: [1] })
  })
})

describe('what is not ours says so', () => {
  test.each(['', 'hello', '{"switchyard":1,', '\u0000'])('not JSON: %j', (text) => {
    expect(titleOf(parseText(text))).toBe('Not a Switchyard document')
    expect(detailOf(parseText(text))).toContain('not JSON')
  })
  test.each([
    ['null', null],
    ['a number', 7],
    ['a list', [shop]],
    ['an object', {}],
    ['a CloudFormation template', { AWSTemplateFormatVersion: '2010-09-09', Resources: {} }],
    ['another tool’s format', { format: 1, layers: [] }],
    ['a scenario without a number', { ...shop, format: 'one' }],
    ['an envelope around nothing', { switchyard: 1 }],
    ['an envelope with an odd number', { switchyard: 'yes', scenario: shop }],
  ])('%s', (_, value) => {
    expect(titleOf(parse(value))).toBe('Not a Switchyard document')
    expect(detailOf(parse(value))).toContain('not a design')
  })
  test.each([
    ['format', { ...shop, format: 2 }],
    ['file', { switchyard: 2, scenario: shop }],
    ['file, arranged otherwise', { switchyard: 2, pages: [] }],
  ])('a newer %s', (_, value) => {
    expect(titleOf(parse(value))).toBe('Made by a newer version of Switchyard')
  })
})

const withInterventions = (...interventions: unknown[]) =>
  parse({ switchyard: 1, scenario: scenarioOf({ nodes: [node('a')] }), interventions })
const edit = (diff: object, atUs = 2_000_000) => ({
  atUs,
  type: 'edit',
  diff: { nodes: {}, wires: {}, ...diff },
})

describe('what is damaged is named', () => {
  test.each<[string, object, string]>([
    ['a part twice', { nodes: [node('a'), node('a')] }, 'The part with the id “a” occurs twice.'],
    [
      'a name twice',
      { nodes: [node('a', { name: 'x' }), node('b', { name: 'x' })] },
      'Two parts are called “x”.',
    ],
    [
      'a wire twice',
      { nodes: [node('a'), node('b')], wires: [wire('w', 'a', 'b'), wire('w', 'b', 'a')] },
      'The wire with the id “w” occurs twice.',
    ],
    [
      'a wire to nowhere',
      { nodes: [node('a')], wires: [wire('w1', 'a', 'gone')] },
      'The wire “w1” leads to “gone”, a part that is not there.',
    ],
    [
      'a missing name',
      { nodes: [node('a'), node('b', { name: undefined })] },
      'Part 2, name: should be text',
    ],
    ['an empty name', { nodes: [node('a', { name: '' })] }, 'should not be empty'],
    ['a far place', { nodes: [node('a', { x: 1e9 })] }, 'Part 1 (“a”), x: lies further out'],
    ['a place that is text', { nodes: [node('a', { y: '3' })] }, 'Part 1 (“a”), y: should be'],
    ['a config that is a list', { nodes: [node('a', { config: [] })] }, 'config: should be'],
    ['an odd id', { nodes: [node('a b')] }, 'id: may contain only letters'],
    ['an id that every object has', { nodes: [node('toString')] }, 'id: is a word that cannot'],
    ['a long title', { title: 'x'.repeat(201) }, 'Title: is longer than 200 characters'],
    ['a seed too large', { seed: 2 ** 32 }, 'Seed: should be a whole number'],
    ['a fraction as seed', { seed: 1.5 }, 'Seed: should be a whole number'],
    ['an unknown network', { settings: { network: 'carrier pigeon' } }, 'is a choice this version'],
    ['no wires', { wires: undefined }, 'Wires: should be a list'],
  ])('%s', (_, broken, detail) => {
    const opened = parse(scenarioOf(broken))
    expect(titleOf(opened)).toBe('The document is damaged')
    expect(detailOf(opened)).toContain(detail)
  })

  test('interventions of unknown types, out of order, before the start', () => {
    expect(detailOf(withInterventions({ atUs: 1, type: 'wish' }))).toContain('Intervention 1')
    expect(detailOf(withInterventions(edit({}, 2), edit({}, 1)))).toContain('in order of time')
    expect(detailOf(withInterventions(edit({}, -1)))).toContain('atUs: should be a whole number')
  })
  test('recorded edits are followed: none may leave the design broken', () => {
    const add = edit({ nodes: { b: node('b') }, wires: { w: wire('w', 'a', 'b') } })
    expect(withInterventions(add, edit({ nodes: { b: null }, wires: { w: null } })).ok).toBe(true)
    expect(detailOf(withInterventions(add, edit({ nodes: { b: null } })))).toBe(
      'In the edit at 2 s: The wire “w” leads to “b”, a part that is not there.',
    )
    expect(detailOf(withInterventions(edit({ wires: { w: wire('w', 'a', 'b') } })))).toContain(
      '“b”',
    )
    expect(detailOf(withInterventions(edit({ nodes: { b: node('c') } })))).toContain('another id')
    expect(detailOf(withInterventions(edit({ nodes: { b: node('b', { name: 'a' }) } })))).toContain(
      'Two parts are called “a”',
    )
  })
  test('an edit may swap names', () => {
    const swap = edit({
      nodes: { a: node('a', { name: 'b' }), b: node('b', { name: 'a' }) },
    })
    expect(withInterventions(edit({ nodes: { b: node('b') } }), swap).ok).toBe(true)
  })
})

describe('hostile documents', () => {
  test.each(['__proto__', 'constructor', 'prototype'])('the key %s is refused anywhere', (key) => {
    const poison = JSON.parse(`{"${key}":{"polluted":true}}`) as object
    for (const hostile of [
      poison,
      { ...poison, ...shop },
      scenarioOf({ nodes: [node('a', { config: { deep: [poison] } })] }),
      JSON.parse(`{"format":1,"nodes":[],"wires":[],"${key}":{"polluted":true}}`),
    ]) {
      expect(detailOf(parse(hostile))).toBe(`It contains the forbidden key “${key}”.`)
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
  test('too many parts, at once or by edits', () => {
    const nodes = Array.from({ length: MAX_NODES }, (_, i) => node(`a${i}`))
    const full = scenarioOf({ nodes })
    expect(parse(full).ok).toBe(true)
    expect(detailOf(parse(scenarioOf({ nodes: [...nodes, node('b')] })))).toContain('more than 500')
    const interventions = [{ atUs: 1, type: 'edit', diff: { nodes: { b: node('b') }, wires: {} } }]
    expect(detailOf(parse({ switchyard: 1, scenario: full, interventions }))).toContain(
      'more than 500 parts',
    )
  })
  test('numbers that are not finite', () => {
    const text = JSON.stringify(scenarioOf({ nodes: [node('a', { config: { n: 0 } })] }))
    expect(detailOf(parseText(text.replace('"n":0', '"n":1e999')))).toContain('not finite')
  })
  test('nesting without end', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(parseText(deep).ok).toBe(false)
    const text = JSON.stringify(scenarioOf({ nodes: [node('a', { config: { n: 0 } })] }))
    expect(detailOf(parseText(text.replace('"n":0', `"n":${deep}`)))).toContain('too deeply')
  })
  test('large settings, large documents', () => {
    const large = { text: 'x'.repeat(100_001) }
    expect(detailOf(parse(scenarioOf({ nodes: [node('a', { config: large })] })))).toContain(
      'the settings are longer',
    )
    const nodes = Array.from({ length: 30 }, (_, i) =>
      node(`a${i}`, { config: { text: 'ö'.repeat(40_000) } }),
    )
    expect(titleOf(parse(scenarioOf({ nodes })))).toBe('The document is too large')
  })
  test.each([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a function', () => 1],
    ['a big integer', 1n],
  ])('values that are not JSON: %s', (_, value) => {
    expect(detailOf(parse(scenarioOf({ nodes: [node('a', { config: { value } })] })))).toContain(
      'JSON does not have',
    )
  })
  test('a long list of edits to a large design is read', () => {
    const nodes = Array.from({ length: 200 }, (_, i) => node(`a${i}`))
    const wires = nodes.slice(1).map((to, i) => wire(`w${i}`, 'a0', to.id))
    const interventions = Array.from({ length: 10_000 }, (_, i) => ({
      atUs: i,
      type: 'edit',
      diff: { nodes: { a1: node('a1', { x: i }) }, wires: {} },
    }))
    const scenario = scenarioOf({ nodes, wires })
    expect(parse({ switchyard: 1, scenario, interventions }).ok).toBe(true)
  })
})

test('settings are checked by whoever knows the kinds', () => {
  const checks = {
    checkConfig: (kind: string) => (kind === 'sqs' ? ['No good.'] : []),
  }
  const scenario: Scenario = { ...shop, nodes: shop.nodes.slice(0, 4), wires: [] }
  expect(parse(scenario, checks).ok).toBe(true)
  expect(detailOf(parse({ ...shop, wires: [] }, checks))).toBe('“orders”: No good.')
})
