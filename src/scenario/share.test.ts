import { deflateRawSync } from 'node:zlib'
import { deflateSync, strToU8 } from 'fflate'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { MAX_DOCUMENT_BYTES, MAX_INTERVENTIONS } from './caps.ts'
import { toCompact } from './compact.ts'
import { DICTIONARY_1 } from './dictionary.ts'
import { everything, shop } from './fixtures.ts'
import { parse } from './parse.ts'
import { emptyScenario, type SharedDocument } from './scenario.ts'
import { isLink } from './isLink.ts'
import { decodeLink, encodeLink } from './share.ts'

const shared: SharedDocument = { scenario: shop, interventions: [] }
const link = encodeLink(everything)

const titleOf = (fragment: string) => {
  const opened = decodeLink(fragment)
  return opened.ok ? 'it opened' : opened.problem.title
}

/** A link with the right checksum around any bytes: what somebody who knows the codec can make. */
function linkOf(deflated: Uint8Array): string {
  let hash = 0x811c9dc5
  for (const byte of deflated) hash = Math.imul(hash ^ byte, 0x01000193)
  const bytes = new Uint8Array(3 + deflated.length)
  bytes.set([hash >>> 16, hash >>> 8, hash ^ (hash >>> 24)])
  bytes.set(deflated, 3)
  return `#s=1.${toBase64Url(bytes)}`
}
const linkOfText = (text: string) =>
  linkOf(deflateSync(strToU8(text), { dictionary: strToU8(DICTIONARY_1) }))

