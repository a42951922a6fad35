/** A link never dies: every document and link that a released version has written opens, whole. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DICTIONARY_1 } from '../src/scenario/dictionary.ts'
import { parse, parseText, type Opened } from '../src/scenario/parse.ts'
import { SCENARIO_FORMAT, type SharedDocument } from '../src/scenario/scenario.ts'
import { decodeLink } from '../src/scenario/share.ts'
import { documentChecks } from '../src/services/validate.ts'

const folder = new URL('./formats/', import.meta.url)
const files = readdirSync(folder).sort()

function open(file: string): SharedDocument {
  const text = readFileSync(new URL(file, folder), 'utf8')
  const opened: Opened = file.endsWith('.json')
    ? parseText(text, documentChecks)
    : decodeLink(text.trim(), documentChecks)
  if (!opened.ok) throw new Error(`${opened.problem.title}: ${opened.problem.detail}`)
  return opened.document
}

test.each(files)('%s opens, and as itself again', (file) => {
  const document = open(file)
  expect(document.scenario.format).toBe(SCENARIO_FORMAT)
  expect(parse({ switchyard: 1, ...document }, documentChecks)).toEqual({ ok: true, document })
})

test('there is a file of every format', () => {
  const formats = Array.from({ length: SCENARIO_FORMAT }, (_, i) => `v${i + 1}.json`)
  expect(files).toEqual(expect.arrayContaining(formats))
})

test('nothing of format 1 is lost', () => {
  const { scenario, interventions, momentUs } = open('v1.json')
  expect(scenario).toMatchObject({
    title: 'Format 1: “ü” 🚉',
    seed: 4_294_967_295,
    settings: { network: 'instant', limits: 'exam' },
  })
  expect(scenario.nodes.map((node) => node.id)).toEqual(['n1', 'orders', 'n3', 'n4', 'n5'])
  expect(scenario.nodes[2]).toEqual({
    id: 'n3',
    kind: 'hologram',
    name: 'from the future',
    x: 7,
    y: 8,
    config: { deep: [{ list: [1, 'two', null, true, { three: 3.5 }] }], '': 'odd key' },
  })
  expect(scenario.wires[2]).toEqual({
    id: 'w3',
    from: 'orders',
    to: 'n4',
    config: { maxReceiveCount: 5 },
  })
  expect(interventions.map((one) => [one.atUs, one.type])).toEqual([
    [0, 'action'],
    [1_500_000, 'edit'],
    [1_500_000, 'call'],
  ])
  expect(momentUs).toBe(12_345_678)
})

test('a link of codec 1 holds the same as the file', () => {
  expect(open('v1-codec1.txt')).toEqual(open('v1.json'))
})

test('the dictionary of codec 1 has not changed by a letter', () => {
  expect(createHash('sha256').update(DICTIONARY_1).digest('hex')).toBe(
    '61857465946d05936900dcef8762a1bf668aec03f0e65b8f0d0c6eae915b32f3',
  )
})

test('what a design is compared with is not lost', () => {
  const { reference } = open('v1-reference.json')
  expect(reference?.scenario.title).toBe('The other one')
  expect(reference?.interventions.map(({ type }) => type)).toEqual(['action'])
  expect(open('v1-reference-codec1.txt')).toEqual(open('v1-reference.json'))
})
