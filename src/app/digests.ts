/** The newest digest of each node, outside React: a card hears only of its own node. */
import type { DigestSource } from '../canvas/digests.ts'
import type { NodeId } from '../scenario/scenario.ts'
import type { NodeDigest } from '../worker/protocol.ts'

export interface Digests extends DigestSource {
  apply(changed: readonly NodeDigest[]): void
  /** Forgets all, and says so to everyone listening. */
  clear(): void
}

export function createDigests(): Digests {
  const newest = new Map<NodeId, NodeDigest>()
  const listeners = new Map<NodeId, Set<() => void>>()
  const tell = (id: NodeId) => listeners.get(id)?.forEach((changed) => changed())
  return {
    get: (id) => newest.get(id),
    subscribe(id, changed) {
      const mine = listeners.get(id) ?? new Set()
      listeners.set(id, mine)
      mine.add(changed)
      return () => {
        mine.delete(changed)
        if (mine.size === 0 && listeners.get(id) === mine) listeners.delete(id)
      }
    },
    apply(changed) {
      for (const digest of changed) {
        if (newest.get(digest.id) === digest) continue
        newest.set(digest.id, digest)
        tell(digest.id)
      }
    },
    clear() {
      const known = [...newest.keys()]
      newest.clear()
      known.forEach(tell)
    },
  }
}
