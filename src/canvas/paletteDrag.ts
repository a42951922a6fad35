/**
 * Dragging a part from the palette onto the canvas, by pointer events: mouse, pen and touch alike.
 * There is one pointer, so there is one drag; the palette starts it, the canvas takes the drop.
 */
import { useSyncExternalStore } from 'react'
import type { PointerEvent as ReactPointerEvent } from 'react'
import type { Preset } from '../services/schema.ts'

/** A palette entry and the kind it belongs to. */
export interface Placeable {
  readonly kind: string
  readonly preset: Preset
}

export interface PaletteDrag {
  readonly placeable: Placeable
  /** Pointer, screen pixels. */
  readonly x: number
  readonly y: number
  readonly overCanvas: boolean
}

/** Takes a drop at a screen point; `contains` says whether the point is a place to drop. */
export interface DropTarget {
  contains(x: number, y: number): boolean
  drop(placeable: Placeable, x: number, y: number): void
}

/** A press becomes a drag after so many pixels; below it is a click (click-to-place). */
const DRAG_THRESHOLD_PX = 5

let drag: PaletteDrag | null = null
let target: DropTarget | null = null
const listeners = new Set<() => void>()

function setDrag(next: PaletteDrag | null): void {
  drag = next
  for (const changed of listeners) changed()
}

/** The canvas registers itself; returns how to stop. */
export function takeDrops(dropTarget: DropTarget): () => void {
  target = dropTarget
  return () => {
    if (target === dropTarget) target = null
  }
}

/** Follows the pointer until it is released; Escape or a lost pointer ends it without a drop. */
function follow(placeable: Placeable, start: ReactPointerEvent): void {
  if (start.button !== 0) return
  const { pointerId, clientX, clientY } = start

  const at = (event: PointerEvent) => ({
    placeable,
    x: event.clientX,
    y: event.clientY,
    overCanvas: target?.contains(event.clientX, event.clientY) ?? false,
  })
  const move = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return
    const moved = Math.hypot(event.clientX - clientX, event.clientY - clientY)
    if (drag || moved >= DRAG_THRESHOLD_PX) setDrag(at(event))
  }
  const up = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return
    const dropped = drag && at(event)
    end()
    if (!dropped) return
    window.addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => window.removeEventListener('click', swallow, { capture: true }))
    if (dropped.overCanvas) target?.drop(placeable, dropped.x, dropped.y)
  }
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') end()
  }
  const end = () => {
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', up)
    window.removeEventListener('pointercancel', end)
    window.removeEventListener('keydown', key)
    setDrag(null)
  }
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', up)
  window.addEventListener('pointercancel', end)
  window.addEventListener('keydown', key)
}

/** The click that follows a drag is not a click on the palette entry. */
const swallow = (event: MouseEvent): void => event.stopPropagation()

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

/**
 * For the palette: spread `handlers(placeable)` on an entry and give it the class
 * `palette-draggable`. `drag` is the present drag, or null.
 */
export function usePaletteDrag() {
  const current = useSyncExternalStore(subscribe, () => drag)
  return { drag: current, handlers }
}

const handlers = (placeable: Placeable) => ({
  onPointerDown: (event: ReactPointerEvent) => follow(placeable, event),
})
