import type { NodeDigest } from '../worker/protocol.ts'

/** The latest things that happened at a part, a line each. */
export function CardLines({ digest }: { readonly digest: NodeDigest | undefined }) {
  return (digest?.lines ?? []).slice(0, 2).map((line, n) => (
    <span key={`${n}/${line}`} className="card-note">
      {line}
    </span>
  ))
}
