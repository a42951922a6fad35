/**
 * The only door in: whatever comes from a file, a link, the clipboard or storage passes here before
 * anything else sees it. Never throws; says in plain English what is wrong.
 */
import { utf8Length } from '../base/utf8.ts'
import { MAX_DOCUMENT_BYTES } from './caps.ts'
import { findMisfit, type Checks } from './integrity.ts'
import { copyPlain, isObject, type PlainObject } from './plain.ts'
import { SCENARIO_FORMAT, type SharedDocument } from './scenario.ts'
import { documentShape } from './shape.ts'
import { upgrade } from './upgrades.ts'
import { FILE_MARK, FILE_VERSION } from './write.ts'

/** Why something could not be opened, for people. */
export interface Problem {
  /** A few words, without a full stop. */
  readonly title: string
  /** One or two sentences: what is wrong, and what helps. */
  readonly detail: string
}

export type Opened =
  | { readonly ok: true; readonly document: SharedDocument }
  | { readonly ok: false; readonly problem: Problem }

export const refuse = (title: string, detail: string): Opened => ({
  ok: false,
  problem: { title, detail },
})

const NEWER: readonly [string, string] = [
  'Made by a newer version of Switchyard',
  'This version cannot read it yet. Reload the page to get the latest version, then try again.',
]

/**
 * Checks and completes a document: a bare scenario, or a shared document as files carry it
 * (`{"switchyard": 1, "scenario": ..., "interventions": [...], "momentUs": ...}`).
 * The result shares nothing with `value`. Parts of unknown kinds are kept as they are.
 */
export function parse(value: unknown, checks: Checks = {}): Opened {
  const plain = copyPlain(value)
  if (!plain.ok) return damaged(plain.why)
  const raw = unwrap(plain.value)
  if (!raw) {
    return refuse(
      'Not a Switchyard document',
      'It holds JSON, but not a design that Switchyard has saved.',
    )
  }
  if (raw.version > FILE_VERSION || raw.format > SCENARIO_FORMAT) return refuse(...NEWER)
  if (utf8Length(JSON.stringify(raw.document)) > MAX_DOCUMENT_BYTES) {
    return refuse(
      'The document is too large',
      `At most ${MAX_DOCUMENT_BYTES / 1024 / 1024} MB can be opened.`,
    )
  }
  return check(upgrade(raw.document, raw.format), checks)
}

/** As `parse`, from the text of a file. */
export function parseText(text: string, checks: Checks = {}): Opened {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse(
      'Not a Switchyard document',
      'It is not JSON. It may be another kind of file, or cut off in the middle.',
    )
  }
  return parse(value, checks)
}

/** Tells ours from other JSON; null when it is not ours. */
function unwrap(value: unknown): { version: number; format: number; document: PlainObject } | null {
  if (!isObject(value)) return null
  const marked = Object.hasOwn(value, FILE_MARK)
  const version = marked ? value[FILE_MARK] : FILE_VERSION
  const scenario = marked ? value.scenario : value
  if (!isFormat(version)) return null
  if (!isObject(scenario) || !isFormat(scenario.format)) {
    // A file of a later version may be arranged in ways that this one cannot know.
    return version > FILE_VERSION ? { version, format: SCENARIO_FORMAT, document: {} } : null
  }
  if (!marked && !Array.isArray(scenario.nodes)) return null
  const document = (marked ? value : { scenario }) as PlainObject
  return { version, format: scenario.format, document }
}

const isFormat = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1

function check(document: PlainObject, checks: Checks): Opened {
  const shaped = documentShape.safeParse(document)
  if (!shaped.success) {
    const issue = shaped.error.issues[0]
    return damaged(`${placeOf(issue.path, document)}: ${issue.message}.`)
  }
  return examine(shaped.data, checks)
}

/** Whether the parts of a document that is in shape fit together, and their settings the checks. */
export function examine(document: SharedDocument, checks: Checks): Opened {
  const { scenario, interventions, reference } = document
  const misfit =
    findMisfit(scenario, interventions, checks) ??
    (reference && findMisfit(reference.scenario, reference.interventions, checks))
  return misfit ? damaged(misfit) : { ok: true, document }
}

const damaged = (why: string): Opened => refuse('The document is damaged', why)

const LISTS: Readonly<Record<string, string>> = {
  nodes: 'part',
  wires: 'wire',
  interventions: 'intervention',
}

/** ['scenario', 'nodes', 3, 'x'] becomes "Part 4 (“orders”), x". */
function placeOf(path: readonly PropertyKey[], document: PlainObject): string {
  const places: string[] = []
  let at: unknown = document
  path.forEach((step, i) => {
    at = isObject(at) || Array.isArray(at) ? Reflect.get(at, step) : undefined
    const list = LISTS[String(path[i - 1])]
    if (list && typeof step === 'number') {
      const name = isObject(at) && typeof at.name === 'string' ? ` (“${at.name.slice(0, 80)}”)` : ''
      places.push(`${list} ${step + 1}${name}`)
    } else if (step !== 'scenario' && !(String(step) in LISTS && i + 1 < path.length)) {
      places.push(String(step))
    }
  })
  const place = places.join(', ') || 'document'
  return place[0].toUpperCase() + place.slice(1)
}
