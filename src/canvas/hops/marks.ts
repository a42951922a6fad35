/**
 * What comes and goes by calls from outside, and endings that happen at a node: a short effect in wall time beside its card. Each differs in
 * shape, colour and motion: expired sinks and greys, lost falls turning, filtered fades at its gate,
 * throttled bounces back, denied shows a no-entry sign, duplicate splits, purged is swept, dead-lettered and crashed burst.
 */
import type { SimUs } from '../../base/units.ts'
import type { Mark, MarkType } from '../../worker/protocol.ts'
import { paletteOf } from '../palette.ts'
import type { Palette, Theme } from '../palette.ts'

/** Wall time that an effect lasts. */
export const EFFECT_MS = 600
/** A still glyph needs longer to be noticed than a moving one. */
const STILL_EFFECT_MS = 1500

export interface Effect {
  readonly node: string
  readonly type: MarkType
  readonly startedMs: number
  /** How many it stands for. */
  readonly count: number
}

/** Those of a frame's marks that fall in (afterUs, atUs], added up per node and type. */
export function effectsOf(
  marks: readonly Mark[],
  afterUs: SimUs,
  atUs: SimUs,
  nowMs: number,
): readonly Effect[] {
  const found = new Map<string, Effect>()
  for (const { atUs: markUs, node, type, count } of marks) {
    if (markUs <= afterUs || markUs > atUs || type === 'edited') continue
    const key = `${type} ${node}`
    found.set(key, { node, type, startedMs: nowMs, count: count + (found.get(key)?.count ?? 0) })
  }
  return [...found.values()]
}

/** The live effects after new ones came: a new one replaces the old of its node and type. */
export function mergeEffects(
  old: readonly Effect[],
  fresh: readonly Effect[],
  nowMs: number,
  still: boolean,
): readonly Effect[] {
  const lastsMs = still ? STILL_EFFECT_MS : EFFECT_MS
  // A stream of comers is many, each on its way; standing glyphs would only cover each other.
  const replaced = (effect: Effect) =>
    (still || !PASSING.has(effect.type)) &&
    fresh.some(({ node, type }) => node === effect.node && type === effect.type)
  const kept = old.filter((e) => nowMs - e.startedMs < lastsMs && !replaced(e))
  return [...kept, ...fresh]
}

const PASSING: ReadonlySet<MarkType> = new Set(['arrived', 'left', 'acknowledged'])

/** A box in device pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

type Pen = Pick<
  CanvasRenderingContext2D,
  | 'save'
  | 'restore'
  | 'translate'
  | 'rotate'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'arc'
  | 'fill'
  | 'stroke'
  | 'roundRect'
  | 'fillText'
  | 'setLineDash'
  | 'globalAlpha'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
>

export interface MarkStyle {
  readonly theme: Theme
  /** Side of a token, device pixels. */
  readonly size: number
  /** Without motion: a glyph that only stands there. */
  readonly still: boolean
}

/**
 * Draws the effects. `boxOf` gives a node's card in device pixels, null when it is not on screen.
 * @returns the boxes that were drawn in, for the next erase
 */
export function paintMarks(
  pen: Pen,
  effects: readonly Effect[],
  boxOf: (node: string) => Box | null,
  nowMs: number,
  style: MarkStyle,
): readonly Box[] {
  const palette = paletteOf(style.theme)
  const boxes: Box[] = []
  for (const effect of effects) {
    const card = boxOf(effect.node)
    const ending = ENDINGS[effect.type]
    if (!card || !ending) continue
    const { size } = style
    const [x, y] = startOf(ending.from, card, size)
    const share = style.still ? 0 : Math.min(1, (nowMs - effect.startedMs) / EFFECT_MS)
    pen.save()
    pen.translate(x, y)
    pen.globalAlpha = style.still ? 1 : Math.min(1, 2 - 2 * share)
    pen.lineWidth = Math.max(1, size / 7)
    if (effect.count > 1) writeCount(pen, effect.count, ending.from, size, palette)
    ending.draw(pen, share, size, palette)
    pen.restore()
    const reach = size * 5
    boxes.push({ left: x - reach, top: y - reach, width: reach * 2, height: reach * 2 })
  }
  return boxes
}

/** Where no effect goes: all move to the right or down, those at an edge along one line. */
function writeCount(pen: Pen, count: number, from: Side, size: number, palette: Palette) {
  pen.fillStyle = palette.text
  pen.font = `600 ${Math.round(size * 0.9)}px "JetBrains Mono Variable", ui-monospace, monospace`
  pen.textAlign = 'right'
  pen.textBaseline = 'middle'
  if (from === 'gate' || from === 'exit') pen.fillText(`×${count}`, size * 0.5, -size * 1.5)
  else pen.fillText(`×${count}`, -size * 1.8, 0)
}

type Side = 'gate' | 'exit' | 'below' | 'above'

/** Where an effect is: at the gate (left edge), the exit (right edge), under or over the card. */
function startOf(from: Side, card: Box, size: number): readonly [x: number, y: number] {
  if (from === 'gate') return [card.left - size * 0.7, card.top + card.height / 2]
  if (from === 'exit') {
    return [card.left + card.width + size * 0.7, card.top + card.height / 2]
  }
  const y = from === 'below' ? card.top + card.height + size * 0.6 : card.top - size * 0.6
  return [card.left + card.width * (from === 'below' ? 0.3 : 0.7), y]
}

