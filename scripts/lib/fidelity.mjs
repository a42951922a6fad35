// @ts-check
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { root } from './root.mjs'

/**
 * @typedef {object} Rule
 * @property {string} rule in our own words
 * @property {'modelled' | 'simplified' | 'not modelled'} status
 * @property {string} [note] what is different, or why it is missing; simplified rules need one
 * @property {readonly string[]} tests titles of the tests that prove it, as the sources write them
 *
 * @typedef {object} Section
 * @property {string} id of FACTS, e.g. "2.2"
 * @property {string} title
 * @property {readonly Rule[]} rules
 *
 * @typedef {object} Service
 * @property {string} service
 * @property {readonly Section[]} sections
 *
 * @typedef {object} Title
 * @property {string} title
 * @property {string} file path from the repository's folder
 */

export const DATA_FOLDER = 'docs/fidelity'
export const DOCUMENT = 'docs/fidelity.md'
const STATUSES = ['modelled', 'simplified', 'not modelled']

/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8')

/** @param {string} folder @returns {string[]} */
const filesIn = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })

/** A text right behind `it(`, `test(`, `describe(` or `.each(...)(`. */
const TITLE = /(?:\b(?:it|test|describe)\(|\)\()\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g

/**
 * The titles in a test file, as written: `%s` of an `each` stays.
 * @param {string} source
 * @returns {string[]}
 */
export const titlesIn = (source) => [...source.matchAll(TITLE)].map((match) => match[2])

/** @returns {Title[]} of every test in src */
export const allTitles = () =>
  filesIn('src')
    .filter((path) => /\.test\.tsx?$/.test(path))
    .sort()
    .flatMap((file) => titlesIn(read(file)).map((title) => ({ title, file })))

/** @returns {Service[]} the tables of docs/fidelity, by file name */
export const allServices = () =>
  filesIn(DATA_FOLDER)
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => JSON.parse(read(path)))

/**
 * The sections that a title names: "FACTS 1.3, 2.4: ..." and "(FACTS 2.2-2.5)" name two each.
 * @param {string} title
 * @returns {string[]}
 */
export const sectionsOf = (title) =>
  [...title.matchAll(/\bFACTS ((?:\d+(?:\.\d+)?(?:, |-)?)+)/g)].flatMap(
    (match) => match[1].match(/\d+(?:\.\d+)?/g) ?? [],
  )

/**
 * What is wrong with the tables, a sentence each; empty when they agree with the tests.
 * @param {readonly Service[]} services
 * @param {readonly Title[]} titles
 * @returns {string[]}
 */
export function problemsOf(services, titles) {
  const known = new Set(titles.map(({ title }) => title))
  const sections = services.flatMap((service) => service.sections)
  const ids = new Set(sections.map((section) => section.id))
  const ofRules = sections.flatMap(({ id, rules }) =>
    rules.flatMap((rule) => ruleProblems(rule, known).map((problem) => `${id}: ${problem}`)),
  )
  const ofTests = titles.flatMap(({ title, file }) =>
    sectionsOf(title)
      .filter((id) => !ids.has(id))
      .map((id) => `${file} has a test of FACTS ${id}, which ${DATA_FOLDER} does not have`),
  )
  return [...ofRules, ...ofTests]
}

/** @param {Rule} rule @param {ReadonlySet<string>} known @returns {string[]} */
function ruleProblems({ rule, status, note, tests }, known) {
  const missing = tests.filter((title) => !known.has(title))
  return [
    ...(STATUSES.includes(status) ? [] : [`"${rule}" is "${status}"; use ${STATUSES.join(', ')}`]),
    ...(status === 'modelled' && tests.length === 0 ? [`"${rule}" names no test`] : []),
    ...(status === 'simplified' && !note ? [`"${rule}" does not say what is simplified`] : []),
    ...missing.map((title) => `"${rule}" names the test "${title}", which is not in src`),
  ]
}

/**
 * The document: `docs/fidelity/intro.md`, and a table for each section.
 * @param {string} intro
 * @param {readonly Service[]} services
 * @param {readonly Title[]} titles
 * @returns {string}
 */
export function documentOf(intro, services, titles) {
  /** @type {Map<string, string>} */
  const files = new Map()
  for (const { title, file } of titles) if (!files.has(title)) files.set(title, file)
  const parts = services.flatMap(({ service, sections }) => [
    `## ${service}`,
    countLine(sections),
    ...sections.flatMap(({ id, title, rules }) => [
      `### ${id} ${title}`,
      ['| rule | status | proved by |', '| --- | --- | --- |', ...rules.map(rowOf(files))].join(
        '\n',
      ),
    ]),
  ])
  return [NOTICE, intro.trim(), ...parts].join('\n\n') + '\n'
}

const NOTICE = `<!-- Written by \`npm run fidelity\` from ${DATA_FOLDER}: change it there. -->`

/** @param {readonly Section[]} sections */
function countLine(sections) {
  const rules = sections.flatMap((section) => section.rules)
  const counts = STATUSES.map(
    (status) => `${rules.filter((rule) => rule.status === status).length} ${status}`,
  )
  return `${rules.length} rules: ${counts.join(', ')}.`
}

/** @param {ReadonlyMap<string, string>} files @returns {(rule: Rule) => string} */
const rowOf =
  (files) =>
  ({ rule, status, note, tests }) => {
    const state = status === 'modelled' ? status : `**${status}**`
    const cells = [rule, note ? `${state}. ${note}` : state, tests.map(linkTo(files)).join('; ')]
    return `| ${cells.map(escaped).join(' | ')} |`
  }

/** @param {ReadonlyMap<string, string>} files @returns {(title: string) => string} */
const linkTo = (files) => (title) => {
  const words = title
    .replace(/^(?:FACTS|DESIGN) [\d., -]+:\s*/, '')
    .replace(/\s*\(FACTS [^)]*\)/, '')
    .replace(/%\w/g, '…')
  const name = words === '…' ? title.replace(/: %\w$/, '') : words
  return `[${name}](../${files.get(title) ?? ''})`
}

/** @param {string} cell */
const escaped = (cell) => cell.replaceAll('|', '\\|')

/** The document as it should be now. @returns {string} */
export const currentDocument = () =>
  documentOf(read(`${DATA_FOLDER}/intro.md`), allServices(), allTitles())
