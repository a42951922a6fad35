/** Finds every kind's `api/description.ts`. */
import type { ServiceApi } from './api.ts'

/** A service's API and the kind that fulfils it. */
export interface Api extends ServiceApi {
  readonly kind: string
}

const found = import.meta.glob<ServiceApi | readonly ServiceApi[]>(
  ['./*/api/description.ts', '!./_*/api/description.ts'],
  {
    eager: true,
    import: 'default',
  },
)

/** In order of their services' names. */
export const apis: readonly Api[] = Object.entries(found)
  .flatMap(([path, described]) =>
    [described].flat().map((description) => ({ ...description, kind: path.split('/')[1] })),
  )
  .sort((a, b) => (a.service < b.service ? -1 : 1))

export const apiOf = (service: string): Api | undefined =>
  apis.find((api) => api.service === service)
