/** What could stand at the cursor: commands, operations, options, and names of the design. */
import type { ApiOperation, Member } from '../services/api.ts'
import { apiOf, apis } from '../services/apis.ts'
import { collect, FORMATS, type Surroundings } from './parse.ts'
import {
  kebab,
  operationNamed,
  optionOf,
  parametersOf,
  typeText,
  type Parameter,
} from './options.ts'
import { splitLine } from './shell.ts'

export interface Option {
  /** Takes the place of the line from `Completion.from` to the cursor. */
  readonly text: string
  /** One line about it, or ''. */
  readonly detail: string
}

export interface Completion {
  readonly from: number
  readonly options: readonly Option[]
}

const MOST = 40

/** @param before the line up to the cursor */
export function complete(before: string, about: Surroundings): Completion {
  const { words, problem } = splitLine(before)
  const last = words.at(-1)
  const isOpen = last !== undefined && last.end === before.length
  const from = isOpen ? last.start : before.length
  const typed = isOpen ? last.text : ''
  const none = { from, options: [] }
  // A word in quotes is the person's own.
  if (problem !== null || (isOpen && before.slice(from) !== typed)) return none
  const done = words.slice(0, isOpen ? -1 : undefined).map(({ text }) => text)
  const options = possible(done, typed, about).filter(
    ({ text }) => text.startsWith(typed) && text.trimEnd() !== typed,
  )
  return { from, options: options.slice(0, MOST) }
}

const option = (text: string, detail = ''): Option => ({ text, detail })
/** A word that is whole. */
const word = (text: string, detail = ''): Option => option(`${text} `, detail)

const SERVICES = apis.map(({ service, title }) => word(service, title))
const COMMANDS = [
  word('aws', 'AWS CLI'),
  ...SERVICES,
  option('help', 'What can be typed'),
  option('history', 'Earlier lines'),
  option('clear', 'An empty console'),
]
const HELP = option('help')

function possible(done: readonly string[], typed: string, about: Surroundings): readonly Option[] {
  if (done.length === 0) return COMMANDS
  const [service, command, ...rest] = done[0] === 'aws' ? done.slice(1) : done
  if (service === undefined) return [...SERVICES, HELP]
  const api = apiOf(service)
  if (!api) return []
  if (command === undefined) {
    return [...api.operations.map(({ name, help }) => word(kebab(name), help)), HELP]
  }
  const operation = operationNamed(api, command)
  if (!operation) return []
  if (rest.at(-1) === '--output') return FORMATS.map((format) => word(format))
  const { given, open } = collect(operation, rest)
  if (!open) return [...optionsLeft(operation, given), ...(rest.length === 0 ? [HELP] : [])]
  const values = valuesOf(open, typed, given.get(open.name) ?? [], about)
  const isList = open.shape.type === 'list' && given.get(open.name)!.length > 0
  return isList ? [...values, ...optionsLeft(operation, given)] : values
}

/** Required ones first, then those that may be left out. */
function optionsLeft(operation: ApiOperation, given: ReadonlyMap<string, unknown>): Option[] {
  const left = parametersOf(operation).filter(({ name }) => !given.has(name))
  const ordered = [
    ...left.filter(({ shape }) => shape.required),
    ...left.filter(({ shape }) => !shape.required),
  ]
  return [
    ...ordered.map((each) =>
      word(optionOf(each), `${each.shape.required ? 'required, ' : ''}${typeText(each.shape)}`),
    ),
    word('--output', FORMATS.join(', ')),
  ]
}

function valuesOf(
  parameter: Parameter,
  typed: string,
  present: readonly string[],
  about: Surroundings,
): readonly Option[] {
  const { shape } = parameter
  if (shape.type === 'string' && shape.refers) {
    return (about.names[shape.refers.kind] ?? []).map((each) => word(each))
  }
  const seen = seenFor(shape, about)
  if (seen.length > 0) return seen.map((each, i) => word(each, i === 0 ? 'the newest' : ''))
  if (shape.type === 'string') return (shape.names ?? []).map((each) => word(each))
  if (shape.type === 'list' && shape.names) {
    return shape.names.filter((each) => !present.includes(each)).map((each) => word(each))
  }
  if (shape.type === 'map' && shape.names) {
    // "a=1,b" goes on after the last comma.
    const head = typed.slice(0, typed.lastIndexOf(',') + 1)
    return shape.names
      .filter((each) => !head.includes(`${each}=`))
      .map((each) => option(`${head}${each}=`))
  }
  return []
}

const seenFor = ({ from = [] }: Member, { seen }: Surroundings): readonly string[] =>
  from.flatMap((key) => seen[key] ?? [])
