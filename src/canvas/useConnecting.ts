import type { FinalConnectionState, ReactFlowProps } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { NodeId } from '../scenario/scenario.ts'
import type { CanvasContextValue } from './canvasContext.ts'
import { partAt, pointOf } from './ConnectHint.tsx'
import type { PartNode, WireEdge } from './flowModel.ts'
import type { Orientation } from './orientation.ts'
import type { ScenarioCanvasProps } from './ScenarioCanvas.tsx'
import { wireVerdict } from './wiring.ts'

type Connecting = Pick<
  ReactFlowProps<PartNode, WireEdge>,
  'isValidConnection' | 'onConnect' | 'onConnectEnd'
>

/** Drawing wires: which are allowed, and what happens when one is dropped (anywhere on a card). */
export function useConnecting(
  props: ScenarioCanvasProps,
  { isDown }: Orientation,
): Connecting & {
  context: CanvasContextValue
} {
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  const verdict = useCallback(
    (from: NodeId, to: NodeId) => wireVerdict(latest.current.scenario, from, to),
    [],
  )

  const connect = useCallback(
    (from: NodeId, to: NodeId) => {
      const result = verdict(from, to)
      if (result.ok) latest.current.onCommand({ type: 'connect', from, to })
      else latest.current.onConnectRefused?.(result.reason, result.instead)
    },
    [verdict],
  )

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.isValid || !state.fromHandle || !state.fromNode) return
      const { x, y } = pointOf(event)
      const from = state.fromNode.id
      const to = state.toNode?.id ?? partAt(x, y)
      if (to === undefined || to === from) return
      if (state.fromHandle.type === 'source') connect(from, to)
      else connect(to, from)
    },
    [connect],
  )

  const { readOnly = false } = props
  const context = useMemo<CanvasContextValue>(
    () => ({ verdict, readOnly, isDown }),
    [verdict, readOnly, isDown],
  )

  return {
    context,
    isValidConnection: ({ source, target }) => verdict(source, target).ok,
    onConnect: ({ source, target }) => connect(source, target),
    onConnectEnd,
  }
}
