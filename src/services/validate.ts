/** Whether values fit a kind's fields: asked by the inspector as one types, and when a document opens. */
import { formatCount } from '../base/format.ts'
import type { Checks } from '../scenario/integrity.ts'
import type { Config, ScenarioSettings } from '../scenario/scenario.ts'
import type { Field, KindSchema, NumberField, TextField } from './schema.ts'
import { connectionOf, schemas } from './schemas.ts'

type Limits = ScenarioSettings['limits']

export interface FieldProblem {
  /** The field's id. */
  readonly field: string
  readonly message: string
}

/**
 * Why the field refuses the value: AWS's text where the field has one, else ours. Null when the value
 * is fine, or absent (null, undefined), which means the default.
 * @param config the other settings, where they are known; a document opens whatever they say together
 */
export function checkField(
  field: Field,
  value: unknown,
  limits: Limits = 'today',
  config?: Config,
): string | null {
  if (value === undefined || value === null) return null
  switch (field.type) {
    case 'number':
      return checkNumber(field, value, limits)
    case 'choice':
      return field.options.some((option) => option.value === value)
        ? null
        : `${field.label} cannot be ${shown(value)}.`
    case 'switch':
      return typeof value === 'boolean' ? null : `${field.label} is either on or off.`
    case 'text':
      // AWS's own words for it, where they are known, before ours.
      return (config && field.problem?.(String(value), config)) ?? checkText(field, value)
  }
}

/** All problems of a config, in the order of the fields. Settings that are no field are let be. */
export function checkConfig(
  fields: readonly Field[],
  config: Config,
  limits: Limits = 'today',
): readonly FieldProblem[] {
  return fields.flatMap((field) => {
    const message = checkField(field, valueOf(config, field), limits)
    return message === null ? [] : [{ field: field.id, message }]
  })
}

/** Why a node of this kind cannot be called so, apart from the name being taken; null when it can. */
export function checkName(schema: KindSchema, name: string, config: Config = {}): string | null {
  const { maxLength, pattern, error, problem } = schema.name
  if (problem) return problem(name, config)
  return name.length <= maxLength && pattern.test(name) ? null : error
}

/**
 * For `parse`: the settings of all known kinds. A value that either profile of limits allows passes,
 * so that switching the profile never makes a saved design unreadable.
 */
export const documentChecks: Checks = {
  checkConfig: (kind, config) => problemsOf(schemas.get(kind)?.fields ?? [], config),
  checkWire(from, to, config) {
    const connection = connectionOf(from, to)
    return connection.ok ? problemsOf(connection.fields, config) : []
  },
}

function problemsOf(fields: readonly Field[], config: Config): readonly string[] {
  const strict = checkConfig(fields, config, 'exam')
  if (strict.length === 0) return []
  return checkConfig(fields, config, 'today')
    .filter((problem) => strict.some((other) => other.field === problem.field))
    .map((problem) => problem.message)
}

function checkNumber(field: NumberField, value: unknown, limits: Limits): string | null {
  const [min, max] = rangeOf(field, limits)
  if (typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max) {
    if (field.step !== 1 || Number.isInteger(value)) return null
  }
  if (field.error) return field.error.replaceAll('{v}', () => shown(value))
  const kind = field.step === 1 ? 'a whole number' : 'a number'
  return `${field.label} must be ${kind} ${rangeWords(field, limits)}.`
}

/** "from 0 to 43 200 s" (with no-break spaces). */
export function rangeWords(field: NumberField, limits: Limits): string {
  const [min, max] = rangeOf(field, limits).map((value) =>
    Number.isInteger(value) ? formatCount(value) : String(value),
  )
  return `from ${min} to ${max}${field.unit ? ` ${field.unit}` : ''}`
}

/** Least and greatest value under a profile of limits. */
export function rangeOf(field: NumberField, limits: Limits): readonly [min: number, max: number] {
  if (limits === 'today') return [field.min, field.max]
  return [field.exam?.min ?? field.min, field.exam?.max ?? field.max]
}

function checkText(field: TextField, value: unknown): string | null {
  const error = field.error?.replaceAll('{v}', () => shown(value))
  if (typeof value !== 'string') return error ?? `${field.label} must be text.`
  if (value.length > field.maxLength) {
    return error ?? `${field.label} is longer than ${field.maxLength} characters.`
  }
  if (field.pattern && !new RegExp(`^(?:${field.pattern})$`, 'u').test(value)) {
    return error ?? `${field.label} does not have the right form.`
  }
  return field.json && value.trim() !== '' && !isJson(value)
    ? (error ?? `${field.label} must be JSON.`)
    : null
}

const valueOf = (config: Config, field: Field): unknown =>
  Object.hasOwn(config, field.id) ? config[field.id] : undefined

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The value as an error names it, kept short. */
const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
