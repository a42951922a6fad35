/** The theme that is shown now: the reader's choice, or else the system's. */
import { useEffect, useSyncExternalStore } from 'react'
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

/** Keeps the page's theme and the browser's bar in step with the choice (see public/theme.js). */
export function usePageTheme(): void {
  const theme = useTheme()
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
}
