/** The ways to draw messages that are compared. All draw the same squares at the same pace. */
import { BaseEdge, Handle, Position, ViewportPortal, getBezierPath } from '@xyflow/react'
import type { EdgeProps, NodeProps } from '@xyflow/react'
import { motion } from 'framer-motion'
import { createContext, useContext, useLayoutEffect } from 'react'
import { useRoute } from '../../src/canvas/hops/routeBook.ts'
import { hueColor } from '../../src/canvas/palette.ts'
import { TRAVEL_MS } from './graph.ts'
import type { Message } from './graph.ts'

export type Way = 'empty' | 'hopLayer' | 'animateMotion' | 'framerMotion'

const SIZE = 12
const TRAVEL_S = TRAVEL_MS / 1000

export interface Shared {
  readonly way: Way
  /** Messages by wire. */
  readonly byWire: readonly (readonly Message[])[]
  /** Filled by the edges: the path of each wire. */
  readonly report: (wire: number, path: string) => void
}
export const SharedContext = createContext<Shared>({
  way: 'empty',
  byWire: [],
  report: () => undefined,
})

export function Card({ data }: NodeProps) {
  return (
    <div className="bench-card">
      <Handle type="target" position={Position.Left} />
      {String(data.label)}
      <Handle type="source" position={Position.Right} />
    </div>
  )
}

/** An edge; tells where it runs and, one way, holds its messages itself. */
export function Wire({ id, data, ...ends }: EdgeProps) {
  const [path] = getBezierPath(ends)
  const { way, byWire, report } = useContext(SharedContext)
  const index = Number(data?.index)
  useRoute(id, path)
  useLayoutEffect(() => report(index, path), [report, index, path])
  return (
    <>
      <BaseEdge id={id} path={path} />
      {way === 'animateMotion' &&
        byWire[index].map(({ phase, hue }) => (
          <rect
            key={phase}
            x={-SIZE / 2}
            y={-SIZE / 2}
            width={SIZE}
            height={SIZE}
            rx={3}
            fill={hueColor(hue, 'light')}
          >
            <animateMotion
              dur={`${TRAVEL_S}s`}
              begin={`${-phase * TRAVEL_S}s`}
              repeatCount="indefinite"
              path={path}
            />
          </rect>
        ))}
    </>
  )
}

/** One framer-motion element per message, along the same paths. */
export function FramerMessages({ paths }: { readonly paths: readonly string[] }) {
  const { byWire } = useContext(SharedContext)
  return (
    <ViewportPortal>
      {byWire.flatMap((messages, wire) =>
        messages.map(({ phase, hue }) => (
          <motion.div
            key={`${wire} ${phase}`}
            initial={{ offsetDistance: '0%' }}
            animate={{ offsetDistance: '100%' }}
            transition={{
              duration: TRAVEL_S,
              delay: -phase * TRAVEL_S,
              ease: 'linear',
              repeat: Infinity,
            }}
            style={{
              position: 'absolute',
              width: SIZE,
              height: SIZE,
              borderRadius: 3,
              background: hueColor(hue, 'light'),
              offsetPath: `path('${paths[wire]}')`,
              offsetRotate: '0deg',
            }}
          />
        )),
      )}
    </ViewportPortal>
  )
}
