/** Decides in each animation frame whether the moving messages must be drawn again, and draws them. */
import type { SimUs } from '../../base/units.ts'
import type { Frame } from '../../worker/protocol.ts'
import { paletteOf } from '../palette.ts'
import type { Theme } from '../palette.ts'
import type { FrameSource } from './frameSource.ts'
import { effectsOf, mergeEffects, paintMarks } from './marks.ts'
import type { Box, Effect } from './marks.ts'
import { hopPosition } from './motion.ts'
import type { Viewport } from './motion.ts'
import { sameView } from './overlay.ts'
import type { FlowStore, Painter, Surface } from './overlay.ts'
import { createHopStyle, hopSize, paintHops } from './paintHops.ts'
import type { HopStyle } from './paintHops.ts'
import type { RouteBook } from './routeBook.ts'
import { paintStill } from './still.ts'
import { createTarget, erase, remember } from './target.ts'
import type { PaintTarget, Region } from './target.ts'

export interface HopSettings {
  readonly theme: Theme
  /** No motion: one glyph and a count per wire. */
  readonly still: boolean
  /** Serial number of the message to ring; null for none. */
  readonly selected: number | null
}

export interface HopPainter extends Painter {
  /** Takes effect at the next paint. */
  set(settings: HopSettings): void
}

/** What the picture depends on; the same twice means that there is nothing to do. */
interface Shown {
  readonly surface: Surface
  readonly settings: HopSettings
  readonly frame: Frame | null
  readonly atUs: SimUs
  readonly view: Viewport
  readonly routes: number
}

