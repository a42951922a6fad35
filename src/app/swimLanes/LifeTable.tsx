import { formatClock, formatCount } from '../../base/format.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { Stay, SwimLanes } from '../../worker/protocol.ts'
import { useApp, useAppRun } from '../useApp.ts'

const MOST_ROWS = 300
const STATES: Readonly<Record<Stay['state'], string>> = {
  delayed: 'delayed',
  waiting: 'waiting',
  inFlight: 'in flight',
  working: 'worked on',
}

const ENDS = { done: 'done with', broken: 'not finished' } as const

interface Props {
  readonly lanes: SwimLanes
  readonly scenario: Scenario
}

/** The same as the lanes, in words: where each message was, and since when. */
export function LifeTable({ lanes, scenario }: Props) {
  const { player } = useAppRun()
  const openMessage = useApp((state) => state.openMessage)
  const names = new Map(scenario.nodes.map(({ id, name }) => [id, name]))
  const stays = lanes.stays.toSorted((a, b) => a.message - b.message || a.fromUs - b.fromUs)
  const clock = (us: number) => formatClock(us - player.originUs())
  return (
    <div className="swim-table" role="region" aria-label="Where messages were" tabIndex={0}>
      {stays.length === 0 && <p className="empty">No single messages in this span of time.</p>}
      {stays.length > MOST_ROWS && (
        <p className="field-help">
          The first {MOST_ROWS} of {formatCount(stays.length)}: show less time for the others.
        </p>
      )}
      {stays.length > 0 && (
        <table>
          <thead>
            <tr>
              {['Message', 'Part', 'State', 'From', 'To', 'Then'].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stays.slice(0, MOST_ROWS).map((stay) => (
              <tr key={`${stay.message}/${stay.node}/${stay.fromUs}/${stay.state}`}>
                <td>
                  <button
                    type="button"
                    className="swim-message mono"
                    onClick={({ currentTarget }) => {
                      const { left, bottom } = currentTarget.getBoundingClientRect()
                      openMessage({ message: stay.message, x: left, y: bottom })
                    }}
                  >
                    m-{stay.message}
                  </button>
                </td>
                <td>{names.get(lanes.nodes[stay.node]) ?? ''}</td>
                <td>{STATES[stay.state]}</td>
                <td className="mono">{clock(stay.fromUs)}</td>
                <td className="mono">{stay.isOpen ? 'now' : clock(stay.toUs)}</td>
                <td>{stay.end ? ENDS[stay.end] : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
