/** Which screen the address asks for: `#/scenarios`, `#/designs`, else the editor. */
import { useSyncExternalStore } from 'react'

export type Route = 'editor' | 'scenarios' | 'designs'

export function routeOf(hash: string): Route {
  if (hash === '#/scenarios') return 'scenarios'
  if (hash === '#/designs') return 'designs'
  return 'editor'
}

export function goTo(route: Route): void {
  window.location.hash = route === 'editor' ? '#/' : `#/${route}`
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export const useRoute = (): Route =>
  useSyncExternalStore(subscribe, () => routeOf(window.location.hash))
