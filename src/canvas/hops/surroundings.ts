/** What the painted layers must know about the page and the person, as React state. */
import { useSyncExternalStore } from 'react'
import type { Theme } from '../palette.ts'

const REDUCED = '(prefers-reduced-motion: reduce)'

/** The page's theme: <html data-theme>, light unless it says dark. */
export const useTheme = (): Theme => useSyncExternalStore(watchTheme, themeNow)

const themeNow = (): Theme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light')

function watchTheme(changed: () => void) {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

/** Whether the person asked their system for less motion. */
export const useReducedMotion = (): boolean => useSyncExternalStore(watchMotion, isReduced)

const isReduced = () => matchMedia(REDUCED).matches

function watchMotion(changed: () => void) {
  const query = matchMedia(REDUCED)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
