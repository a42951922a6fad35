/** Remembers the chosen theme under the key that public/theme.js reads before the first paint. */
import type { App } from './store/store.ts'

const KEY = 'switchyard.theme'

/** Storage may be denied; then the choice lasts as long as the page. */
function quietly(use: () => void): void {
  try {
    use()
  } catch {
    // Nothing is lost but the memory of a preference.
  }
}

export function keepTheme({ store }: App): void {
  quietly(() => {
    const stored = localStorage.getItem(KEY)
    if (stored === 'light' || stored === 'dark') store.getState().setTheme(stored)
  })
  store.subscribe(({ theme }, before) => {
    if (theme !== before.theme) quietly(() => localStorage.setItem(KEY, theme))
  })
}
