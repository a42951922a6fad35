/** Reads the input of an operation off a form of the Query protocol. */
import type { ApiError } from '../../../engine/calls.ts'
import type { ListShape, MapShape, Shape, Structure } from '../../../services/api.ts'
import { PLAIN_ENTRY, wrapperOf } from './xml.ts'

/** `A.1.B=x` as A -> 1 -> B, so that shapes can be read off it. */
export interface Tree {
  value?: string
  readonly children: Map<string, Tree>
}

export function readForm(texts: readonly string[]): Tree {
  const root: Tree = { children: new Map() }
  for (const text of texts) {
    for (const [name, value] of new URLSearchParams(text)) {
      let place = root
      for (const part of name.split('.')) {
        let child = place.children.get(part)
        if (!child) place.children.set(part, (child = { children: new Map() }))
        place = child
      }
      place.value = value
    }
  }
  return root
}

/** Thrown while a form is read. */
export class WrongType extends Error {
  readonly error: ApiError
  constructor(name: string, value: string, wanted: string) {
    super(name)
    this.error = {
      code: 'InvalidParameterValueException',
      legacyCode: 'InvalidParameterValue',
      status: 400,
      message: `Value ${value} for parameter ${name} is invalid. Reason: Must be ${wanted}.`,
    }
  }
}

export function readStructure(tree: Tree, shape: Structure): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(shape.members)) {
    if (member.unlessGiven !== undefined && read[member.unlessGiven] !== undefined) continue
    const value = readMember(tree, name, member)
    if (value !== undefined) read[name] = value
  }
  return read
}

function readMember(tree: Tree, name: string, shape: Shape): unknown {
  if (shape.type === 'list') {
    return elementsOf(tree, name, shape)?.map((element) => readValue(element, name, shape.of))
  }
  if (shape.type === 'map') {
    const [key, value] = shape.entry ?? PLAIN_ENTRY
    const entries = elementsOf(tree, name, shape)?.map((entry) => [
      entry.children.get(key)?.value ?? '',
      readMember(entry, value, shape.of) ?? '',
    ])
    return entries && Object.fromEntries(entries)
  }
  const child = tree.children.get(name)
  return child && readValue(child, name, shape)
}

function readValue(tree: Tree, name: string, shape: Shape): unknown {
  if (shape.type === 'structure') return readStructure(tree, shape)
  const text = tree.value
  if (text === undefined) return undefined
  if (shape.type === 'integer') {
    if (!/^[+-]?\d{1,15}$/.test(text)) throw new WrongType(name, text, 'an integer')
    return Number(text)
  }
  if (shape.type === 'number' || shape.type === 'timestamp') {
    const number = shape.type === 'number' ? Number(text) : Date.parse(text) / 1000
    if (!Number.isFinite(number)) throw new WrongType(name, text, `a ${shape.type}`)
    return number
  }
  return shape.type === 'boolean' ? text === 'true' : text
}

/**
 * The elements of a list or the entries of a map, in order of their numbers: `Tag.1` where they are
 * flat, else `Tags.member.1`. A sole flat one may go without: `Tag.Key=...`.
 */
function elementsOf(tree: Tree, name: string, shape: ListShape | MapShape): Tree[] | undefined {
  const around = tree.children.get(shape.flat ?? name)
  if (!around) return undefined
  const found = shape.flat === undefined ? around.children.get(wrapperOf(shape)) : around
  // An empty list is written as `Tags=`.
  if (!found) return []
  const numbered = [...found.children].filter(([part]) => /^\d+$/.test(part))
  if (numbered.length === 0) return [found]
  return numbered.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child)
}
