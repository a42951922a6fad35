import { Minus, Plus, Rows3, Table2 } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { formatClock, formatCount } from '../../base/format.ts'
import { US_PER_S } from '../../base/units.ts'
import { selectNode } from '../../canvas/selection.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { SwimLanes } from '../../worker/protocol.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useAnimationFrame } from '../useAnimationFrame.ts'
import { useAnswer } from '../useAnswer.ts'
import { useApp, useAppRun, useScenario } from '../useApp.ts'
import { useTheme } from '../useTheme.ts'
import { LifeTable } from './LifeTable.tsx'
import { AXIS_HEIGHT, messageAt, paintLanes, timeAt, type Scene } from './paint.ts'
import { following, lengthOf, moved, zoomed, type Span } from './span.ts'
import { useLaneGestures } from './useLaneGestures.ts'
import './swimLanes.css'

const FIRST_LENGTH_US = 30 * US_PER_S
const LOWEST_ROW = 26
const HIGHEST_ROW = 72
const KEY_SHARE = 0.15
const KEY_ZOOM = 1.5
const NOTHING: SwimLanes = {
  nodes: [],
  travels: [],
  stays: [],
  messages: 0,
  density: null,
  sinceUs: 0,
}

/** One lane a part, each message a line through the lanes that it visits; time runs to the right. */
export default function SwimLanesView() {
  const scenario = useScenario()
  const { player } = useAppRun()
  const theme = useTheme()
  const chosen = useChosen()
  const openMessage = useApp((state) => state.openMessage)
  const seek = useApp((state) => state.seek)
  const [lengthUs, setLengthUs] = useState(FIRST_LENGTH_US)
  /** Null: the clock is followed. */
  const [fixed, setFixed] = useState<Span | null>(null)
  const [asTable, setAsTable] = useState(false)
  useApp((state) => state.moment)
  const order = useMemo(() => orderOf(scenario), [scenario])
  const scene = useRef<Scene>(null)
  const asked = useAskedSpan(fixed, lengthUs)
  const answer = useAnswer({ about: 'swimLanes', ...asked }, 250)
  const lanes = answer?.lanes ?? NOTHING
  const rows = useMemo(() => lanes.nodes.map((id) => order.indexOf(id)), [lanes.nodes, order])

  const spanNow = (): Span => fixed ?? following(lengthUs, player.shownUs(), player.originUs())
  const show = (span: Span) => {
    setLengthUs(lengthOf(span))
    setFixed(span)
  }
  const gestures = useLaneGestures({
    onMove: (share) => show(moved(spanNow(), share, player.originUs())),
    onZoom: (factor, at) => show(zoomed(spanNow(), factor, at, player.originUs())),
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
    <div className="swim">
      <div className="swim-head">
        <IconButton
          icon={Minus}
          label="Show more time"
          onClick={() => show(zoomed(spanNow(), KEY_ZOOM, 0.5, player.originUs()))}
        />
        <IconButton
          icon={Plus}
          label="Show less time"
          onClick={() => show(zoomed(spanNow(), 1 / KEY_ZOOM, 0.5, player.originUs()))}
        />
        <button
          type="button"
          className="button"
          data-small
          aria-pressed={fixed === null}
          onClick={() => setFixed(fixed === null ? spanNow() : null)}
        >
          Follow the clock
        </button>
        <IconButton
          icon={asTable ? Rows3 : Table2}
          label={asTable ? 'As lanes' : 'As a table'}
          onClick={() => setAsTable(!asTable)}
        />
        <Legend lanes={lanes} originUs={player.originUs()} />
      </div>
      {asTable ? (
        <LifeTable lanes={lanes} scenario={scenario} />
      ) : (
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
              if (key === 'ArrowLeft') show(moved(span, -KEY_SHARE, originUs))
              else if (key === 'ArrowRight') show(moved(span, KEY_SHARE, originUs))
              else if (key === '+' || key === '=') show(zoomed(span, 1 / KEY_ZOOM, 0.5, originUs))
              else if (key === '-') show(zoomed(span, KEY_ZOOM, 0.5, originUs))
              else if (key === 'Home') setFixed(null)
              else return
              event.preventDefault()
              event.stopPropagation()
            }}
          >
            <canvas ref={canvas} aria-hidden="true" />
          </div>
        </div>
      )}
    </div>
  )
}

/** From left to right and top to bottom, as the picture is read. */
const orderOf = ({ nodes }: Scenario): readonly string[] =>
  nodes.toSorted((a, b) => a.x - b.x || a.y - b.y).map(({ id }) => id)

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

const NONE: ReadonlySet<number> = new Set()

/** The message whose card is open, and its family: what one event became at several parts. */
function useChosen(): ReadonlySet<number> {
  const message = useApp((state) => state.message?.message ?? 0)
  const answer = useAnswer({ about: 'trace', message }, 2000)
  const copies = answer?.copies
  return useMemo(
    () => (message > 0 ? new Set([message, ...(copies ?? [])]) : NONE),
    [message, copies],
  )
}

/** Asked in whole steps and with a margin, so that a running clock does not ask anew in every frame. */
function useAskedSpan(fixed: Span | null, lengthUs: number): Span {
  const { player } = useAppRun()
  const { fromUs, toUs } = fixed ?? following(lengthUs, player.shownUs(), player.originUs())
  const stepUs = Math.max(1, Math.round((toUs - fromUs) / 2))
  return {
    fromUs: Math.max(0, Math.floor(fromUs / stepUs) * stepUs - stepUs),
    toUs: Math.ceil(toUs / stepUs) * stepUs + 2 * stepUs,
  }
}

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

interface LegendProps {
  readonly lanes: SwimLanes
  readonly originUs: number
}

function Legend({ lanes, originUs }: LegendProps) {
  if (lanes.density) {
    return (
      <p className="swim-legend" role="status">
        {formatCount(lanes.messages)} messages: each lane shows how many are there. Show less time
        for single ones.
      </p>
    )
  }
  return (
    <p className="swim-legend">
      {lanes.sinceUs > originUs &&
        `Complete since ${formatClock(lanes.sinceUs - originUs)}, as far back as calls are kept · `}
      line: waiting · hollow: delayed · bar: in flight · thin bar: worked on · dot: done · cross:
      not finished · dashed: to a dead-letter queue · dotted: refused or filtered
    </p>
  )
}
