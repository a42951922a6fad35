/** The commands that move time and tell of it; they need no editor around them. */
import type { AppState } from '../store/store.ts'

export const runCommands = (now: () => AppState) => ({
  play: () => now().togglePlay(),
  step: () => void now().step(),
  stepBack: () => void now().stepBack(),
  previous: () => void now().jump('previous', null),
  next: () => void now().jump('next', null),
  restart: () => void now().restart(),
  narrate: () => now().toggleNarration(),
})
