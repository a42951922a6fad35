import { useEffect, useRef } from 'react'

/**
 * Calls back once per animation frame with the element that the returned ref is put on.
 * Nothing runs while the tab is hidden.
 */
export function useAnimationFrame<E extends Element>(paint: (element: E) => void) {
  const element = useRef<E>(null)
  const latest = useRef(paint)
  useEffect(() => {
    latest.current = paint
  })
  useEffect(() => {
    let handle = 0
    const frame = () => {
      if (element.current) latest.current(element.current)
      handle = requestAnimationFrame(frame)
    }
    handle = requestAnimationFrame(frame)
    return () => cancelAnimationFrame(handle)
  }, [])
  return element
}
