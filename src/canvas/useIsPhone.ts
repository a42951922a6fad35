import { useSyncExternalStore } from 'react'

/** As in app.css: too narrow, or too low, for panels around the canvas. */
const query = () => window.matchMedia('(max-width: 900px), (max-height: 520px)')

function subscribe(changed: () => void): () => void {
  const list = query()
  list.addEventListener('change', changed)
  return () => list.removeEventListener('change', changed)
}

/** Panels are sheets over the canvas. */
export const useIsPhone = (): boolean => useSyncExternalStore(subscribe, () => query().matches)
