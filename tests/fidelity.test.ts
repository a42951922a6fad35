/** The table of rules agrees with the tests, and the document with the table. */
import { expect, test } from 'vitest'
import {
  DOCUMENT,
  allServices,
  allTitles,
  currentDocument,
  documentOf,
  problemsOf,
  sectionsOf,
  titlesIn,
} from '../scripts/lib/fidelity.mjs'
import { read } from './lib/source.ts'

type Service = ReturnType<typeof allServices>[number]
type Rule = Service['sections'][number]['rules'][number]

const table = (...rules: readonly Rule[]): readonly Service[] => [
  { service: 'Post', sections: [{ id: '2.2', title: 'Letters', rules }] },
]
const proof = 'FACTS 2.2: a letter | a card'
const titles = [{ title: proof, file: 'src/post.test.ts' }]

test('every modelled rule has a test, and every test of FACTS has its section', () => {
  expect(problemsOf(allServices(), allTitles())).toEqual([])
})

test(`${DOCUMENT} is what \`npm run fidelity\` writes`, () => {
  expect(read(DOCUMENT) === currentDocument(), 'run `npm run fidelity`').toBe(true)
})

test('a test that is gone, no test, an unexplained simplification and a wrong status are told', () => {
  const rules: readonly Rule[] = [
    { rule: 'good', status: 'modelled', tests: [proof] },
    { rule: 'gone', status: 'modelled', tests: ['FACTS 2.2: renamed'] },
    { rule: 'bare', status: 'modelled', tests: [] },
    { rule: 'vague', status: 'simplified', tests: [] },
    { rule: 'odd', status: 'perhaps' as 'modelled', tests: [] },
  ]
  expect(problemsOf(table(...rules), titles)).toEqual([
    '2.2: "gone" names the test "FACTS 2.2: renamed", which is not in src',
    '2.2: "bare" names no test',
    '2.2: "vague" does not say what is simplified',
    '2.2: "odd" is "perhaps"; use modelled, simplified, not modelled',
  ])
})

test('a test of a section that the table does not have is told', () => {
  const lost = { title: 'FACTS 2.2, 9.9: x', file: 'src/x.test.ts' }
  expect(problemsOf(table(), [lost])).toEqual([
    'src/x.test.ts has a test of FACTS 9.9, which docs/fidelity does not have',
  ])
})

test.each([
  ['FACTS 1.3: a', ['1.3']],
  ['FACTS 1.3, 2.4: a shorter period', ['1.3', '2.4']],
  ['FACTS 2.2-2.5: all of them, 17 times', ['2.2', '2.5']],
  ['the limit (FACTS 17: 256 KiB in older exam material)', ['17']],
  ['ENGINE 3: no rule of AWS', []],
])('the sections of "%s"', (title, sections) => {
  expect(sectionsOf(title)).toEqual(sections)
})

test('titles are read from sources, also behind each and in any quotes', () => {
  const source = [
    "it('one', () => call('not me'))",
    'test.each([',
    '  [1, 2],',
    "])('two %s', () => {})",
    'it.each(cases)(',
    '  `three`,',
    'describe("four isn\'t", () => {})',
  ].join('\n')
  expect(titlesIn(source)).toEqual(['one', 'two %s', 'three', "four isn't"])
})

test('a row links to its proof, and a bar in a text does not end a cell', () => {
  const rules: readonly Rule[] = [
    { rule: 'a|b', status: 'simplified', note: 'Ours.', tests: [proof] },
  ]
  const text = documentOf('# Intro', table(...rules), titles)
  expect(text).toContain('1 rules: 0 modelled, 1 simplified, 0 not modelled.')
  expect(text).toContain(
    '| a\\|b | **simplified**. Ours. | [a letter \\| a card](../src/post.test.ts) |',
  )
})
