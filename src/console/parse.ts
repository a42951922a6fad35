/** What a line asks for: an API call, a help text, or one of the console's own commands. */
import type { ApiOperation, Reference } from '../services/api.ts'
import { apiOf, apis, type Api } from '../services/apis.ts'
import { helpOn, helpOnService, overview } from './help.ts'
import { near } from './near.ts'
import { Refusal, usageError } from './refusal.ts'
import {
  kebab,
  negativeOf,
  operationNamed,
  optionOf,
  parametersOf,
  type Parameter,
} from './options.ts'
import { splitLine } from './shell.ts'
import { checkValue, readValue } from './values.ts'

/** What the console knows of the design. */
export interface Surroundings {
  /** Names of its parts, by kind: sqs. */
  readonly names: Readonly<Record<string, readonly string[] | undefined>>
  /** Values of earlier answers by their key (ReceiptHandle, TaskHandle), the newest first. */
  readonly seen: Readonly<Record<string, readonly string[] | undefined>>
}

export const FORMATS = ['json', 'table', 'text'] as const
export type OutputFormat = (typeof FORMATS)[number]

export type Command =
  | { readonly type: 'nothing' }
  | { readonly type: 'clear' }
  | { readonly type: 'history' }
  | { readonly type: 'help'; readonly text: string }
  | { readonly type: 'refused'; readonly text: string }
  | {
      readonly type: 'call'
      readonly service: string
      readonly operation: string
      readonly input: Readonly<Record<string, unknown>>
      readonly output: OutputFormat
    }

/** Characters of a line; the largest message fits in. */
export const MAX_LINE = 1_200_000
const MAX_WORDS = 2_000

/** Never throws. */
export function parseCommand(line: string, about: Surroundings): Command {
  try {
    return read(line, about)
  } catch (problem) {
    if (problem instanceof Refusal) return { type: 'refused', text: problem.message }
    throw problem
  }
}

function read(line: string, about: Surroundings): Command {
  if (line.length > MAX_LINE) throw new Refusal(`The line is longer than ${MAX_LINE} characters.`)
  const { words, problem } = splitLine(line)
  if (problem !== null) throw new Refusal(problem)
  if (words.length > MAX_WORDS) throw new Refusal(`The line has more than ${MAX_WORDS} words.`)
  const texts = words.map(({ text }) => text)
  const [first] = texts
  if (texts.length === 0) return { type: 'nothing' }
  if (texts.length === 1 && first === 'clear') return { type: 'clear' }
  if (texts.length === 1 && first === 'history') return { type: 'history' }
  const { rest, output } = takeGlobals(first === 'aws' ? texts.slice(1) : texts)
  const [service, command, ...more] = rest
  if (service === undefined || service === 'help') {
    return { type: 'help', text: overview(about.names) }
  }
  const api = apiOf(service)
  if (!api) throw unknownCommand(service)
  if (command === undefined) {
    throw usageError('the following arguments are required: operation', `aws ${service} help`)
  }
  if (command === 'help') return { type: 'help', text: helpOnService(api) }
  const operation = operationNamed(api, command)
  if (!operation) throw unknownOperation(api, command)
  if (more.length === 1 && more[0] === 'help') {
    return { type: 'help', text: helpOn(api, operation, about.names) }
  }
  const input = readInput(api, operation, more)
  return { type: 'call', service, operation: operation.name, input, output }
}

function unknownCommand(word: string): Refusal {
  const choices = apis.map(({ service }) => `  * ${service}`).join('\n')
  const meant = apis.find((api) => operationNamed(api, word))
  const hint = meant ? `\n\nDid you mean: aws ${meant.service} ${word}` : ''
  return new Refusal(
    `aws: error: argument command: Invalid choice: '${word}', valid choices are:\n\n${choices}${hint}\n\nThe console's own: help, history, clear`,
  )
}

function unknownOperation({ operations }: Api, word: string): Refusal {
  const all = operations.map(({ name }) => kebab(name))
  const possible = near(word, all)
  const offered = possible.length > 0 ? possible : all
  const words = possible.length > 0 ? 'maybe you meant' : 'valid choices are'
  const lines = offered.map((name) => `  * ${name}`).join('\n')
  return new Refusal(
    `aws: error: argument operation: Invalid choice: '${word}', ${words}:\n\n${lines}`,
  )
}

/** Options of every command that change nothing here; those with a value, and those without. */
const IGNORED = ['--region', '--profile', '--endpoint-url', '--color', '--cli-binary-format']
const IGNORED_FLAGS = ['--no-cli-pager', '--no-paginate', '--no-sign-request']

