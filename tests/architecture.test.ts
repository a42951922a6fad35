/**
 * The rules of the map in src/README.md, as tests. Each failure names the file, what is wrong with
 * it and what to do instead.
 */
import { describe, expect, test } from 'vitest'
import { codeOnly, exists, filesIn, foldersIn, importsOf, linksOf, read } from './lib/source.ts'

/** Parts of the source, by the first pattern that fits a path. */
const AREAS: readonly (readonly [area: string, pattern: RegExp])[] = [
  ['base', /^src\/base\//],
  ['scenario', /^src\/scenario\//],
  ['engine', /^src\/engine\//],
  // What a kind shows is .tsx; the rest of its folder is its schema and behaviour, pure code.
  ['view', /^src\/services\/[^/]+\/.*\.tsx$/],
  ['kind', /^src\/services\/[^/]+\//],
  ['views', /^src\/services\/views\.ts$/],
  ['apis', /^src\/services\/apis?\.ts$/],
  ['services', /^src\/services\/[^/]+$/],
  ['protocol', /^src\/worker\/protocol\.ts$/],
  ['worker', /^src\/worker\//],
  ['canvas', /^src\/canvas\//],
  ['console', /^src\/console\//],
  ['lessons', /^src\/lessons\//],
  ['infrastructure', /^src\/infrastructure\//],
  ['node', /^src\/node\//],
  ['app', /^src\/(app\/|[^/]+$)/],
]

/** Which area may import which others. Files of one area may import each other; kinds see below. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  scenario: ['base'],
  engine: ['base', 'scenario'],
  services: ['base', 'scenario', 'engine'],
  apis: [],
  kind: ['base', 'scenario', 'engine', 'services', 'apis'],
  views: ['services', 'canvas'],
  view: ['base', 'scenario', 'services', 'kind', 'protocol', 'canvas'],
  protocol: ['base', 'scenario', 'engine'],
  worker: ['base', 'scenario', 'engine', 'services', 'kind', 'protocol'],
  canvas: ['base', 'scenario', 'services', 'views', 'protocol'],
  console: ['base', 'apis'],
  lessons: ['base', 'scenario'],
  infrastructure: ['base', 'scenario', 'services'],
  node: [
    'base',
    'scenario',
    'engine',
    'services',
    'apis',
    'kind',
    'protocol',
    'worker',
    'lessons',
    'infrastructure',
  ],
  app: AREAS.map(([area]) => area).filter((area) => area !== 'node'),
}

/** Run in a worker and in Node alike, and give the same result to the last digit everywhere. */
const PURE_AREAS = new Set([
  'base',
  'scenario',
  'engine',
  'services',
  'apis',
  'kind',
  'console',
  'infrastructure',
])
/** SQLite's time and chance are shut off where it is used. */
const PURE_PACKAGES = new Set(['zod', 'fflate', '@noble/hashes', '@sqlite.org/sqlite-wasm', 'yaml'])

/** Functions of Math that the standard defines to the last digit. */
const EXACT_MATH =
  'abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|E|LN2|LN10|LOG2E|LOG10E|PI|SQRT2|SQRT1_2'

interface Banned {
  readonly pattern: RegExp
  readonly instead: string
}

const BANNED_IN_PURE: readonly Banned[] = [
  { pattern: /\bMath\.random\b/, instead: 'a seeded stream of base/random.ts' },
  {
    pattern: new RegExp(`\\bMath\\.(?!random\\b|(?:${EXACT_MATH})\\b)\\w+`),
    instead: 'the same function of base/math.ts: browsers disagree in the last digit',
  },
  { pattern: /\*\*/, instead: 'multiplication, or pow of base/math.ts: browsers disagree' },
  { pattern: /\bDate\b/, instead: 'simulated time (SimUs), or a time passed in by the caller' },
  {
    pattern: /\b(?:setTimeout|setInterval|setImmediate|requestAnimationFrame|queueMicrotask)\b/,
    instead: "the engine's agenda",
  },
  { pattern: /\bperformance\.\w/, instead: 'simulated time (SimUs)' },
  { pattern: /\b(?:localeCompare|toLocale\w+)\b/, instead: '< and >, or a function of base' },
  { pattern: /\bIntl\b/, instead: 'a function of base: languages differ between machines' },
  {
    pattern: /\b(?:navigator|localStorage|indexedDB)\b/,
    instead: 'a value passed in from src/app',
  },
  { pattern: /\bprocess\.\w/, instead: 'a value passed in from src/node' },
  { pattern: /\bfetch\s*\(/, instead: 'data passed in by the caller' },
  { pattern: /\bcrypto\.\w/, instead: '@noble/hashes or a seeded stream of base/random.ts' },
]

/** The browser's globals whose names are good names for a value too: fine where a file binds one. */
const BROWSER_GLOBALS = ['document', 'window']

const BANNED_EVERYWHERE: readonly Banned[] = [
  { pattern: /\beval\s*\(/, instead: 'a parser: texts come from shared links' },
  { pattern: /\bnew Function\b/, instead: 'a parser: texts come from shared links' },
  {
    pattern: /\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML)\b/,
    instead: 'React elements or textContent: texts come from shared links',
  },
  { pattern: /\bdocument\.write\b/, instead: 'React elements' },
  { pattern: /@ts-(?:ignore|nocheck)\b/, instead: 'the right type' },
]

/** Hosts of package registries; escaped, so that this file does not name one either. */
const REGISTRY_HOSTS =
  /registry\.(?:npmjs\.org|yarnpkg\.com)|npm\.pkg\.github\.com|(?:deb|security)\.debian\.org|archive\.ubuntu\.com|pypi\.org|proxy\.golang\.org|static\.crates\.io/

const MAX_LINES = 450

const isTest = (path: string) => /\.test\.tsx?$/.test(path)
const sources = filesIn('src').filter((path) => /\.tsx?$/.test(path))
const code = sources.filter((path) => !isTest(path))
const areaOf = (path: string) => AREAS.find(([, pattern]) => pattern.test(path))?.[0]
const isPure = (path: string) => PURE_AREAS.has(areaOf(path) ?? '')
const kindOf = (path: string) => /^src\/services\/([^/]+)\//.exec(path)?.[1]

describe('imports', () => {
  test('every source file belongs to a folder of the map', () => {
    const homeless = sources.filter((path) => areaOf(path) === undefined)
    expect(homeless, 'add the folder to src/README.md and to AREAS in this test').toEqual([])
  })

  test('go only in the directions of src/README.md', () => {
    const wrong = code.flatMap((path) =>
      importsOf(path)
        .filter((target) => target.startsWith('src/') && !mayImport(path, target))
        .map((target) => `${path} may not import ${target}: ${advice(path, target)}`),
    )
    expect(wrong).toEqual([])
  })

  test('name the file with its ending, so that Node and the bundler agree', () => {
    const wrong = sources.flatMap((path) =>
      importsOf(path)
        .filter((target) => target.startsWith('src/') && !/\.\w+(?:\?\w+)?$/.test(target))
        .map((target) => `${path} imports ${target}: write .ts or .tsx`),
    )
    expect(wrong).toEqual([])
  })

  test('bring only pure packages into pure folders', () => {
    const wrong = code.filter(isPure).flatMap((path) =>
      importsOf(path)
        .filter((target) => !target.startsWith('src/') && !PURE_PACKAGES.has(packageOf(target)))
        .map((target) => `${path} may not import ${target}: only ${[...PURE_PACKAGES].join(', ')}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('words', () => {
  test('that make a run depend on the machine are not in pure folders', () => {
    const found = code.filter(isPure).flatMap((path) => occurrences(path, BANNED_IN_PURE))
    expect(found).toEqual([])
  })

  test('of the browser are not in pure folders', () => {
    const found = code.filter(isPure).flatMap((path) => {
      const text = codeOnly(read(path))
      return BROWSER_GLOBALS.filter(
        (name) => new RegExp(`(?<![.\\w])${name}\\.`).test(text) && !binds(text, name),
      ).map((name) => `${path} uses the browser's ${name}: use a value passed in from src/app`)
    })
    expect(found).toEqual([])
  })

  test('that run texts as code are nowhere', () => {
    expect(sources.flatMap((path) => occurrences(path, BANNED_EVERYWHERE))).toEqual([])
  })

  test('that skip or single out a test are nowhere', () => {
    const tests = [
      ...sources.filter(isTest),
      ...filesIn('tests').filter((path) => path.endsWith('.ts')),
    ]
    const single: Banned[] = [
      {
        pattern: /\b(?:test|it|describe)\.(?:skip|only|todo|fixme)\b/,
        instead: 'a test that runs',
      },
      { pattern: /\bwaitForTimeout\b/, instead: 'waiting for what the test expects to see' },
      { pattern: /\btoMatch(?:Inline)?Snapshot\b/, instead: 'the values that matter, spelled out' },
    ]
    expect(tests.flatMap((path) => occurrences(path, single))).toEqual([])
  })
})

describe('folders', () => {
  test('of services hold a schema, a behaviour, a view and help', () => {
    const missing = foldersIn('src/services').flatMap((kind) =>
      ['schema.ts', 'behaviour.ts', 'view.tsx', 'help.md']
        .map((file) => `src/services/${kind}/${file}`)
        .filter((path) => !exists(path)),
    )
    expect(missing, 'copy the file from src/services/_skeleton').toEqual([])
  })

  test.each([
    ['src/README.md', 'src'],
    ['tests/README.md', 'tests'],
  ])('are all explained: %s', (readme, folder) => {
    const text = read(readme)
    const missing = foldersIn(folder).filter((name) => !text.includes(`\`${name}/\``))
    expect(missing, `add a line for each to ${readme}`).toEqual([])
  })
})

describe('files', () => {
  test('linked from the documents are there', () => {
    const documents = filesIn('.').filter((path) => path.endsWith('.md'))
    const dead = documents.flatMap((path) =>
      linksOf(path)
        .filter((target) => !exists(target))
        .map((target) => `${path} links to ${target}, which is not there`),
    )
    expect(dead).toEqual([])
  })

  test(`of src have at most ${MAX_LINES} lines`, () => {
    const long = sources
      .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ path, lines }) => `${path} has ${lines} lines: it holds more than one idea`)
    expect(long).toEqual([])
  })

  test('name no package registry: each machine has its own setting', () => {
    const naming = filesIn('.').filter((path) => isText(path) && REGISTRY_HOSTS.test(read(path)))
    expect(naming, 'take the address out; npm adds it from its own settings').toEqual([])
  })
})

function mayImport(path: string, target: string): boolean {
  const from = areaOf(path) ?? ''
  const to = areaOf(target) ?? ''
  const kind = kindOf(path)
  if (kind !== undefined && kindOf(target) !== undefined && kindOf(target) !== kind) return false
  return from === to || MAY_IMPORT[from].includes(to)
}

function advice(path: string, target: string): string {
  if (kindOf(path) !== undefined && kindOf(target) !== undefined) {
    return 'kinds do not know each other; ask through the schema (accepts, connect) or an operation'
  }
  const from = areaOf(path) ?? ''
  return `${from} may import ${['itself', ...MAY_IMPORT[from]].join(', ')}`
}

/** 'path:line uses WORD: use ... instead' for each banned word in the code of a file. */
function occurrences(path: string, banned: readonly Banned[]): string[] {
  const lines = codeOnly(read(path)).split('\n')
  return lines.flatMap((line, index) =>
    banned.flatMap(({ pattern, instead }) => {
      const word = pattern.exec(line)?.[0]
      return word === undefined ? [] : [`${path}:${index + 1} uses ${word}: use ${instead}`]
    }),
  )
}

/** Whether the code declares a variable or a parameter of that name. */
const binds = (text: string, name: string): boolean =>
  new RegExp(`\\b(?:const|let)\\s+(?:\\{[^}]*)?${name}\\b|[(,]\\s*${name}\\s*[:,)]`).test(text)

/** 'react/jsx-runtime' is of the package 'react', '@a/b/c' of '@a/b'. */
const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

const isText = (path: string): boolean => !/\.(?:png|jpe?g|gif|webp|ico|woff2?|mp4)$/.test(path)
