import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const NOT_OURS = new Set(['node_modules', 'dist', 'dist-node', '.git', 'test-results'])

/** A file's text, by its path from the repository's folder. */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

export const exists = (path: string): boolean => existsSync(join(root, path))

/** The names of the folders directly inside a folder of the repository, sorted. */
export const foldersIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_OURS.has(entry.name))
    .map((entry) => entry.name)
    .sort()

/** Paths (with /) of every file in a folder and the folders below it; '.' is the whole repository. */
export function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return []
    const path = posix.join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}

/** Every way a module names another: `from '...'`, `import '...'`, `import('...')`. */
const IMPORT = /(?<!['"])(?:\bfrom|\bimport)\s*\(?\s*(['"])([^'"\n]+)\1/g

/** What a file imports: paths from the repository's folder for ours, names for packages. */
export function importsOf(path: string): string[] {
  const specifiers = [...withoutComments(read(path)).matchAll(IMPORT)].map((match) => match[2])
  return specifiers.map((specifier) =>
    specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier,
  )
}

/** Files that a Markdown document links to or shows, as paths from the repository's folder. */
export const linksOf = (path: string): string[] =>
  [...read(path).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map((match) => match[1])
    .filter((target) => !/^\w+:/.test(target))
    .map((target) => posix.join(posix.dirname(path), target))

/** Strings, template strings, regular expressions (where one may begin) and comments, in this order. */
const TOKENS =
  /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|(`(?:\\.|[^`\\])*`)|(?<=[(,=:[!&|?{};]\s*)(\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*)|(\/\/[^\n]*|\/\*[\s\S]*?\*\/)/g

/** The text with its comments blanked; lines keep their numbers. */
export const withoutComments = (text: string): string =>
  text.replace(TOKENS, (token, _string, _template, _pattern, comment) =>
    comment === undefined ? token : blank(token),
  )

/**
 * The text with comments, strings and regular expressions blanked. Template strings keep their
 * `${...}` parts, which are code.
 */
export const codeOnly = (text: string): string =>
  text.replace(TOKENS, (token, _string, template) =>
    template === undefined ? blank(token) : blankTemplate(token),
  )

const blank = (text: string): string => text.replace(/[^\n]/g, ' ')

const blankTemplate = (text: string): string =>
  text
    .split(/(\$\{[^}]*\})/)
    .map((part) => (part.startsWith('${') ? part : blank(part)))
    .join('')