/** Options of every command, wherever they stand. */
export const GLOBAL_OPTIONS: readonly string[] = ['--output', ...IGNORED, ...IGNORED_FLAGS]

/** @throws Refusal */
function takeGlobals(words: readonly string[]): { rest: string[]; output: OutputFormat } {
  const rest: string[] = []
  let output: OutputFormat = 'json'
  for (let at = 0; at < words.length; at++) {
    const [option, inline] = splitOption(words[at])
    const value = () => {
      const found = inline ?? words[++at]
      if (found === undefined) throw usageError(`argument ${option}: expected one argument`, 'help')
      return found
    }
    if (option === '--query') {
      throw new Refusal('--query is not supported here: the whole answer is shown.')
    }
    if (option === '--output') output = readFormat(value())
    else if (IGNORED.includes(option)) value()
    else if (!IGNORED_FLAGS.includes(option)) rest.push(words[at])
  }
  return { rest, output }
}

/** @throws Refusal */
function readFormat(text: string): OutputFormat {
  const format = FORMATS.find((known) => known === text)
  if (format) return format
  throw usageError(
    `argument --output: Invalid choice: '${text}', valid choices are: ${FORMATS.join(', ')}`,
    'help',
  )
}

/** "--name=value" is the same as "--name value". */
function splitOption(word: string): [option: string, inline?: string] {
  const found = /^(--[a-z-]+)=([\s\S]*)$/.exec(word)
  return found ? [found[1], found[2]] : [word]
}

/** As argparse has it: begins with a dash, and is neither a number nor a sentence. */
const isOption = (word: string): boolean => /^-[^\s]+$/.test(word) && !/^-\d*\.?\d+$/.test(word)

/** @throws Refusal */
function readInput(
  { service }: Api,
  operation: ApiOperation,
  words: readonly string[],
): Readonly<Record<string, unknown>> {
  const readOn = `aws ${service} ${kebab(operation.name)} help`
  const { given, unknown } = collect(operation, words)
  const parameters = parametersOf(operation)
  const missing = parameters.filter(({ name, shape }) => shape.required && !given.has(name))
  if (missing.length > 0) {
    const options = missing.map(optionOf).join(', ')
    throw usageError(`the following arguments are required: ${options}`, readOn)
  }
  if (unknown.length > 0) throw usageError(`Unknown options: ${unknown.join(', ')}`, readOn)
  const input: Record<string, unknown> = {}
  for (const parameter of parameters) {
    const values = given.get(parameter.name)
    if (!values) continue
    if (values.length === 0) {
      const count = parameter.shape.type === 'list' ? 'at least one argument' : 'one argument'
      throw usageError(`argument ${optionOf(parameter)}: expected ${count}`, readOn)
    }
    const value = readValue(parameter, values)
    checkValue(parameter, value)
    input[parameter.name] = withFullName(parameter, value)
  }
  return input
}

/** The words of each option: one, or of a list all up to the next option. The last one counts. */
export function collect(
  operation: ApiOperation,
  words: readonly string[],
): { given: Map<string, string[]>; unknown: string[]; open: Parameter | undefined } {
  const parameters = parametersOf(operation)
  const given = new Map<string, string[]>()
  const unknown: string[] = []
  let open: Parameter | undefined
  for (const word of words) {
    const [option, inline] = splitOption(word)
    const parameter = parameters.find((each) => optionOf(each) === option)
    const negative = parameters.find((each) => negativeOf(each) === word)
    if (negative) {
      given.set(negative.name, ['false'])
      open = undefined
    } else if (parameter?.shape.type === 'boolean') {
      given.set(parameter.name, ['true'])
      open = undefined
    } else if (parameter) {
      given.set(parameter.name, inline === undefined ? [] : [inline])
      open = inline === undefined ? parameter : undefined
    } else if (open && !isOption(word)) {
      given.get(open.name)!.push(word)
      if (open.shape.type !== 'list') open = undefined
    } else {
      unknown.push(word)
    }
  }
  return { given, unknown, open }
}

/** A part's name stands for its URL or ARN. */
function withFullName({ shape }: Parameter, value: unknown): unknown {
  const refers = shape.type === 'string' ? shape.refers : undefined
  if (!refers || typeof value !== 'string' || !/^[\w.-]+$/.test(value)) return value
  return fullName(refers, value)
}

function fullName({ kind, as }: Reference, name: string): string {
  const resource = apis.find((api) => api.kind === kind)?.resource
  const template = as === 'url' ? resource?.url : as === 'arn' ? resource?.arn : undefined
  return template?.replace('{name}', () => name) ?? name
}
