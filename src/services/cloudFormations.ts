/** Finds every kind's `cloudFormation.ts`; loaded when somebody takes a design away as a template. */
import type { CloudFormation } from './cloudFormation.ts'

const found = import.meta.glob<CloudFormation>(
  ['./*/cloudFormation.ts', '!./_*/cloudFormation.ts'],
  { import: 'default' },
)

/** Of these kinds; those that write nothing are left out. Rejects when one cannot be fetched. */
export async function cloudFormationOf(
  kinds: Iterable<string>,
): Promise<ReadonlyMap<string, CloudFormation>> {
  const pairs = [...new Set(kinds)].map(async (kind) => {
    const load = found[`./${kind}/cloudFormation.ts`]
    return load ? ([kind, await load()] as const) : null
  })
  return new Map((await Promise.all(pairs)).filter((pair) => pair !== null))
}
