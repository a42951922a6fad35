import { useConnection } from '@xyflow/react'
import { useEffect, useState } from 'react'
import type { NodeId } from '../scenario/scenario.ts'
import type { Connection } from '../services/schema.ts'
import { useCanvas } from './canvasContext.ts'

type Refusal = Extract<Connection, { ok: false }>

/** Which part is under a screen point. */
export function partAt(x: number, y: number): NodeId | undefined {
  const element = document.elementFromPoint(x, y)?.closest('.react-flow__node')
  return element?.getAttribute('data-id') ?? undefined
}

/** The screen point of a mouse or touch event. */
export function pointOf(event: MouseEvent | TouchEvent): { x: number; y: number } {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event
  return { x: at.clientX, y: at.clientY }
}

/** Beside the pointer while a wire is drawn over a part that cannot take it: why, and what to do. */
export function ConnectHint() {
  const { verdict } = useCanvas()
  const drawn = useConnection((connection) =>
    connection.inProgress ? `${connection.fromHandle.type}:${connection.fromNode.id}` : '',
  )
  const [hint, setHint] = useState<(Refusal & { x: number; y: number }) | null>(null)

  useEffect(() => {
    if (drawn === '') return undefined
    const [type, from] = [drawn.slice(0, 6), drawn.slice(7)]
    const follow = (event: MouseEvent | TouchEvent) => {
      const { x, y } = pointOf(event)
      const to = partAt(x, y)
      const result = to === undefined || to === from ? null : pair(type, from, to)
      setHint(result && !result.ok ? { ...result, x, y } : null)
    }
    const pair = (handle: string, a: NodeId, b: NodeId) =>
      handle === 'source' ? verdict(a, b) : verdict(b, a)
    window.addEventListener('mousemove', follow)
    window.addEventListener('touchmove', follow)
    return () => {
      window.removeEventListener('mousemove', follow)
      window.removeEventListener('touchmove', follow)
      setHint(null)
    }
  }, [drawn, verdict])

  if (!hint) return null
  const flip = hint.x > window.innerWidth - 320
  return (
    <div
      className="connect-hint"
      role="tooltip"
      data-flip={flip || undefined}
      style={{ left: hint.x, top: hint.y }}
    >
      <strong>{hint.reason}</strong>
      {hint.instead !== '' && <span>{hint.instead}</span>}
    </div>
  )
}
