/** The HTML that puts a design into another page. */
import type { SharedDocument } from '../../scenario/scenario.ts'
import { encodeLink } from '../../scenario/share.ts'
import type { ThemeChoice } from '../store/viewSlice.ts'

/** Width and height, CSS pixels. */
export const SIZES: readonly (readonly [number, number])[] = [
  [480, 320],
  [800, 500],
  [1100, 640],
]

export interface EmbedLook {
  /** Index into SIZES. */
  readonly size: number
  readonly theme: ThemeChoice
  readonly autoplay: boolean
}

/** @param page the address of the playground, with or without fragment and query */
export function embedSnippet(page: string, document: SharedDocument, look: EmbedLook): string {
  const { origin, pathname } = new URL(page)
  const query = [
    'embed',
    ...(look.theme === 'system' ? [] : [`theme=${look.theme}`]),
    ...(look.autoplay ? ['autoplay'] : []),
  ].join('&')
  const [width, height] = SIZES[look.size]
  const address = `${origin}${pathname}?${query}${encodeLink(document)}`
  const title = attribute(document.scenario.title)
  return `<iframe src="${attribute(address)}" title="${title}" width="${width}" height="${height}" style="border: 0; max-width: 100%" loading="lazy"></iframe>`
}

const attribute = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
