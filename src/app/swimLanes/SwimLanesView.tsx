import { Minus, Plus, Rows3, Table2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { formatClock, formatCount } from '../../base/format.ts'
import { US_PER_S } from '../../base/units.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { SwimLanes } from '../../worker/protocol.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useAnswer } from '../useAnswer.ts'
import { useApp, useAppRun, useScenario } from '../useApp.ts'
import { LaneCanvas } from './LaneCanvas.tsx'
import { LifeTable } from './LifeTable.tsx'
import { following, lengthOf, zoomed, type Span } from './span.ts'
import './swimLanes.css'

const FIRST_LENGTH_US = 30 * US_PER_S
const BUTTON_ZOOM = 1.5
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
  const chosen = useChosen()
  const [lengthUs, setLengthUs] = useState(FIRST_LENGTH_US)
  /** Null: the clock is followed. */
  const [fixed, setFixed] = useState<Span | null>(null)
  const [asTable, setAsTable] = useState(false)
  useApp((state) => state.moment)
  const order = useMemo(() => orderOf(scenario), [scenario])
  const asked = useAskedSpan(fixed, lengthUs)
  const answer = useAnswer({ about: 'swimLanes', ...asked }, 250)
  const lanes = answer?.lanes ?? NOTHING

  const spanNow = (): Span => fixed ?? following(lengthUs, player.shownUs(), player.originUs())
  const show = (span: Span) => {
    setLengthUs(lengthOf(span))
    setFixed(span)
  }
  return (
    <div className="swim">
      <div className="swim-head">
        <IconButton
          icon={Minus}
          label="Show more time"
          onClick={() => show(zoomed(spanNow(), BUTTON_ZOOM, 0.5, player.originUs()))}
        />
        <IconButton
          icon={Plus}
          label="Show less time"
          onClick={() => show(zoomed(spanNow(), 1 / BUTTON_ZOOM, 0.5, player.originUs()))}
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
        <LaneCanvas
          lanes={lanes}
          order={order}
          scenario={scenario}
          chosen={chosen}
          spanNow={spanNow}
          onShow={show}
          onFollow={() => setFixed(null)}
        />
      )}
    </div>
  )
}

/** From left to right and top to bottom, as the picture is read. */
const orderOf = ({ nodes }: Scenario): readonly string[] =>
  nodes.toSorted((a, b) => a.x - b.x || a.y - b.y).map(({ id }) => id)

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
