/** Drag, wheel and pinch on the lanes. */
import { useEffect, useRef, type PointerEvent, type RefObject } from 'react'

export interface LaneGestures {
  /** By a share of what is shown; positive is later. */
  onMove(share: number): void
  /** Above 1 shows more time; `at` stays where it is, 0 to 1 from the left. */
  onZoom(factor: number, at: number): void
  /** Pressed without dragging: in the element, and on the screen. */
  onPress(x: number, y: number, at: { readonly x: number; readonly y: number }): void
}

/** Less is a press with an unsteady hand. */
const DRAG_PX = 4
const WHEEL_ZOOM = 0.002

export function useLaneGestures(gestures: LaneGestures) {
  const latest = useRef(gestures)
  useEffect(() => {
    latest.current = gestures
  })
  const ref = useRef<HTMLDivElement>(null)
  const pointers = useRef(new Map<number, { x: number; y: number }>())
  const dragged = useRef(false)
  useWheel(ref, latest)

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    if (pointers.current.size === 0) dragged.current = false
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const before = pointers.current.get(event.pointerId)
    if (!before) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const now = { x: event.clientX, y: event.clientY }
    const isFirst = !dragged.current
    if (isFirst && Math.hypot(now.x - before.x, now.y - before.y) < DRAG_PX) return
    dragged.current = true
    const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId)
    pointers.current.set(event.pointerId, now)
    if (!other) {
      latest.current.onMove((before.x - now.x) / width)
      return
    }
    const [, still] = other
    const apart = Math.abs(before.x - still.x)
    const nowApart = Math.max(8, Math.abs(now.x - still.x))
    const middle = (now.x + still.x) / 2 - left
    if (apart > 0) latest.current.onZoom(apart / nowApart, middle / width)
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (!pointers.current.delete(event.pointerId) || dragged.current) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const at = { x: event.clientX, y: event.clientY }
    latest.current.onPress(at.x - left, at.y - top + event.currentTarget.scrollTop, at)
  }
  const onPointerCancel = (event: PointerEvent<HTMLElement>) => {
    pointers.current.delete(event.pointerId)
  }
  return { ref, onPointerDown, onPointerMove, onPointerUp, onPointerCancel }
}

/** React listens passively, so that a page could not keep the wheel to itself. */
function useWheel(ref: RefObject<HTMLElement | null>, latest: RefObject<LaneGestures>): void {
  useEffect(() => {
    const element = ref.current
    if (!element) return
    function wheel(event: WheelEvent): void {
      if (event.shiftKey) return
      event.preventDefault()
      const { left, width } = element!.getBoundingClientRect()
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        latest.current.onMove(event.deltaX / width)
      } else {
        const factor = Math.exp(event.deltaY * WHEEL_ZOOM)
        latest.current.onZoom(factor, (event.clientX - left) / width)
      }
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [ref, latest])
}
