/** The palette's entries: every preset of every kind, by family, and what a search finds. */
import type { Placeable } from '../../canvas/paletteDrag.ts'
import type { Family } from '../../services/schema.ts'
import { schemas } from '../../services/schemas.ts'

const FAMILIES: readonly { readonly id: Family; readonly label: string }[] = [
  { id: 'produce', label: 'Produce' },
  { id: 'queue', label: 'Queue' },
  { id: 'fanout', label: 'Fan out' },
  { id: 'stream', label: 'Stream' },
  { id: 'compute', label: 'Compute' },
  { id: 'store', label: 'Store and notify' },
  { id: 'operate', label: 'Operate' },
]

export interface PaletteEntry extends Placeable {
  readonly family: Family
}

export interface PaletteGroup {
  readonly id: Family
  readonly label: string
  readonly entries: readonly PaletteEntry[]
}

/** Of all kinds that are loaded, in the order of the palette. */
export const paletteEntries = (): readonly PaletteEntry[] =>
  FAMILIES.flatMap(({ id: family }) =>
    [...schemas.values()]
      .filter((schema) => schema.family === family)
      .toSorted((a, b) => Number(a.isRare ?? false) - Number(b.isRare ?? false))
      .flatMap(({ kind, presets }) => presets.map((preset) => ({ kind, family, preset }))),
  )

function matches({ preset, kind }: PaletteEntry, words: readonly string[]): boolean {
  const text = [preset.label, preset.help, kind, ...preset.keywords].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

/** Entries in which every word of the query occurs, in families; empty families are left out. */
export function searchPalette(query: string): readonly PaletteGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const entries = paletteEntries().filter((entry) => matches(entry, words))
  return FAMILIES.map((family) => ({
    ...family,
    entries: entries.filter((entry) => entry.family === family.id),
  })).filter(({ entries }) => entries.length > 0)
}
