/** The measured page: ?way=...&count=...; `frozen` stops time with every message in the middle. */
import { Background, ReactFlow, useReactFlow } from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { useCallback, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { HopLayer } from '../../src/canvas/hops/HopLayer.tsx'
import { RouteBookContext, createRouteBook } from '../../src/canvas/hops/routeBook.ts'
import { frozenFrames, movingFrames } from './frames.ts'
import { edges, messagesOf, nodes } from './graph.ts'
import { countFrames, strayOf, sway } from './measure.ts'
import { Card, FramerMessages, SharedContext, Wire } from './ways.tsx'
import type { Way } from './ways.tsx'
import './page.css'

const query = new URLSearchParams(location.search)
const way = (query.get('way') ?? 'empty') as Way
const frozen = query.has('frozen')
// Frozen, few and far apart: each can be found in the picture for certain.
const messages = frozen
  ? messagesOf(edges.length)
      .filter(({ wire }) => wire % 4 === 0 && wire < 35)
      .map((message) => ({ ...message, phase: 0.5 }))
  : messagesOf(Number(query.get('count') ?? 0))
const byWire = edges.map((_, wire) => messages.filter((message) => message.wire === wire))
const frames = frozen ? frozenFrames(messages) : movingFrames(messages)
const routes = createRouteBook()
routes.order(edges.map(({ id }) => id))

const nodeTypes = { card: Card }
const edgeTypes = { wire: Wire }

function Page() {
  const [paths, setPaths] = useState<readonly string[]>([])
  const report = useCallback((wire: number, path: string) => {
    setPaths((before) => withPath(before, wire, path))
  }, [])
  const complete = paths.length === edges.length && !paths.includes('')
  return (
    <SharedContext value={{ way, byWire, report }}>
      <RouteBookContext value={routes}>
        <ReactFlow
          defaultNodes={nodes}
          defaultEdges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          minZoom={0.2}
          fitView
        >
          <Background />
          {way === 'hopLayer' && <HopLayer frames={frames} routes={routes} />}
          {way === 'framerMotion' && complete && <FramerMessages paths={paths} />}
          <Expose />
        </ReactFlow>
      </RouteBookContext>
    </SharedContext>
  )
}

function withPath(paths: readonly string[], wire: number, path: string): readonly string[] {
  const next = Array.from({ length: edges.length }, (_, i) => paths[i] ?? '')
  next[wire] = path
  return next
}

/** What the driver calls; see measure.ts. */
export interface Bench {
  countFrames(forMs: number): Promise<number>
  /** Frames a second while every frame pans and zooms. */
  countSwaying(forMs: number): Promise<number>
  /** Farthest that a message was from its edge, CSS pixels, in every frame until `stop`. */
  watchStray(): { stop(): { frames: number; worst: number } }
  animatedZoom(): Promise<void>
}
declare global {
  var bench: Bench
}

function Expose() {
  const flow = useReactFlow()
  useEffect(() => {
    globalThis.bench = {
      countFrames,
      async countSwaying(forMs) {
        const stop = sway(flow)
        const perSecond = await countFrames(forMs)
        stop()
        return perSecond
      },
      watchStray: () => strayOf(messages.map(({ wire }) => edges[wire].id)),
      async animatedZoom() {
        await flow.zoomTo(0.9, { duration: 500 })
        await flow.fitView({ duration: 500 })
      },
    }
  }, [flow])
  return null
}

createRoot(document.getElementById('root') ?? document.body).render(<Page />)
