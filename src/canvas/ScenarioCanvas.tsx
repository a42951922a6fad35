import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { LazyMotion, MotionConfig, domAnimation } from 'framer-motion'
import { useRef } from 'react'
import type { Ref } from 'react'
import type { Command, Point } from '../scenario/commands.ts'
import type { Scenario, ScenarioNode } from '../scenario/scenario.ts'
import { CanvasContext } from './canvasContext.ts'
import { CanvasControls, FIT } from './CanvasControls.tsx'
import { ConnectHint } from './ConnectHint.tsx'
import type { DigestSource } from './digests.ts'
import { DigestContext } from './digests.ts'
import { NodeCard } from './NodeCard.tsx'
import type { Placeable } from './paletteDrag.ts'
import { PlacingGhost } from './PlacingGhost.tsx'
import type { Selection } from './selection.ts'
import { GRID } from './selection.ts'
import type { CanvasHandle } from './useCanvasHandle.ts'
import { useCanvasHandle } from './useCanvasHandle.ts'
import { useConnecting } from './useConnecting.ts'
import { useFlow } from './useFlow.ts'
import { usePlacing } from './usePlacing.ts'
import type { NodeAction } from './view.ts'
import { WireLine } from './WireLine.tsx'
import '@xyflow/react/dist/style.css'
import './canvas.css'

export interface ScenarioCanvasProps {
  readonly scenario: Scenario
  readonly digests: DigestSource
  /** The wires a frame's hops count by (`loaded.wires`). */
  readonly wireIds: readonly string[]
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  /** An edit. Each call is one step of history. */
  readonly onCommand: (command: Command) => void
  /** A wire was dropped where it cannot be: for the live region. */
  readonly onConnectRefused?: (reason: string, instead: string) => void
  /** A button above a selected card; without it there are no buttons. */
  readonly onAction?: (node: ScenarioNode, action: NodeAction) => void
  /** A token was clicked: a message's serial number, and where on the screen. */
  readonly onOpenMessage?: (serial: number, at: Point) => void
  readonly readOnly?: boolean
  /** Click-to-place: the next click on the canvas, or Enter, puts this part there. */
  readonly placing?: Placeable | null
  /** The part was placed; null when Escape ended it. */
  readonly onPlaced?: (id: string | null) => void
  readonly theme: 'light' | 'dark'
  readonly ref?: Ref<CanvasHandle>
}

const nodeTypes = { part: NodeCard }
const edgeTypes = { wire: WireLine }

const SPOKEN = {
  'node.a11yDescription.default':
    'Enter selects this part; arrow keys then move it. The outline can connect and remove parts.',
  'node.a11yDescription.keyboardDisabled': 'Enter selects this part.',
  'edge.a11yDescription.default': 'Enter selects this wire.',
}

/** The picture of a scenario. Everything comes and goes by props; it knows no store. */
export function ScenarioCanvas(props: ScenarioCanvasProps) {
  return (
    <DigestContext value={props.digests}>
      <LazyMotion features={domAnimation} strict>
        <MotionConfig reducedMotion="user">
          <ReactFlowProvider>
            <Canvas {...props} />
          </ReactFlowProvider>
        </MotionConfig>
      </LazyMotion>
    </DigestContext>
  )
}

function Canvas(props: ScenarioCanvasProps) {
  const { scenario, selection, theme, readOnly = false, placing = null } = props
  const root = useRef<HTMLDivElement>(null)
  const flow = useFlow(scenario, selection, props)
  const { context, ...connecting } = useConnecting(props)
  const handle = useCanvasHandle(props)
  const place = usePlacing(root, props)
  return (
    <CanvasContext value={context}>
      <div ref={root} className="canvas" data-placing={placing !== null || undefined}>
        <ReactFlow
          {...flow}
          {...connecting}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          colorMode={theme}
          onPaneClick={place}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          snapToGrid
          snapGrid={[GRID, GRID]}
          connectionRadius={24}
          minZoom={0.15}
          maxZoom={2}
          fitView
          fitViewOptions={FIT}
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
          ariaLabelConfig={SPOKEN}
          aria-label="Canvas"
        >
          <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.6} color="var(--dots)" />
          <ConnectHint />
          <CanvasControls onTidy={readOnly ? undefined : handle.tidy} />
        </ReactFlow>
        {scenario.nodes.length === 0 && placing === null && (
          <p className="canvas-empty">Drag a part from the palette to begin.</p>
        )}
        {placing && <PlacingGhost placeable={placing} area={root} />}
      </div>
    </CanvasContext>
  )
}