export function createHopPainter(
  frames: FrameSource,
  book: RouteBook,
  store: FlowStore,
): HopPainter {
  let settings: HopSettings = { theme: 'light', still: false, selected: null }
  let shown: Shown | null = null
  let image: ImageData | null = null
  let target: PaintTarget | null = null
  /** By theme and size of a message: zooming goes through the same few sizes again and again. */
  const styles = new Map<string, HopStyle>()
  let effects: readonly Effect[] = []

  const targetOn = (surface: Surface): { image: ImageData; target: PaintTarget } => {
    if (!image || !target || shown?.surface !== surface) {
      image = surface.context.createImageData(surface.width, surface.height)
      target = createTarget(surface.width, surface.height, surface.ratio, image.data.buffer)
      styles.clear()
    }
    return { image, target }
  }
  const styleFor = (theme: Theme, zoom: number, on: PaintTarget): HopStyle => {
    const key = `${theme} ${Math.round(hopSize(zoom) * on.ratio)}`
    const known = styles.get(key)
    if (known) return known
    const made = createHopStyle(theme, zoom, on)
    styles.set(key, made)
    return made
  }

  const painter: HopPainter = {
    set(next) {
      settings = next
    },
    paint(surface, view, nowMs) {
      const now = frames.current()
      const next: Shown = {
        surface,
        settings,
        frame: now?.frame ?? null,
        atUs: now?.atUs ?? 0,
        view,
        routes: book.version,
      }
      // A new frame's marks are all new, also those of the moment that was shown last.
      const afterUs = now && shown?.frame === now.frame ? shown.atUs : -Infinity
      const fresh = now && shown ? effectsOf(now.frame.marks, afterUs, now.atUs, nowMs) : NO_EFFECTS
      // One more paint after the last effect ended takes it away.
      const animated = effects.length > 0 || fresh.length > 0
      if (!animated && shown && same(shown, next)) return
      effects = mergeEffects(effects, fresh, nowMs, settings.still)

      const on = targetOn(surface)
      shown = next
      const made = styleFor(settings.theme, view.zoom, on.target)
      put(surface, on.image, draw(on.target, next, made))
      finish(surface.context, on.target, next, made, nowMs)
    },
  }

  /** Fills the buffer; returns what of it changed. */
  function draw(on: PaintTarget, { frame, atUs, view, settings }: Shown, made: HopStyle): Region {
    if (!frame) return erase(on)
    if (!settings.still) {
      return paintHops(on, frame.hops, book.routes(), atUs, view, made).changed
    }
    stillLabels = paintStill(on, frame.hops, book.routes(), atUs, view, made)
    return { left: 0, top: 0, right: on.width, bottom: on.height }
  }
  let stillLabels: ReturnType<typeof paintStill> = []

  /** What few things need a pen: counts, the ring around the selected message, endings. */
  function finish(
    context: CanvasRenderingContext2D,
    on: PaintTarget,
    { settings, view, frame, atUs }: Shown,
    made: HopStyle,
    nowMs: number,
  ) {
    const { size } = made.sprites
    if (settings.still && frame) writeLabels(context, size, settings.theme)
    if (frame && !settings.still && settings.selected !== null) {
      ringSelected(context, on, { view, frame, atUs, settings }, size)
    }
    const boxOf = (node: string) => cardBox(store, node, view, on.ratio)
    const style = { theme: settings.theme, size, still: settings.still }
    for (const { left, top, width, height } of paintMarks(context, effects, boxOf, nowMs, style)) {
      remember(on, Math.floor(left), Math.floor(top), Math.ceil(width) + 1, Math.ceil(height) + 1)
    }
  }

  function writeLabels(context: CanvasRenderingContext2D, size: number, theme: Theme) {
    context.font = `600 ${Math.round(size * 0.9)}px "JetBrains Mono Variable", ui-monospace, monospace`
    context.textAlign = 'left'
    context.textBaseline = 'middle'
    context.lineWidth = size / 3
    context.lineJoin = 'round'
    context.strokeStyle = paletteOf(theme).paper
    context.fillStyle = paletteOf(theme).text
    for (const { x, y, count } of stillLabels) {
      context.strokeText(String(count), x, y)
      context.fillText(String(count), x, y)
    }
  }

  function ringSelected(
    context: CanvasRenderingContext2D,
    on: PaintTarget,
    { view, frame, atUs, settings }: Pick<Shown, 'view' | 'atUs' | 'settings'> & { frame: Frame },
    size: number,
  ) {
    const { hops } = frame
    const routes = book.routes()
    const line = Math.max(1, Math.round(size / 7))
    const radius = size * 0.95
    for (let i = 0; i < hops.count; i++) {
      if (hops.message[i] !== settings.selected) continue
      const place = hopPosition(hops, routes, i, atUs)
      if (!place) continue
      const x = (place.x * view.zoom + view.x) * on.ratio
      const y = (place.y * view.zoom + view.y) * on.ratio
      context.beginPath()
      context.arc(x, y, radius, 0, Math.PI * 2)
      context.lineWidth = line
      context.strokeStyle = paletteOf(settings.theme).text
      context.stroke()
      const reach = Math.ceil(radius + line)
      remember(on, Math.floor(x) - reach, Math.floor(y) - reach, reach * 2 + 1, reach * 2 + 1)
    }
  }
  return painter
}

const NO_EFFECTS: readonly Effect[] = []

const same = (a: Shown, b: Shown): boolean =>
  a.surface === b.surface &&
  a.settings === b.settings &&
  a.frame === b.frame &&
  a.atUs === b.atUs &&
  a.routes === b.routes &&
  sameView(a.view, b.view)

function put({ context }: Surface, image: ImageData, { left, top, right, bottom }: Region) {
  if (right <= left || bottom <= top) return
  context.putImageData(image, 0, 0, left, top, right - left, bottom - top)
}

/** A node's card in device pixels; null when the canvas has no such node. */
function cardBox(store: FlowStore, node: string, view: Viewport, ratio: number): Box | null {
  const found = store.getState().nodeLookup.get(node)
  if (!found) return null
  const { x, y } = found.internals.positionAbsolute
  const scale = view.zoom * ratio
  return {
    left: x * scale + view.x * ratio,
    top: y * scale + view.y * ratio,
    width: (found.measured.width ?? 0) * scale,
    height: (found.measured.height ?? 0) * scale,
  }
}
