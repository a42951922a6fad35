import { MiniMap, Panel, useReactFlow } from '@xyflow/react'
import { Maximize, Minus, Plus, Wand2 } from 'lucide-react'
import { schemas } from '../services/schemas.ts'
import { views } from '../services/views.ts'
import type { PartNode } from './flowModel.ts'

/** Room left around the parts when all of them are brought into view. */
export const FIT = { padding: 0.12, maxZoom: 1 }
/** The same, as a movement that eyes can follow. */
export const SMOOTH_FIT = { ...FIT, duration: 220 }

function mapColour({ data }: PartNode): string {
  const { kind } = data.part
  const tone = views.get(kind)?.heading?.(data.rolesIn, data.rolesOut)?.tone
  return `var(--${tone ?? `family-${schemas.get(kind)?.family ?? 'store'}`})`
}

interface ControlsProps {
  /** Absent where parts cannot be moved. */
  readonly onTidy?: () => void
}

/** Minimap and zoom buttons, at the lower left. */
export function CanvasControls({ onTidy }: ControlsProps) {
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const buttons = [
    { label: 'Zoom in', icon: Plus, act: () => zoomIn({ duration: 150 }) },
    { label: 'Zoom out', icon: Minus, act: () => zoomOut({ duration: 150 }) },
    { label: 'Fit everything into view', icon: Maximize, act: () => fitView(SMOOTH_FIT) },
    ...(onTidy ? [{ label: 'Arrange automatically', icon: Wand2, act: onTidy }] : []),
  ]
  return (
    <Panel position="bottom-left" className="canvas-controls">
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
