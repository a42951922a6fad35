/** What the address of an embedded page may say about how it looks: `?embed&theme=dark&speed=5`. */
import { MAX_SPEED, MIN_SPEED } from '../player.ts'
import type { ThemeChoice } from '../store/viewSlice.ts'

export interface EmbedOptions {
  /** Id of a built-in scenario; '' when the fragment has the design. */
  readonly example: string
  readonly theme: ThemeChoice
  /** Without buttons and timeline. */
  readonly bare: boolean
  readonly autoplay: boolean
  readonly speed: number
}

/** @returns null when the address asks for the whole editor; what makes no sense is left out */
export function embedOptions(search: string): EmbedOptions | null {
  const query = new URLSearchParams(search)
  const example = query.get('embed')
  if (example === null) return null
  const theme = query.get('theme')
  const speed = Number(query.get('speed') ?? 1)
  return {
    example,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    bare: query.get('controls') === 'none',
    autoplay: query.has('autoplay') && query.get('autoplay') !== '0',
    speed: speed >= MIN_SPEED && speed <= MAX_SPEED ? speed : 1,
  }
}
