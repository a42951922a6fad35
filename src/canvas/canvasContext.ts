/** What cards and wires need from the canvas they stand on; stable, so that it re-renders nothing. */
import { createContext, useContext } from 'react'
import type { NodeId, ScenarioNode } from '../scenario/scenario.ts'
import type { Connection } from '../services/schema.ts'
import type { NodeAction } from './view.ts'

export interface CanvasContextValue {
  /** What a wire between the two would mean now, or why there can be none. */
  verdict(from: NodeId, to: NodeId): Connection
  /** A button on a card's toolbar; absent where nothing can be done. */
  readonly onAction?: (node: ScenarioNode, action: NodeAction) => void
  readonly readOnly: boolean
}

export const CanvasContext = createContext<CanvasContextValue | null>(null)

export function useCanvas(): CanvasContextValue {
  const value = useContext(CanvasContext)
  if (!value) throw new Error('A card stands outside of a ScenarioCanvas.')
  return value
}
