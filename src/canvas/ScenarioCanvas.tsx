import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  type Rect,
} from '@xyflow/react'
import { LazyMotion, MotionConfig } from 'framer-motion'
import { lazy, Suspense, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ComponentType, Ref } from 'react'
import type { Command, Point } from '../scenario/commands.ts'
import type { Scenario, ScenarioNode } from '../scenario/scenario.ts'
import { CanvasContext } from './canvasContext.ts'
import { CardToolbar } from './CardToolbar.tsx'
import { CanvasControls, FIT } from './CanvasControls.tsx'
import { ConnectHint } from './ConnectHint.tsx'
import type { DigestSource } from './digests.ts'
import { DigestContext } from './digests.ts'
import type { FrameSource } from './hops/frameSource.ts'
import { HopLayer } from './hops/HopLayer.tsx'
import { RouteBookContext, createRouteBook } from './hops/routeBook.ts'
import { loadMotion } from './loadMotion.ts'
import { NodeCard } from './NodeCard.tsx'
import { gridOn, rectOnCanvas, type Orientation } from './orientation.ts'
import type { Placeable } from './paletteDrag.ts'
import type { WireTipProps } from './PointedWire.tsx'
import { PlacingGhost } from './PlacingGhost.tsx'
import type { Selection } from './selection.ts'
import { GRID } from './selection.ts'
import { RowBookContext, createRowBook } from './tokens/rowBook.ts'
import { TokenLayer } from './tokens/TokenLayer.tsx'
import type { CanvasHandle } from './useCanvasHandle.ts'
import { useCanvasHandle } from './useCanvasHandle.ts'
import { useConnecting } from './useConnecting.ts'
import { useFlow } from './useFlow.ts'
import { useKeptInView } from './useKeptInView.ts'
import { useMessageClicks } from './useMessageClicks.ts'
import { useOrientation } from './useOrientation.ts'
import { usePlacing } from './usePlacing.ts'
import type { NodeAction } from './view.ts'
import { WireLine } from './WireLine.tsx'
import '@xyflow/react/dist/style.css'
import './canvas.css'

export interface ScenarioCanvasProps {
  readonly scenario: Scenario
  readonly digests: DigestSource
  readonly frames: FrameSource
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
  /** Serial number of the message whose card is open, ringed on the canvas. */
  readonly openMessage?: number | null
  /** A token was clicked: a message's serial number, and where on the screen. */
  readonly onOpenMessage?: (serial: number, at: Point) => void
  /** Shown at the wire that is pointed at, focused, or selected by touch. */
  readonly WireTip?: ComponentType<WireTipProps>
  readonly readOnly?: boolean
  /** Click-to-place: the next click on the canvas, or Enter, puts this part there. */
  readonly placing?: Placeable | null
  /** The part was placed; null when Escape ended it. */
  readonly onPlaced?: (id: string | null) => void
  /** What is in view at first, in units of the document; absent: everything. */
  readonly area?: Rect
  readonly theme: 'light' | 'dark'
  readonly ref?: Ref<CanvasHandle>
}

const PointedWire = lazy(() => import('./PointedWire.tsx'))

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
  const [orientation, renew] = useOrientation(props.scenario)
  return (
    <DigestContext value={props.digests}>
      <LazyMotion features={loadMotion} strict>
        <MotionConfig reducedMotion="user">
          <ReactFlowProvider key={String(orientation.isDown)}>
            <Canvas {...props} orientation={orientation} renew={renew} />
          </ReactFlowProvider>
        </MotionConfig>
      </LazyMotion>
    </DigestContext>
  )
}

interface TurnedCanvasProps extends ScenarioCanvasProps {
  readonly orientation: Orientation
  /** Asks for an orientation that suits the document's new places. */
  readonly renew: () => void
}

function Canvas(props: TurnedCanvasProps) {
  const { scenario, selection, orientation, frames, theme, onAction } = props
  const { readOnly = false, placing = null } = props
  const root = useRef<HTMLDivElement>(null)
  // React Flow would keep the wish until there are parts, and move the first one that is dropped.
  const [begunWithParts] = useState(scenario.nodes.length > 0)
  const [routes] = useState(() => createRouteBook())
  const [rows] = useState(createRowBook)
  useLayoutEffect(() => routes.order(props.wireIds), [routes, props.wireIds])
  const { flow, select } = useFlow(scenario, selection, orientation, props)
  const { context, ...connecting } = useConnecting(props, orientation)
  const handle = useCanvasHandle(props, orientation, props.renew)
  const openMessage = useMessageClicks(props, routes, rows)
  useKeptInView(begunWithParts && !props.area)
  const place = usePlacing(root, props, orientation, select)
  const grid = useMemo(() => gridOn(orientation), [orientation])
  const [only] = selection.nodes.length === 1 ? selection.nodes : []
  const [onlyWire] = selection.wires.length === 1 ? selection.wires : []
  const toolbarPart = onAction && scenario.nodes.find((node) => node.id === only)
  return (
    <CanvasContext value={context}>
      <RouteBookContext value={routes}>
        <RowBookContext value={rows}>
          <div
            ref={root}
            className="canvas"
            data-placing={placing !== null || undefined}
            onClickCapture={openMessage}
          >
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
              snapGrid={grid}
              connectionRadius={24}
              minZoom={0.15}
              maxZoom={2}
              fitView={begunWithParts && !props.area}
              onInit={({ fitBounds }) => {
                if (!props.area) return
                void fitBounds(rectOnCanvas(orientation, props.area), { padding: 0 })
              }}
              fitViewOptions={FIT}
              zoomOnDoubleClick={false}
              deleteKeyCode={null}
              multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
              ariaLabelConfig={SPOKEN}
              aria-label="Canvas"
            >
              <Background
                variant={BackgroundVariant.Dots}
                gap={GRID}
                size={1.6}
                color="var(--dots)"
              />
              <TokenLayer frames={frames} rows={rows} />
              <HopLayer frames={frames} routes={routes} selected={props.openMessage} />
              {toolbarPart && <CardToolbar part={toolbarPart} onAction={onAction} />}
              <ConnectHint />
              {props.WireTip && (
                <Suspense>
                  <PointedWire root={root} selected={onlyWire} Tip={props.WireTip} />
                </Suspense>
              )}
              <CanvasControls onTidy={readOnly ? undefined : handle.tidy} />
            </ReactFlow>
            {scenario.nodes.length === 0 && placing === null && (
              <p className="canvas-empty">
                Drag a part from the palette to begin, or click one and then the canvas.
              </p>
            )}
            {placing && <PlacingGhost placeable={placing} area={root} />}
          </div>
        </RowBookContext>
      </RouteBookContext>
    </CanvasContext>
  )
}
