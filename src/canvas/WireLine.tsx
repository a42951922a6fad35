import { BaseEdge, EdgeLabelRenderer, Position, getBezierPath } from '@xyflow/react'
import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useCanvas } from './canvasContext.ts'
import type { WireEdge } from './flowModel.ts'
import { useRoute } from './hops/routeBook.ts'

/** A wire: a smooth curve with its settings on a pill; tells the hop layer where it runs. */
export const WireLine = memo(function WireLine({
  id,
  data,
  selected,
  sourceX,
  sourceY,
  sourcePosition,
  targetX,
  targetY,
  targetPosition,
}: EdgeProps<WireEdge>) {
  const { isDown } = useCanvas()
  const [path, labelX, labelY] = getBezierPath({
    sourceX,
    sourceY,
    sourcePosition,
    targetX,
    targetY,
    targetPosition,
  })
  useRoute(id, path)
  // Cards that stand beside each other have only a narrow gap between them.
  const turn = isDown && sourcePosition === Position.Right ? ' rotate(-90deg)' : ''
  return (
    <g
      className="wire"
      data-role={data?.role}
      data-denied={data?.isDenied || undefined}
      data-selected={selected || undefined}
    >
      <BaseEdge path={path} interactionWidth={22} />
      {data && data.label !== '' && (
        <EdgeLabelRenderer>
          <span
            className="wire-label"
            aria-hidden="true"
            data-role={data.role}
            data-denied={data.isDenied || undefined}
            data-selected={selected || undefined}
            style={{
              transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)${turn}`,
            }}
          >
            {data.label}
          </span>
        </EdgeLabelRenderer>
      )}
    </g>
  )
})
