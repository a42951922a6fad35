/** What a part is, as its card says: how it is connected may matter ("Dead-letter queue"). */
import type { Scenario, ScenarioNode } from '../scenario/scenario.ts'
import { views } from '../services/views.ts'
import { partsOf, rolesOf } from './flowModel.ts'
import { kindTitle } from './partNames.ts'

export function partTitle(scenario: Scenario, node: ScenarioNode): string {
  const heading = views.get(node.kind)?.heading
  if (!heading) return kindTitle(node)
  const roles = rolesOf(scenario, partsOf(scenario))
  const found = heading(roles.into.get(node.id) ?? [], roles.from.get(node.id) ?? [])
  return found?.title ?? kindTitle(node)
}
