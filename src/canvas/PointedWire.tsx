import { useViewport } from '@xyflow/react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ComponentType, RefObject } from 'react'
import type { WireId } from '../scenario/scenario.ts'
import './pointedWire.css'

export interface WireTipProps {
  readonly wire: WireId
  /** The keyboard is on the wire, so what is said has to be heard. */
  readonly isFocused: boolean
}

interface PointedWireProps {
  readonly root: RefObject<HTMLElement | null>
  /** Shown where nothing can hover: touch selects a wire. */
  readonly selected: WireId | undefined
  readonly Tip: ComponentType<WireTipProps>
}

/** What there is to say about the wire under the pointer, under the keyboard, or selected by touch. */
export default function PointedWire({ root, selected, Tip }: PointedWireProps) {
  const { hovered, focused, dismissed } = usePointed(root)
  const touched = window.matchMedia('(hover: none)').matches ? selected : undefined
  const wire = hovered ?? focused ?? touched
  if (wire === undefined || wire === dismissed) return null
  return (
    <Placed key={wire} root={root} wire={wire}>
      <Tip wire={wire} isFocused={wire === focused} />
    </Placed>
  )
}

interface Pointed {
  readonly hovered?: WireId
  readonly focused?: WireId
  /** Escape was pressed while it was shown. */
  readonly dismissed?: WireId
}

const wireAt = (target: EventTarget | null): WireId | undefined =>
  (target instanceof Element && target.closest('.react-flow__edge')?.getAttribute('data-id')) ||
  undefined

function usePointed(root: RefObject<HTMLElement | null>): Pointed {
  const [pointed, setPointed] = useState<Pointed>({})
  useEffect(() => {
    const area = root.current
    if (!area) return undefined
    const over = ({ target, pointerType }: PointerEvent) => {
      const hovered = pointerType === 'mouse' ? wireAt(target) : undefined
      setPointed((now) => (now.hovered === hovered ? now : { focused: now.focused, hovered }))
    }
    const leave = () => setPointed(({ focused }) => ({ focused }))
    const focus = ({ target }: FocusEvent) => {
      const isByKey = target instanceof Element && target.matches(':focus-visible')
      const focused = isByKey ? wireAt(target) : undefined
      setPointed(({ hovered }) => ({ hovered, focused }))
    }
    const blur = () => setPointed(({ hovered }) => ({ hovered }))
    const press = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') {
        setPointed((now) => ({ ...now, dismissed: now.hovered ?? now.focused }))
      }
    }
    area.addEventListener('pointerover', over)
    area.addEventListener('pointerleave', leave)
    area.addEventListener('focusin', focus)
    area.addEventListener('focusout', blur)
    window.addEventListener('keydown', press)
    return () => {
      area.removeEventListener('pointerover', over)
      area.removeEventListener('pointerleave', leave)
      area.removeEventListener('focusin', focus)
      area.removeEventListener('focusout', blur)
      window.removeEventListener('keydown', press)
    }
  }, [root])
  return pointed
}

/** Between the wire's middle and the tip, and what a tip needs, px. */
const GAP = 18
const ROOM = 120

interface PlacedProps {
  readonly root: RefObject<HTMLElement | null>
  readonly wire: WireId
  readonly children: React.ReactNode
}

/** At the middle of the wire, within the canvas: above a wire that rises, below one that falls. */
function Placed({ root, wire, children }: PlacedProps) {
  const box = useRef<HTMLDivElement>(null)
  // Renders again when the picture moves.
  useViewport()
  useLayoutEffect(() => {
    const area = root.current?.getBoundingClientRect()
    const line = root.current?.querySelector<SVGPathElement>(
      `.react-flow__edge[data-id="${CSS.escape(wire)}"] .react-flow__edge-path`,
    )
    const tip = box.current
    if (!area || !line || !tip) return
    const path = line.getBoundingClientRect()
    const margin = 8
    const half = tip.offsetWidth / 2
    const middle = (path.left + path.right) / 2 - area.left
    const x = Math.max(margin + half, Math.min(area.width - margin - half, middle))
    const height = (path.top + path.bottom) / 2 - area.top
    const rises =
      line.getPointAtLength(0).y >= line.getPointAtLength(line.getTotalLength()).y && height > ROOM
    const y = rises ? height - GAP : Math.min(height + GAP, area.height - ROOM)
    tip.dataset.above = String(rises)
    tip.style.left = `${Math.round(x - half)}px`
    tip.style.top = `${Math.round(y)}px`
  })
  return (
    <div className="wire-tip" ref={box}>
      {children}
    </div>
  )
}
