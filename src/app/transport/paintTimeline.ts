/** Paints the timeline: density bars, marks of what was notable, and the playhead. */
import type { SimUs } from '../../base/units.ts'
import type { NotableType } from '../../worker/protocol.ts'
import { TIMELINE_BINS, type Timeline } from '../timeline.ts'

/** Colours (of theme.css); the later is drawn on top. */
const COLOURS: Readonly<Record<NotableType, string>> = {
  edited: '--text-3',
  filtered: '--text-3',
  duplicate: '--family-stream',
  crashed: '--text',
  scaled: '--family-operate',
  alarm: '--family-operate',
  throttled: '--warn',
  denied: '--danger',
  purged: '--family-store',
  expired: '--family-store',
  lost: '--danger',
  deadLettered: '--danger',
}

/** Marks closer than this are one. */
const MARK_GAP_PX = 10
/** More bins than this with one kind of mark: heads only, so that a storm does not become a wall. */
const MANY_MARKS = 24
const TRACK_TOP = 8
/** Half the width of the playhead's head. */
const HEAD_PX = 5
const MAX_RATIO = 2

export function paintTimeline(canvas: HTMLCanvasElement, timeline: Timeline, atUs: SimUs): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const ratio = Math.min(MAX_RATIO, window.devicePixelRatio)
  const width = canvas.clientWidth
  const height = canvas.clientHeight
  if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
    canvas.width = width * ratio
    canvas.height = height * ratio
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  const style = getComputedStyle(canvas)
  const colour = (name: string) => style.getPropertyValue(name)
  const binPx = width / TIMELINE_BINS

  context.fillStyle = colour('--bg-inset')
  context.beginPath()
  context.roundRect(0, TRACK_TOP, width, height - TRACK_TOP, 4)
  context.fill()

  const most = Math.max(1, ...timeline.density)
  const room = height - TRACK_TOP - 4
  context.fillStyle = colour('--accent')
  const atBin = (atUs - timeline.originUs) / timeline.binUs
  timeline.density.forEach((count, bin) => {
    if (count <= 0) return
    // Logarithmic, or one burst would make everything after it invisible.
    const bar = Math.max(1.5, (Math.log1p(count) / Math.log1p(most)) * room)
    // What is still to come is fainter.
    context.globalAlpha = bin < atBin ? 0.55 : 0.22
    context.fillRect(bin * binPx, height - bar, Math.max(1, binPx - 1), bar)
  })
  context.globalAlpha = 1

  for (const type of Object.keys(COLOURS) as NotableType[]) {
    const bins = timeline.marks.get(type)
    if (!bins) continue
    context.strokeStyle = context.fillStyle = colour(COLOURS[type])
    context.lineWidth = 1.5
    const storm = bins.filter((count) => count > 0).length > MANY_MARKS
    let free = -Infinity
    bins.forEach((count, bin) => {
      const x = (bin + 0.5) * binPx
      if (count === 0 || x < free) return
      free = x + MARK_GAP_PX
      context.beginPath()
      context.moveTo(x, 5)
      context.lineTo(x, storm ? TRACK_TOP : height)
      context.stroke()
      context.beginPath()
      context.arc(x, 4, storm ? 2.2 : 3.2, 0, 2 * Math.PI)
      context.fill()
    })
  }

  const at = ((atUs - timeline.originUs) / (timeline.binUs * TIMELINE_BINS)) * width
  // All of its head stays on the track, also at the very beginning and end.
  const x = Math.min(width - HEAD_PX, Math.max(HEAD_PX, at))
  const needle = Math.min(width - 1, Math.max(1, at))
  context.fillStyle = colour('--text')
  context.fillRect(needle - 0.75, 2, 1.5, height - 2)
  context.beginPath()
  context.moveTo(x - HEAD_PX, 0)
  context.lineTo(x + HEAD_PX, 0)
  context.lineTo(needle, 7)
  context.fill()
}
