import { useSyncExternalStore } from 'react'

/** As in app.css. */
const query = () => window.matchMedia('(max-width: 760px)')

function subscribe(changed: () => void): () => void {
  const list = query()
  list.addEventListener('change', changed)
  return () => list.removeEventListener('change', changed)
}

/** Panels are sheets over the canvas. */
export const useIsPhone = (): boolean => useSyncExternalStore(subscribe, () => query().matches)
