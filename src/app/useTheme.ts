/** The theme that is shown now: the reader's choice, or else the system's. */
import { useSyncExternalStore } from 'react'
import { useApp } from './useApp.ts'

const dark = () => window.matchMedia('(prefers-color-scheme: dark)')

function subscribe(changed: () => void): () => void {
  const query = dark()
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

export function useTheme(): 'light' | 'dark' {
  const choice = useApp((state) => state.theme)
  const system = useSyncExternalStore(subscribe, () => (dark().matches ? 'dark' : 'light'))
  return choice === 'system' ? system : choice
}
