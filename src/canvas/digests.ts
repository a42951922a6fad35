/** How a card gets its node's digest: one subscription each, so that news of one node re-renders one card. */
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { NodeId } from '../scenario/scenario.ts'
import type { NodeDigest } from '../worker/protocol.ts'

export interface DigestSource {
  /** The latest digest; undefined before the first. The same object until it changes. */
  get(id: NodeId): NodeDigest | undefined
  /** Calls `changed` after each new digest of the node; returns how to stop. */
  subscribe(id: NodeId, changed: () => void): () => void
}

const NO_DIGESTS: DigestSource = { get: () => undefined, subscribe: () => () => undefined }

export const DigestContext = createContext<DigestSource>(NO_DIGESTS)

/** The node's latest digest; renders again only when this node's digest changed. */
export function useDigest(id: NodeId): NodeDigest | undefined {
  const source = useContext(DigestContext)
  const subscribe = useCallback(
    (changed: () => void) => source.subscribe(id, changed),
    [source, id],
  )
  return useSyncExternalStore(subscribe, () => source.get(id))
}
