/** Finds every kind's `schema.ts` and makes it known: for the engine's side, which meets any kind. */
import type { KindSchema } from './schema.ts'
import { learn } from './schemas.ts'

const found = import.meta.glob<KindSchema>(['./*/schema.ts', '!./_*/schema.ts'], {
  eager: true,
  import: 'default',
})

learn(Object.values(found))
