/** Reads the words given for a parameter by its shape, and checks what they say as the AWS CLI does. */
import { Refusal, valueError } from './refusal.ts'
import type { Shape, Structure } from '../services/api.ts'
import { optionOf, type Parameter } from './options.ts'
import { MAX_DEPTH, parseShorthand, type Plain } from './shorthand.ts'
import { readTimestamp } from './timestamp.ts'

/** @throws Refusal */
export function readValue(parameter: Parameter, words: readonly string[]): unknown {
  const { shape } = parameter
  const option = optionOf(parameter)
  const file = words.find((word) => /^fileb?:\/\//.test(word))
  if (file !== undefined) {
    throw valueError(option, `Unable to load ${file}: there are no files here. Write it out.`)
  }
  const [first] = words
  if (shape.type !== 'list') return readOne(option, shape, first)
  if (words.length === 1 && first.trim().startsWith('[')) return readJson(option, first)
  return words.map((word) => readOne(option, shape.of, word))
}

function readOne(option: string, shape: Shape, word: string): unknown {
  const plain = readPlain(shape, word)
  if (plain !== undefined) return plain
  if (/^\s*[[{]/.test(word)) return readJson(option, word)
  try {
    return shaped(parseShorthand(word), shape)
  } catch (problem) {
    if (problem instanceof Refusal) throw valueError(option, problem.message)
    throw problem
  }
}

/** Undefined for shapes that hold others. @throws Refusal */
function readPlain({ type }: Shape, word: string): string | number | boolean | undefined {
  switch (type) {
    case 'string':
    case 'blob':
      return word
    case 'integer':
      return readInteger(word)
    case 'number':
      return readNumber(word)
    case 'boolean':
      return word === 'true'
    case 'timestamp':
      return readTimestamp(word)
    default:
      return undefined
  }
}

/** @throws Refusal in Python's words, which the CLI shows */
function readNumber(text: string): number {
  const number = text.trim() === '' ? NaN : Number(text)
  if (Number.isFinite(number)) return number
  throw new Refusal(`could not convert string to float: '${text}'`)
}

/** @throws Refusal in Python's words, which the CLI shows */
function readInteger(text: string): number {
  const number = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : NaN
  if (Number.isSafeInteger(number)) return number
  throw new Refusal(`invalid literal for int() with base 10: '${text}'`)
}

function readJson(option: string, text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const hint = text.includes('"') ? '' : '\nPut it in single quotes, so that its " stay.'
    throw valueError(option, `Invalid JSON\nJSON received: ${text}${hint}`)
  }
  if (depthOf(value) > MAX_DEPTH) {
    throw valueError(option, `Nested deeper than ${MAX_DEPTH}.`)
  }
  return value
}

function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return depth
  return Math.max(depth, ...Object.values(value).map((child) => depthOf(child, depth + 1)))
}

/** Shorthand only knows texts; the shape knows better. */
function shaped(value: Plain, shape: Shape): unknown {
  if (typeof value === 'string') {
    const plain = readPlain(shape, value)
    if (plain !== undefined) return plain
  }
  if (shape.type === 'list') {
    const all = isList(value) ? value : [value]
    return all.map((each) => shaped(each, shape.of))
  }
  if (typeof value === 'string' || isList(value)) return value
  if (shape.type !== 'map' && shape.type !== 'structure') return value
  const entries = Object.entries(value).map(([key, each]) => {
    const of = shape.type === 'map' ? shape.of : memberOf(shape.members, key)
    return [key, of ? shaped(each, of) : each]
  })
  return Object.fromEntries(entries)
}

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value)

const memberOf = (members: Structure['members'], name: string): Shape | undefined =>
  Object.hasOwn(members, name) ? members[name] : undefined

/** @throws Refusal that names everything wrong with the value, in the CLI's words */
export function checkValue(parameter: Parameter, value: unknown): void {
  const problems = problemsOf(value, parameter.shape, parameter.name)
  if (problems.length === 0) return
  throw new Refusal(['Parameter validation failed:', ...problems].join('\n'))
}

function problemsOf(value: unknown, shape: Shape, path: string): string[] {
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' ? [] : [wrongType(value, path, 'str')]
    case 'blob':
      return typeof value === 'string' ? [] : [wrongType(value, path, 'bytes')]
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrongType(value, path, 'bool')]
    case 'number':
    case 'timestamp':
      return typeof value === 'number' ? [] : [wrongType(value, path, 'float')]
    case 'integer':
      return Number.isInteger(value) ? [] : [wrongType(value, path, 'int')]
    case 'list':
      if (!Array.isArray(value)) return [wrongType(value, path, 'list')]
      return value.flatMap((each, i) => problemsOf(each, shape.of, `${path}[${i}]`))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [wrongType(value, path, 'dict')]
  }
  const entries = Object.entries(value)
  if (shape.type === 'map') {
    return entries.flatMap(([key, each]) => problemsOf(each, shape.of, `${path}.${key}`))
  }
  const missing = Object.entries(shape.members)
    .filter(([name, member]) => member.required && !Object.hasOwn(value, name))
    .map(([name]) => `Missing required parameter in ${path}: "${name}"`)
  const names = Object.keys(shape.members).join(', ')
  const wrong = entries.flatMap(([key, each]) => {
    const of = memberOf(shape.members, key)
    return of
      ? problemsOf(each, of, `${path}.${key}`)
      : [`Unknown parameter in ${path}: "${key}", must be one of: ${names}`]
  })
  return [...missing, ...wrong]
}

const wrongType = (value: unknown, path: string, wanted: string): string =>
  `Invalid type for parameter ${path}, value: ${JSON.stringify(value)}, type: <class '${pythonType(value)}'>, valid types: <class '${wanted}'>`

function pythonType(value: unknown): string {
  if (value === null) return 'NoneType'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return { string: 'str', boolean: 'bool' }[typeof value as string] ?? 'dict'
}
