import { useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import type { MouseEvent as ReactMouseEvent, RefObject } from 'react'
import { nextNodeId } from '../scenario/names.ts'
import type { Orientation } from './orientation.ts'
import type { Placeable } from './paletteDrag.ts'
import { takeDrops } from './paletteDrag.ts'
import { addCommand, freePlace, middleInDocument } from './placing.ts'
import type { ScenarioCanvasProps } from './ScenarioCanvas.tsx'
import type { Selection } from './selection.ts'
import { selectNode } from './selection.ts'

/**
 * New parts: dropped from the palette, placed by click, or by Enter in the middle of the view.
 * @returns what a click on the empty canvas does
 */
export function usePlacing(
  root: RefObject<HTMLElement | null>,
  props: ScenarioCanvasProps,
  orientation: Orientation,
  select: (selection: Selection) => void,
): (event: ReactMouseEvent) => void {
  const { screenToFlowPosition } = useReactFlow()
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  const put = useCallback(
    (placeable: Placeable, screen: { x: number; y: number }, findRoom: boolean) => {
      const { scenario, onCommand, onPlaced } = latest.current
      const { kind } = placeable
      const onCanvas = screenToFlowPosition(screen, { snapToGrid: false })
      const pointed = middleInDocument(orientation, kind, onCanvas)
      const at = findRoom ? freePlace(scenario, kind, pointed, orientation) : pointed
      const id = nextNodeId(scenario)
      onCommand(addCommand(placeable, at))
      select(selectNode(id))
      onPlaced?.(id)
    },
    [screenToFlowPosition, orientation, select],
  )

  useEffect(() => {
    const contains = (x: number, y: number): boolean =>
      !latest.current.readOnly && !!root.current?.contains(document.elementFromPoint(x, y))
    return takeDrops({
      contains,
      drop: (placeable, x, y) => put(placeable, { x, y }, false),
    })
  }, [root, put])

  const placing = props.placing ?? null
  useEffect(() => {
    if (!placing) return undefined
    const key = (event: KeyboardEvent) => {
      if (event.repeat || (event.key !== 'Enter' && event.key !== 'Escape')) return
      event.preventDefault()
      event.stopPropagation()
      if (event.key === 'Escape') {
        latest.current.onPlaced?.(null)
        return
      }
      const area = root.current?.getBoundingClientRect()
      if (area) {
        put(placing, { x: area.x + area.width / 2, y: area.y + area.height / 2 }, true)
      }
    }
    window.addEventListener('keydown', key, { capture: true })
    return () => window.removeEventListener('keydown', key, { capture: true })
  }, [placing, root, put])

  return useCallback(
    (event) => {
      const { placing } = latest.current
      if (placing) put(placing, { x: event.clientX, y: event.clientY }, false)
    },
    [put],
  )
}
