/** Documents from outside are checked by the kinds that they hold, which are loaded for it. */
import { examine, type Opened } from '../scenario/parse.ts'
import type { SharedDocument } from '../scenario/scenario.ts'
import { documentChecks } from '../services/validate.ts'
import { loadKinds } from '../services/views.ts'

/** @param opened as read without the kinds' checks */
export async function checked(opened: Opened): Promise<Opened> {
  if (!opened.ok) return opened
  await loadKinds(kindsOf(opened.document))
  return examine(opened.document, documentChecks)
}

/** Of all its parts, also of those that are added later, and of what it is compared with. */
function kindsOf({ scenario, interventions, reference }: SharedDocument): readonly string[] {
  const recordings = [{ scenario, interventions }, ...(reference ? [reference] : [])]
  return recordings.flatMap(({ scenario, interventions }) => {
    const later = interventions.flatMap((done) =>
      done.type === 'edit' ? Object.values(done.diff.nodes) : [],
    )
    return [...scenario.nodes, ...later].flatMap((node) => (node ? [node.kind] : []))
  })
}
