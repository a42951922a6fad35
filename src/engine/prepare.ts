/** What kinds need is loaded before a world is made with them; making and running it waits for nothing. */
import type { Intervention, Scenario } from '../scenario/scenario.ts'
import type { Kinds } from './build.ts'

/**
 * Loads what these kinds need; null when all is there.
 * The promise fails when something cannot be loaded.
 */
export function prepare(kinds: Kinds, names: Iterable<string>): Promise<void> | null {
  const loading = [...new Set(names)]
    .map((name) => kinds.behaviour(name)?.prepare?.() ?? null)
    .filter((each) => each !== null)
  return loading.length === 0 ? null : Promise.all(loading).then(() => undefined)
}

/** The kinds that a run may ever need: those of the document, and those that its edits add. */
export const kindsIn = (
  scenario: Pick<Scenario, 'nodes'>,
  interventions: readonly Intervention[],
): string[] => [...scenario.nodes.map(({ kind }) => kind), ...interventions.flatMap(kindsAdded)]

export const kindsAdded = (intervention: Intervention): string[] =>
  intervention.type === 'edit'
    ? Object.values(intervention.diff.nodes).flatMap((node) => (node ? [node.kind] : []))
    : []
