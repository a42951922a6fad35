import { MiniMap, Panel, useReactFlow, useStore, type ReactFlowState } from '@xyflow/react'
import { Maximize, Minus, Plus, Wand2 } from 'lucide-react'
import { schemas } from '../services/schemas.ts'
import { views } from '../services/views.ts'
import type { PartNode } from './flowModel.ts'

/** Room left around the parts when all of them are brought into view; below, for the buttons of a phone. */
export const FIT = { padding: { x: 0.12, top: 0.12, bottom: '56px' }, maxZoom: 1 } as const
/** The same, as a movement that eyes can follow. */
export const SMOOTH_FIT = { ...FIT, duration: 220 }

function mapColour({ data }: PartNode): string {
  const { kind } = data.part
  const tone = views.get(kind)?.heading?.(data.rolesIn, data.rolesOut)?.tone
  return `var(--${tone ?? `family-${schemas.get(kind)?.family ?? 'store'}`})`
}

/** What the map and the buttons beside it take of the canvas from its lower left corner on, in pixels. */
const MAP = { width: 204, height: 132 }

/** Everything is in view, and a part lies where the map would: the map would show less than it hides. */
function isInTheWay({ nodeLookup, transform, width, height }: ReactFlowState): boolean {
  const [dx, dy, zoom] = transform
  let covers = false
  for (const { internals, measured } of nodeLookup.values()) {
    const left = internals.positionAbsolute.x * zoom + dx
    const top = internals.positionAbsolute.y * zoom + dy
    const right = left + (measured.width ?? 0) * zoom
    const bottom = top + (measured.height ?? 0) * zoom
    if (left < 0 || top < 0 || right > width || bottom > height) return false
    if (left < MAP.width && bottom > height - MAP.height) covers = true
  }
  return covers
}

interface ControlsProps {
  /** Absent where parts cannot be moved. */
  readonly onTidy?: () => void
}

/** Minimap and zoom buttons, at the lower left. */
export function CanvasControls({ onTidy }: ControlsProps) {
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const showsMap = !useStore(isInTheWay)
  const buttons = [
    { label: 'Zoom in', icon: Plus, act: () => zoomIn({ duration: 150 }) },
    { label: 'Zoom out', icon: Minus, act: () => zoomOut({ duration: 150 }) },
    { label: 'Fit everything into view', icon: Maximize, act: () => fitView(SMOOTH_FIT) },
    ...(onTidy ? [{ label: 'Arrange automatically', icon: Wand2, act: onTidy }] : []),
  ]
  return (
    <Panel position="bottom-left" className="canvas-controls">
      {showsMap && (
        <MiniMap<PartNode>
          className="canvas-map"
          ariaLabel="Overview of the canvas"
          nodeColor={mapColour}
          nodeStrokeWidth={0}
          nodeBorderRadius={6}
          maskColor="var(--map-mask)"
          pannable
          zoomable
        />
      )}
      <div className="canvas-zoom" role="group" aria-label="View">
        {buttons.map(({ label, icon: Icon, act }) => (
          <button key={label} type="button" aria-label={label} title={label} onClick={() => act()}>
            <Icon size={15} aria-hidden="true" />
          </button>
        ))}
      </div>
    </Panel>
  )
}
