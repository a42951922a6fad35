/** Finds every kind's `schema.ts`; used by both sides. The folder's name is the kind. */
import type { ScenarioNode } from '../scenario/scenario.ts'
import type { Connection, Field, KindSchema } from './schema.ts'

const found = import.meta.glob<KindSchema>(['./*/schema.ts', '!./_*/schema.ts'], {
  eager: true,
  import: 'default',
})

export const schemas: ReadonlyMap<string, KindSchema> = new Map(
  Object.keys(found)
    .sort()
    .map((path) => [path.split('/')[1], found[path]]),
)

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
