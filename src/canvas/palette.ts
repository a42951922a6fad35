/**
 * Colours of what is painted (messages, rings, endings). CSS cannot reach a pixel buffer, so these
 * are the only colours of the screen that do not live in theme.css.
 *
 * Hue is identity, so the eight hues must stay apart for colour-blind eyes (palette.test.ts checks
 * it); red and amber are left out of them, because red means failed or dead-lettered and amber
 * means refused.
 */
export type Theme = 'light' | 'dark'

export interface Palette {
  /** Eight identities; `hueColor` chooses one. */
  readonly hues: readonly string[]
  /** The same identities for thin lines and figures on `paper`, which need more contrast than areas. */
  readonly inks: readonly string[]
  /** Failed, dead-lettered, last try. */
  readonly failure: string
  /** Refused: throttled, invalid, full. */
  readonly refused: string
  /** Acknowledgements and whatever is only book-keeping. */
  readonly quiet: string
  /** Progress of a worker. */
  readonly progress: string
  /** Density streaks: so many messages that identity is lost. */
  readonly streak: string
  /** The surface that tokens stand on: the inside of outlined ones, the rim of solid ones. */
  readonly paper: string
  /** Words and figures beside tokens. */
  readonly text: string
  /** Slots that hold nothing. */
  readonly slot: string
  readonly slotLine: string
}

const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    hues: ['#3f82f4', '#f28e2b', '#23a672', '#b07aa1', '#2b3f8c', '#6cc5e8', '#7d5a35', '#ecd94f'],
    inks: ['#2f6fe0', '#c96a08', '#15855a', '#96608a', '#2b3f8c', '#2484ad', '#7d5a35', '#8a7a00'],
    failure: '#e0484b',
    refused: '#c77c00',
    quiet: '#7c8796',
    progress: '#1a9e6b',
    streak: '#7d90ae',
    paper: '#ffffff',
    text: '#4c5766',
    slot: '#edf0f4',
    slotLine: '#c9d0d9',
  },
  dark: {
    hues: ['#4c8bf5', '#f28e2b', '#2fb67c', '#b98aad', '#3f4bc4', '#7fd3f2', '#8a6230', '#f2e26a'],
    inks: ['#6ea0ff', '#f5a04c', '#3ecf96', '#cfa3c4', '#8d97ff', '#7fd3f2', '#c99a5f', '#f2e26a'],
    failure: '#f0565c',
    refused: '#f0b03f',
    quiet: '#8b98a8',
    progress: '#3ecf96',
    streak: '#7c8fab',
    paper: '#16222a',
    text: '#b3bfcc',
    slot: '#202a36',
    slotLine: '#3d4a59',
  },
}

export const paletteOf = (theme: Theme): Palette => PALETTES[theme]

/** The CSS colour of an identity. `hue` is 0 .. 65535 and is taken modulo the palette. */
export const hueColor = (hue: number, theme: Theme): string => {
  const { hues } = PALETTES[theme]
  return hues[hue % hues.length]
}

/** As `hueColor`, for lines and figures. */
export const inkColor = (hue: number, theme: Theme): string => {
  const { inks } = PALETTES[theme]
  return inks[hue % inks.length]
}

/** Red, green and blue, each 0 .. 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Reads "#rrggbb". */
export const rgbOf = (color: string): Rgb => {
  const value = Number.parseInt(color.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