describe('a link', () => {
  test.each<[string, SharedDocument]>([
    ['a shop', shared],
    ['everything the format has', everything],
    ['nothing', { scenario: emptyScenario(), interventions: [] }],
    ['the very start as moment', { ...everything, momentUs: 0 }],
    [
      'what was looked at',
      { ...everything, view: { x: -20, y: 40, width: 900, height: 500, nodes: ['n2'], wires: [] } },
    ],
    ['seed 0', { scenario: { ...shop, seed: 0 }, interventions: [] }],
    ['an empty title', { scenario: { ...shop, title: '' }, interventions: [] }],
  ])('brings back %s', (_, document) => {
    expect(decodeLink(encodeLink(document))).toEqual({ ok: true, document })
  })
  test('is made of letters that survive in any address', () => {
    expect(link).toMatch(/^#s=1\.[A-Za-z0-9_-]+$/)
    expect([isLink(link), isLink(link.slice(1)), isLink('#gallery'), isLink('')]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
  test('opens without its #, and with what a sentence puts behind it', () => {
    for (const text of [link.slice(1), `${link}.`, `${link})`, `${link}&utm_source=mail`]) {
      expect(decodeLink(text).ok).toBe(true)
    }
  })
  test('of 20 parts and 25 wires, configured as people do, has at most 1500 characters', () => {
    expect([shop.nodes.length, shop.wires.length]).toEqual([20, 25])
    expect(encodeLink(shared).length).toBeLessThanOrEqual(1500)
  })
  test('of 20 parts whose words are all new to the dictionary still fits', () => {
    const strange = JSON.stringify(shop).replace(/[A-Za-z]{5,}/g, (word) =>
      [
        'format',
        'title',
        'description',
        'settings',
        'nodes',
        'wires',
        'config',
        'network',
      ].includes(word) || ['realistic', 'limits', 'today'].includes(word)
        ? word
        : [...word].toReversed().join(''),
    )
    const opened = parse(JSON.parse(strange))
    expect(opened.ok && encodeLink(opened.document).length).toBeLessThanOrEqual(1500)
  })
  test('holds as many interventions as a document may', () => {
    const interventions = Array.from({ length: MAX_INTERVENTIONS }, (_, i) => ({
      atUs: i * 1000,
      type: 'action' as const,
      node: `n${(i % 20) + 1}`,
      action: 'sendOne',
      args: {},
    }))
    const document = { scenario: shop, interventions }
    expect(decodeLink(encodeLink(document))).toEqual({ ok: true, document })
  })
  test('has its settings checked like any other document', () => {
    const checks = { checkConfig: () => ['No good.'] }
    expect(decodeLink(link, checks)).toMatchObject({ problem: { detail: '“checkout”: No good.' } })
  })
})

describe('a link that cannot be opened says why', () => {
  test.each([
    '',
    '#',
    '#gallery',
    '#s=',
    '#s=1',
    '#s=1.',
    '#s=.x',
    '#s=x.abc',
    '#s=0.abcd',
    '#t=1.a',
  ])('%j is incomplete', (fragment) => expect(titleOf(fragment)).toBe('The link is incomplete'))
  test('cut anywhere, it is incomplete', () => {
    for (let length = 0; length < link.length; length++) {
      expect(titleOf(link.slice(0, length))).toBe('The link is incomplete')
    }
  })
  test('with any one letter changed, it is incomplete', () => {
    for (let i = 5; i < link.length; i++) {
      const letter = link[i] === 'A' ? 'B' : 'A'
      expect(titleOf(link.slice(0, i) + letter + link.slice(i + 1))).not.toBe('it opened')
    }
  })
  test('a newer codec', () => {
    expect(titleOf('#s=2.abcdef')).toBe('Made by a newer version of Switchyard')
  })
  test('a newer format in a known codec', () => {
    expect(titleOf(linkOfText('[2,1,[],[]]'))).toBe('Made by a newer version of Switchyard')
  })
  test('more letters than any browser keeps', () => {
    expect(titleOf(`#s=1.${'A'.repeat(3_000_000)}`)).toBe('The link is too long')
  })
  test('a bomb is put down early', () => {
    const bomb = linkOf(deflateRawSync(Buffer.alloc(100 * MAX_DOCUMENT_BYTES)))
    expect(bomb.length).toBeLessThan(400_000)
    const start = performance.now()
    expect(titleOf(bomb)).toBe('The link holds too much')
    expect(performance.now() - start).toBeLessThan(400)
  })
  test.each([
    '7',
    'null',
    '{}',
    '[]',
    '[1,1]',
    '[1,1,7,7]',
    '[1,1,[7],[]]',
    '[1,1,[],{}]',
    '[1,1,[[]],[]]',
    '[1,1,[],[[0,0]]]',
    '[1,1,[["sqs","a",0,0]],[[0,1]]]',
    '[1,1,[["sqs","a",0,0]],[["__proto__","length"]]]',
    '[1,1,[["sqs","a",0,0,{"__proto__":{"x":1}}]],[]]',
    '[1,1,[["sqs","a",0,0,null,"__proto__"]],[]]',
    '[1,1,[],[],{"toString":1}]',
    '[1,1,[],[],"t","d",[],7,"soon"]',
    '[1e999,1,[],[]]',
    '["1",1,[],[]]',
    '[0,1,[],[]]',
    '['.repeat(100_000),
  ])('hostile contents %#', (text) => {
    expect(titleOf(linkOfText(text))).not.toBe('it opened')
  })
})

/**
 * Damage of three kinds: to the letters, to the packed bytes under a right checksum, and to the
 * compact JSON inside, which gets furthest in.
 */
const sources = [shared, everything].map((document) => ({
  letters: encodeLink(document),
  bytes: fromBase64Url(encodeLink(document).slice('#s=1.'.length))!.subarray(3),
  json: JSON.stringify(toCompact(document)),
}))
const source = fc.constantFrom(...sources)
const place = fc.double({ min: 0, max: 1, noNaN: true })

function splice(text: string, at: number, cut: number, insert: string): string {
  const index = Math.floor(at * text.length)
  return text.slice(0, index) + insert + text.slice(index + cut)
}

const damagedLetters = fc
  .tuple(source, place, fc.nat(3), fc.string({ maxLength: 3 }))
  .map(([{ letters }, at, cut, insert]) => splice(letters, at, cut, insert))

const damagedBytes = fc
  .tuple(source, place, fc.integer({ min: 0, max: 255 }), fc.boolean())
  .map(([{ bytes }, at, value, cut]) => {
    const index = Math.floor(at * (bytes.length - 1))
    return linkOf(cut ? bytes.subarray(0, index) : bytes.with(index, value))
  })

const token = fc.constantFrom(
  ...'0 -1 1e400 0.5 "" "n1" "w1" null true [] {} [[]] , "__proto__": "constructor":{}'.split(' '),
  ...'"edit" "call" 9007199254740993 "\\ud800" "toString" "length"'.split(' '),
)
const damagedJson = fc
  .tuple(source, place, fc.boolean(), fc.nat(2), token)
  .map(([{ json }, at, whole, cut, insert]) => {
    if (!whole) return linkOfText(splice(json, at, cut, insert))
    // A whole value exchanged for another keeps the JSON valid.
    const values = [...json.matchAll(/"[^"\\]*"|-?\d+(\.\d+)?|null|\[\]|\{\}/g)]
    const value = values[Math.floor(at * (values.length - 1))]
    return linkOfText(
      json.slice(0, value.index) + insert + json.slice(value.index + value[0].length),
    )
  })

const survives = (fragment: string) => {
  const opened = decodeLink(fragment)
  if (!opened.ok) {
    expect(opened.problem.title).not.toBe('')
    expect(opened.problem.detail).not.toBe('')
    return false
  }
  expect(parse({ switchyard: 1, ...opened.document })).toEqual(opened)
  expect(decodeLink(encodeLink(opened.document))).toEqual(opened)
  return true
}

describe('20 000 damaged links', () => {
  test.each([
    ['letters', damagedLetters, 8000],
    ['bytes', damagedBytes, 4000],
    ['JSON', damagedJson, 8000],
  ])('%s: never an exception, and what opens is sound', (_, damaged, numRuns) => {
    let opened = 0
    fc.assert(
      fc.property(damaged, (fragment) => {
        if (survives(fragment)) opened++
      }),
      { seed: 20_260, numRuns },
    )
    // Both ways are exercised: some damage does no harm, most is noticed.
    expect(opened).toBeGreaterThan(0)
    expect(opened).toBeLessThan(numRuns)
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})
