/**
 * What the screen knows of kinds, loaded as it is needed: `<kind>/view.tsx`, and the schema with it.
 * Whoever shows or checks a design has its kinds loaded before; whoever lists kinds has all of
 * them loaded.
 */
import type { KindView } from '../canvas/view.ts'
import { learn } from './schemas.ts'

const found = import.meta.glob<KindView>(['./*/view.tsx', '!./_*/view.tsx'], { import: 'default' })

const loaders: ReadonlyMap<string, () => Promise<KindView>> = new Map(
  Object.entries(found).map(([path, load]) => [path.split('/')[1], load]),
)

const known = new Map<string, KindView>()

/** Of the kinds that are loaded. */
export const views: ReadonlyMap<string, KindView> = known

/**
 * Loads kinds; those that this version does not have are left out. Rejects when one cannot be
 * fetched. @param kinds every one unless given
 */
export async function loadKinds(kinds: Iterable<string> = loaders.keys()): Promise<void> {
  const missing = [...new Set(kinds)].filter((kind) => loaders.has(kind) && !known.has(kind))
  await Promise.all(
    missing.map(async (kind) => {
      const view = await loaders.get(kind)!()
      learn([view.schema])
      known.set(kind, view)
    }),
  )
}

/** For `React.lazy`: what lists kinds is there when every kind is. */
export async function withEveryKind<T>(component: Promise<T>): Promise<T> {
  await loadKinds()
  return component
}
