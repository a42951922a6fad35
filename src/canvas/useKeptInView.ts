import { useReactFlow, useStore, useStoreApi, type Transform } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { FIT } from './CanvasControls.tsx'

/**
 * Keeps everything in view while the canvas changes its size (a drawer opens), until the view is moved.
 * @param begins false: the view is chosen already, by a link for instance
 */
export function useKeptInView(begins: boolean): void {
  const { fitView } = useReactFlow()
  const store = useStoreApi()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  /** The view as it was fitted last; null while it is being fitted. */
  const fitted = useRef<Transform>(null)
  useEffect(() => {
    if (!begins || width === 0 || height === 0) return
    const isMoved = fitted.current?.some((value, n) => value !== store.getState().transform[n])
    if (isMoved) return
    fitted.current = null
    void fitView(FIT).then(() => {
      fitted.current = store.getState().transform
    })
  }, [begins, fitView, store, width, height])
}
