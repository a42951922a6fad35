import { useContext, useEffect, useMemo, useRef } from 'react'
import { useStoreApi } from '@xyflow/react'
import { DigestContext } from '../digests.ts'
import type { FrameSource } from '../hops/frameSource.ts'
import { runOverlay } from '../hops/overlay.ts'
import { useTheme } from '../hops/surroundings.ts'
import { createTokenPainter } from './tokenPainter.ts'
import type { RowBook } from './rowBook.ts'
import '../layers.css'

export interface TokenLayerProps {
  /** Only the displayed time is asked of it: rings drain in simulated time. */
  readonly frames: FrameSource
  readonly rows: RowBook
}

/**
 * The messages that wait, in the rows of the cards. Place it as a child of <ReactFlow>, before the
 * hop layer; the cards' `<TokenRow>`s say where the rows are, `DigestContext` what is in them.
 */
export function TokenLayer({ frames, rows }: TokenLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const store = useStoreApi()
  const digests = useContext(DigestContext)
  const theme = useTheme()
  const painter = useMemo(
    () => createTokenPainter(frames, digests, rows, store),
    [frames, digests, rows, store],
  )

  useEffect(() => painter.setTheme(theme), [painter, theme])
  useEffect(() => {
    if (canvas.current) return runOverlay(canvas.current, store, painter)
  }, [store, painter])

  return <canvas ref={canvas} className="paint-layer" data-layer="tokens" aria-hidden="true" />
}