interface Ending {
  readonly from: Side
  /** `share` is 0 at the start and 1 at the end. The pen stands at the start. */
  draw(pen: Pen, share: number, size: number, palette: Palette): void
}

const square = (pen: Pen, size: number, x = 0, y = 0) => {
  pen.beginPath()
  pen.roundRect(x - size / 2, y - size / 2, size, size, size * 0.24)
}

const cross = (pen: Pen, arm: number) => {
  pen.beginPath()
  pen.moveTo(-arm, -arm)
  pen.lineTo(arm, arm)
  pen.moveTo(arm, -arm)
  pen.lineTo(-arm, arm)
  pen.stroke()
}

const ENDINGS: Readonly<Partial<Record<MarkType, Ending>>> = {
  arrived: {
    from: 'gate',
    draw(pen, share, size, { hues }) {
      pen.translate(-size * 3 * (1 - share), 0)
      pen.fillStyle = hues[0]
      square(pen, size)
      pen.fill()
    },
  },
  left: {
    from: 'exit',
    draw(pen, share, size, { hues, paper }) {
      pen.translate(size * 3 * share, 0)
      pen.fillStyle = paper
      pen.strokeStyle = hues[0]
      square(pen, size)
      pen.fill()
      pen.stroke()
    },
  },
  acknowledged: {
    from: 'exit',
    draw(pen, share, size, { quiet }) {
      pen.translate(size * 3 * (1 - share), 0)
      pen.fillStyle = quiet
      pen.beginPath()
      pen.arc(0, 0, size * 0.28, 0, Math.PI * 2)
      pen.fill()
    },
  },
  expired: {
    from: 'below',
    draw(pen, share, size, { quiet }) {
      pen.fillStyle = quiet
      square(pen, size * (1 - share * 0.3), 0, share * size * 1.6)
      pen.fill()
    },
  },
  lost: {
    from: 'below',
    draw(pen, share, size, { failure }) {
      pen.translate(share * size * 0.6, share * share * size * 3)
      pen.rotate(share * 2.4)
      pen.strokeStyle = failure
      pen.setLineDash([size / 4, size / 6])
      square(pen, size)
      pen.stroke()
    },
  },
  filtered: {
    from: 'gate',
    draw(pen, share, size, { quiet }) {
      pen.globalAlpha = 1 - share
      pen.strokeStyle = quiet
      square(pen, size * (1 - share * 0.5))
      pen.stroke()
      pen.beginPath()
      pen.moveTo(size * 0.7, -size)
      pen.lineTo(size * 0.7, size)
      pen.stroke()
    },
  },
  throttled: {
    from: 'gate',
    draw(pen, share, size, { refused }) {
      pen.translate(-size * 2.4 * Math.sin((share * Math.PI) / 2), 0)
      pen.strokeStyle = refused
      square(pen, size)
      pen.stroke()
      cross(pen, size * 0.22)
    },
  },
  denied: {
    from: 'gate',
    draw(pen, share, size, { failure, paper }) {
      pen.translate(-size * 1.2 * Math.sin((share * Math.PI) / 2), 0)
      pen.fillStyle = failure
      pen.beginPath()
      pen.arc(0, 0, size * 0.7, 0, Math.PI * 2)
      pen.fill()
      pen.fillStyle = paper
      pen.beginPath()
      pen.roundRect(-size * 0.42, -size * 0.14, size * 0.84, size * 0.28, size * 0.06)
      pen.fill()
    },
  },
  duplicate: {
    from: 'above',
    draw(pen, share, size, { hues, paper }) {
      const gap = size * (0.3 + share * 0.7)
      pen.strokeStyle = hues[0]
      pen.fillStyle = paper
      for (const x of [-gap, gap]) {
        square(pen, size, x)
        pen.fill()
        pen.stroke()
      }
    },
  },
  purged: {
    from: 'below',
    draw(pen, share, size, { quiet }) {
      pen.strokeStyle = quiet
      pen.beginPath()
      for (let row = -1; row <= 1; row++) {
        pen.moveTo(size * (share * 2 - 1), row * size * 0.4)
        pen.lineTo(size * (share * 2 + 1), row * size * 0.4)
      }
      pen.stroke()
    },
  },
  deadLettered: {
    from: 'below',
    draw(pen, share, size, { failure }) {
      pen.strokeStyle = failure
      pen.beginPath()
      pen.moveTo(-size * 0.5, share * size)
      pen.lineTo(0, size * 0.5 + share * size)
      pen.lineTo(size * 0.5, share * size)
      pen.stroke()
    },
  },
  crashed: {
    from: 'above',
    draw(pen, share, size, { failure }) {
      pen.strokeStyle = failure
      cross(pen, size * 0.35)
      pen.beginPath()
      for (let ray = 0; ray < 8; ray++) {
        const [x, y] = [Math.cos((ray * Math.PI) / 4), Math.sin((ray * Math.PI) / 4)]
        const inner = size * (0.7 + share * 0.6)
        pen.moveTo(x * inner, y * inner)
        pen.lineTo(x * (inner + size * 0.35), y * (inner + size * 0.35))
      }
      pen.stroke()
    },
  },
}
