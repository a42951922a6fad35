/** Decides in each animation frame which rows of tokens must be drawn again, and draws those. */
import type { SimUs } from '../../base/units.ts'
import type { TokenRow } from '../../worker/protocol.ts'
import type { DigestSource } from '../digests.ts'
import type { FrameSource } from '../hops/frameSource.ts'
import type { Viewport } from '../hops/motion.ts'
import { sameView } from '../hops/overlay.ts'
import type { FlowStore, Painter, Surface } from '../hops/overlay.ts'
import type { Theme } from '../palette.ts'
import { paintRow, ringsOf } from './paintTokens.ts'
import type { RowBook, RowPlace } from './rowBook.ts'
import type { PlacedRow } from './tokenLayout.ts'

/** Below this zoom cards are too small for tokens to be told apart. */
const LEAST_ZOOM = 0.2

export interface TokenPainter extends Painter {
  /** Takes effect at the next paint. */
  setTheme(theme: Theme): void
}

/** What was painted into a row's place; the same again means that it need not be touched. */
interface Painted {
  readonly row: TokenRow | undefined
  readonly rings: number
}

/** What moves every row at once. */
interface Scene {
  readonly surface: Surface
  readonly theme: Theme
  readonly view: Viewport
  readonly nodes: unknown
  readonly rows: number
}

export function createTokenPainter(
  frames: FrameSource,
  digests: DigestSource,
  book: RowBook,
  store: FlowStore,
): TokenPainter {
  let theme: Theme = 'light'
  let scene: Scene | null = null
  let places: readonly RowPlace[] = []
  const painted = new Map<RowPlace, Painted>()

  const repaint = (surface: Surface, view: Viewport, place: RowPlace, atUs: SimUs) => {
    const row = rowOf(digests, place)
    const rings = row ? ringsOf(row, atUs) : 0
    const before = painted.get(place)
    if (before && before.row === row && before.rings === rings) return
    painted.set(place, { row, rings })
    const corner = cornerOf(store, place)
    if (!corner) return
    const scale = view.zoom * surface.ratio
    const left = corner.x * scale + view.x * surface.ratio
    const top = corner.y * scale + view.y * surface.ratio
    const [width, height] = [place.width * scale, place.height * scale]
    if (left > surface.width || top > surface.height || left + width < 0 || top + height < 0) return
    const { context } = surface
    if (before) context.clearRect(left - 1, top - 1, width + 2, height + 2)
    if (row) paintRow(context, place, row, atUs, left, top, { theme, scale })
  }

  return {
    setTheme(next) {
      theme = next
    },
    paint(surface, view) {
      const atUs = frames.current()?.atUs ?? 0
      const next = { surface, theme, view, nodes: store.getState().nodes, rows: book.version }
      if (!scene || !sameScene(scene, next)) {
        if (scene?.rows !== next.rows) places = book.list()
        scene = next
        painted.clear()
        surface.context.clearRect(0, 0, surface.width, surface.height)
      }
      if (view.zoom < LEAST_ZOOM) return
      for (const place of places) repaint(surface, view, place, atUs)
    },
  }
}

const sameScene = (a: Scene, b: Scene): boolean =>
  a.surface === b.surface &&
  a.theme === b.theme &&
  a.nodes === b.nodes &&
  a.rows === b.rows &&
  sameView(a.view, b.view)

const rowOf = (digests: DigestSource, { node, name }: RowPlace): TokenRow | undefined =>
  digests.get(node)?.rows.find((row) => row.name === name)

/** The row's upper left corner in flow coordinates; null when its node is gone. */
function cornerOf(store: FlowStore, { node, left, top }: RowPlace) {
  const found = store.getState().nodeLookup.get(node)
  if (!found) return null
  const { x, y } = found.internals.positionAbsolute
  return { x: x + left, y: y + top }
}

/** Every row that has tokens, where it stands now: what `hitTestToken` searches. */
export const placedRows = (
  book: RowBook,
  digests: DigestSource,
  store: FlowStore,
): readonly PlacedRow[] =>
  book.list().flatMap((place) => {
    const row = rowOf(digests, place)
    const corner = cornerOf(store, place)
    return row && corner ? [{ place, row, ...corner }] : []
  })
