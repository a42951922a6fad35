import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import type { Placeable } from './paletteDrag.ts'
import { Ghost } from './PaletteDragGhost.tsx'

interface PlacingGhostProps {
  readonly placeable: Placeable
  readonly area: RefObject<HTMLElement | null>
}

/** The part to be placed by the next click, following a mouse; and how to place it without one. */
export function PlacingGhost({ placeable, area }: PlacingGhostProps) {
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  useEffect(() => {
    const element = area.current
    if (!element) return undefined
    const move = (event: PointerEvent) => {
      setAt(event.pointerType === 'mouse' ? { x: event.clientX, y: event.clientY } : null)
    }
    const leave = () => setAt(null)
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerleave', leave)
    return () => {
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerleave', leave)
    }
  }, [area])
  return (
    <>
      {at && <Ghost placeable={placeable} x={at.x} y={at.y} allowed />}
      <p className="placing-note" role="status">
        Click on the canvas to place “{placeable.preset.label}”, or press Enter. Escape ends.
      </p>
    </>
  )
}
