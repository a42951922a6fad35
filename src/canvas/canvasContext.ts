/** What cards and wires need from the canvas they stand on; stable, so that it re-renders nothing. */
import { createContext, useContext } from 'react'
import type { NodeId } from '../scenario/scenario.ts'
import type { Connection } from '../services/schema.ts'

export interface CanvasContextValue {
  /** What a wire between the two would mean now, or why there can be none. */
  verdict(from: NodeId, to: NodeId): Connection
  readonly readOnly: boolean
  /** Messages flow from top to bottom (`orientation.ts`). */
  readonly isDown: boolean
}

export const CanvasContext = createContext<CanvasContextValue | null>(null)

export function useCanvas(): CanvasContextValue {
  const value = useContext(CanvasContext)
  if (!value) throw new Error('A card stands outside of a ScenarioCanvas.')
  return value
}
