/** The graph that every way of drawing messages is measured on: 40 nodes, 70 edges, N messages. */
import type { Edge, Node } from '@xyflow/react'

const COLUMNS = 8
const ROWS = 5
const EDGES = 70
/** How long every message travels, ms. */
export const TRAVEL_MS = 4000

export const nodes: Node[] = Array.from({ length: COLUMNS * ROWS }, (_, i) => ({
  id: `n${i}`,
  type: 'card',
  position: { x: (i % COLUMNS) * 300, y: Math.floor(i / COLUMNS) * 230 + (i % 3) * 24 },
  data: { label: `part ${i}` },
}))

/** Each part feeds the next column; then longer ones, until there are enough. */
function edgeAt(i: number): Edge {
  const forward = ROWS * (COLUMNS - 1)
  const column = i % (COLUMNS - 1)
  const row = Math.floor(i / (COLUMNS - 1)) % ROWS
  const target = i < forward ? row : (row + 1 + (column % 2)) % ROWS
  return {
    id: `e${i}`,
    type: 'wire',
    source: `n${row * COLUMNS + column}`,
    target: `n${target * COLUMNS + column + 1}`,
    data: { index: i },
  }
}
export const edges: Edge[] = Array.from({ length: EDGES }, (_, i) => edgeAt(i))

export interface Message {
  readonly wire: number
  readonly hue: number
  /** Where in its journey it is at time 0, 0 .. 1. */
  readonly phase: number
}

/** Messages spread evenly over wires and, as unevenly as a golden ratio makes them, over time. */
export const messagesOf = (count: number): Message[] =>
  Array.from({ length: count }, (_, i) => ({
    wire: i % EDGES,
    hue: (i * 7) % 8,
    phase: (i * 0.618_033_988_749_895) % 1,
  }))
