/**
 * The schemas of all kinds that are known, in the order of their names. The engine's side knows every
 * kind from the start (`everySchema.ts`), the screen those that it has loaded (`views.ts`).
 */
import type { ScenarioNode } from '../scenario/scenario.ts'
import type { Connection, Field, KindSchema } from './schema.ts'

const known = new Map<string, KindSchema>()

export const schemas: ReadonlyMap<string, KindSchema> = known

/** From now on they are known. */
export function learn(found: readonly KindSchema[]): void {
  const all = [...known.values(), ...found].map((schema) => [schema.kind, schema] as const)
  known.clear()
  for (const [kind, schema] of all.toSorted(([a], [b]) => (a < b ? -1 : 1))) known.set(kind, schema)
}

/** What a wire between the two nodes would mean, or why it cannot be. */
export function connectionOf(from: ScenarioNode, to: ScenarioNode): Connection {
  const source = schemas.get(from.kind)
  const target = schemas.get(to.kind)
  if (!source || !target) {
    const unknown = source ? to : from
    return {
      ok: false,
      reason: `This version does not know the part “${unknown.kind}”.`,
      instead: 'Open the design with a newer version of Switchyard.',
    }
  }
  if (from.id === to.id && !source.connectsToItself) {
    return { ok: false, reason: 'A part cannot be connected to itself.', instead: '' }
  }
  return target.attach?.(from, to, source) ?? source.connect(from, to, target)
}

/** A config with every default filled in. `limits` chooses between AWS today and exam material. */
export function withDefaults(
  fields: readonly Field[],
  config: Readonly<Record<string, unknown>>,
  limits: 'today' | 'exam' = 'today',
): Record<string, unknown> {
  const full: Record<string, unknown> = {}
  for (const field of fields) full[field.id] = config[field.id] ?? defaultOf(field, limits)
  return full
}

export function defaultOf(field: Field, limits: 'today' | 'exam'): unknown {
  if (field.type === 'number' && limits === 'exam') return field.exam?.default ?? field.default
  return field.default
}
