/** Finds every kind's `view.tsx`; used by the screen only. The folder's name is the kind. */
import type { KindView } from '../canvas/view.ts'

const found = import.meta.glob<KindView>(['./*/view.tsx', '!./_*/view.tsx'], {
  eager: true,
  import: 'default',
})

export const views: ReadonlyMap<string, KindView> = new Map(
  Object.keys(found)
    .sort()
    .map((path) => [path.split('/')[1], found[path]]),
)
