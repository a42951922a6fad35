import { createPortal } from 'react-dom'
import { schemas } from '../services/schemas.ts'
import type { Placeable } from './paletteDrag.ts'
import { usePaletteDrag } from './paletteDrag.ts'
import './canvas.css'

/** The part under the pointer while it is dragged from the palette. Rendered once, by the shell. */
export function PaletteDragGhost() {
  const { drag } = usePaletteDrag()
  if (!drag) return null
  return createPortal(
    <Ghost placeable={drag.placeable} x={drag.x} y={drag.y} allowed={drag.overCanvas} />,
    document.body,
  )
}

interface GhostProps {
  readonly placeable: Placeable
  readonly x: number
  readonly y: number
  readonly allowed: boolean
}

/** A small card at a screen point. Also shown while a part is being placed by click. */
export function Ghost({ placeable, x, y, allowed }: GhostProps) {
  const schema = schemas.get(placeable.kind)
  return (
    <div
      className="ghost"
      aria-hidden="true"
      data-allowed={allowed || undefined}
      data-family={schema?.family}
      data-tone={placeable.preset.tone}
      style={{ transform: `translate(${x}px, ${y}px)` }}
    >
      <span className="ghost-kind">{schema?.title}</span>
      <span className="ghost-name">{placeable.preset.label}</span>
    </div>
  )
}
