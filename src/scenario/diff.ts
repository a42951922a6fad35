/** What an edit changed, so that a running world can take it over: by part, not by command. */
import { samePlain } from './plain.ts'
import type { Scenario, ScenarioDiff } from './scenario.ts'

type Part = { readonly id: string }

/**
 * What turns `a` into `b`; null when nothing does. The seed is not looked at: another seed is another
 * run, which begins anew. Neither is the order of parts (see `applyDiff`).
 */
export function diffScenarios(a: Scenario, b: Scenario): ScenarioDiff | null {
  if (a === b) return null
  const nodes = diffParts(a.nodes, b.nodes)
  const wires = diffParts(a.wires, b.wires)
  const diff: ScenarioDiff = {
    nodes,
    wires,
    ...(!samePlain(a.settings, b.settings) && { settings: b.settings }),
    ...(a.title !== b.title && { title: b.title }),
    ...(a.description !== b.description && { description: b.description }),
  }
  const parts = Object.keys(nodes).length + Object.keys(wires).length
  return parts > 0 || Object.keys(diff).length > 2 ? diff : null
}

function diffParts<T extends Part>(a: readonly T[], b: readonly T[]): Record<string, T | null> {
  if (a === b) return {}
  const before = new Map(a.map((part) => [part.id, part]))
  const after = new Set(b.map((part) => part.id))
  const changed: Record<string, T | null> = {}
  for (const part of a) if (!after.has(part.id)) changed[part.id] = null
  for (const part of b) if (!samePlain(before.get(part.id), part)) changed[part.id] = part
  return changed
}

/**
 * The scenario after the change. Parts that stay keep their place, new ones follow at the end in the
 * order of the diff; so `applyDiff(a, diffScenarios(a, b))` has the parts of `b`, though perhaps in
 * another order when `b` had moved or re-inserted some.
 */
export function applyDiff(scenario: Scenario, diff: ScenarioDiff): Scenario {
  return {
    ...scenario,
    title: diff.title ?? scenario.title,
    description: diff.description ?? scenario.description,
    settings: diff.settings ?? scenario.settings,
    nodes: applyParts(scenario.nodes, diff.nodes),
    wires: applyParts(scenario.wires, diff.wires),
  }
}

function applyParts<T extends Part>(
  parts: readonly T[],
  changes: Readonly<Record<string, T | null>>,
): readonly T[] {
  const ids = Object.keys(changes)
  if (ids.length === 0) return parts
  const known = new Set(parts.map((part) => part.id))
  const kept = parts.map((part) => (Object.hasOwn(changes, part.id) ? changes[part.id] : part))
  const added = ids.filter((id) => !known.has(id)).map((id) => changes[id])
  return [...kept, ...added].filter((part) => part !== null)
}
