import { useMemo, useRef } from 'react'
import { selectNode } from '../../canvas/selection.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { SwimLanes } from '../../worker/protocol.ts'
import { useAnimationFrame } from '../useAnimationFrame.ts'
import { useApp, useAppRun } from '../useApp.ts'
import { useTheme } from '../useTheme.ts'
import { AXIS_HEIGHT, messageAt, paintLanes, timeAt, type Scene } from './paint.ts'
import { moved, zoomed, type Span } from './span.ts'
import { useLaneGestures } from './useLaneGestures.ts'

const LOWEST_ROW = 26
const HIGHEST_ROW = 72
const KEY_SHARE = 0.15
const KEY_ZOOM = 1.5

interface Props {
  readonly lanes: SwimLanes
  /** Ids of the parts, from the top. */
  readonly order: readonly string[]
  readonly scenario: Scenario
  readonly chosen: ReadonlySet<number>
  spanNow(): Span
  onShow(span: Span): void
  onFollow(): void
}

/** The lanes drawn, with their names; gone through by hand and keys. */
export function LaneCanvas({ lanes, order, scenario, chosen, spanNow, onShow, onFollow }: Props) {
  const { player } = useAppRun()
  const theme = useTheme()
  const openMessage = useApp((state) => state.openMessage)
  const seek = useApp((state) => state.seek)
  const scene = useRef<Scene>(null)
  const rows = useMemo(() => lanes.nodes.map((id) => order.indexOf(id)), [lanes.nodes, order])

  const gestures = useLaneGestures({
    onMove: (share) => onShow(moved(spanNow(), share, player.originUs())),
    onZoom: (factor, at) => onShow(zoomed(spanNow(), factor, at, player.originUs())),
    onPress(x, y, at) {
      if (!scene.current) return
      const message = messageAt(scene.current, x, y)
      if (message !== null) openMessage({ message, ...at })
      else void seek(timeAt(scene.current, x))
    },
  })

  const painted = useRef<Scene>(null)
  const canvas = useAnimationFrame<HTMLCanvasElement>((element) => {
    const body = element.closest<HTMLElement>('.swim-body')!
    const width = element.parentElement!.clientWidth
    const room = (body.clientHeight - AXIS_HEIGHT) / Math.max(1, order.length)
    const rowHeight = Math.max(LOWEST_ROW, Math.min(HIGHEST_ROW, Math.floor(room)))
    const height = AXIS_HEIGHT + rowHeight * order.length
    const next: Scene = {
      lanes,
      span: spanNow(),
      nowUs: player.shownUs(),
      originUs: player.originUs(),
      rows,
      rowHeight,
      width,
      height,
      chosen,
      theme,
    }
    scene.current = next
    if (painted.current && isSame(painted.current, next)) return
    painted.current = next
    element.style.height = `${height}px`
    body.style.setProperty('--lane-height', `${rowHeight}px`)
    paintLanes(element, next)
  })

  return (
    <div className="swim-body">
      <Names order={order} scenario={scenario} />
      <div
        className="swim-canvas"
        role="application"
        aria-label="Swim lanes. Arrow keys move through time, plus and minus zoom, Home follows the clock."
        tabIndex={0}
        {...gestures}
        onKeyDown={(event) => {
          const span = spanNow()
          const originUs = player.originUs()
          const key = event.key
          if (key === 'ArrowLeft') onShow(moved(span, -KEY_SHARE, originUs))
          else if (key === 'ArrowRight') onShow(moved(span, KEY_SHARE, originUs))
          else if (key === '+' || key === '=') onShow(zoomed(span, 1 / KEY_ZOOM, 0.5, originUs))
          else if (key === '-') onShow(zoomed(span, KEY_ZOOM, 0.5, originUs))
          else if (key === 'Home') onFollow()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      >
        <canvas ref={canvas} aria-hidden="true" />
      </div>
    </div>
  )
}

const isSame = (a: Scene, b: Scene): boolean =>
  a.lanes === b.lanes &&
  a.span.fromUs === b.span.fromUs &&
  a.span.toUs === b.span.toUs &&
  a.nowUs === b.nowUs &&
  a.rows === b.rows &&
  a.rowHeight === b.rowHeight &&
  a.width === b.width &&
  a.height === b.height &&
  a.chosen === b.chosen &&
  a.theme === b.theme

function Names({
  order,
  scenario,
}: {
  readonly order: readonly string[]
  readonly scenario: Scenario
}) {
  const select = useApp((state) => state.select)
  const names = new Map(scenario.nodes.map(({ id, name }) => [id, name]))
  return (
    <ul className="swim-names" style={{ paddingTop: AXIS_HEIGHT }} aria-label="Lanes">
      {order.map((id) => (
        <li key={id}>
          <button type="button" onClick={() => select(selectNode(id))}>
            {names.get(id)}
          </button>
        </li>
      ))}
    </ul>
  )
}
