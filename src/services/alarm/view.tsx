import { BellRing } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import { SparkLine } from '../../canvas/SparkLine.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import { conditionOf, type AlarmState } from './evaluate.ts'
import schema from './schema.ts'
import { settingsOf } from './state.ts'
import './alarm.css'

const STATES: readonly AlarmState[] = ['INSUFFICIENT_DATA', 'OK', 'ALARM']

/** The state in words and shape: never by colour alone. */
const SIGNS: Readonly<Record<AlarmState, string>> = {
  INSUFFICIENT_DATA: '…',
  OK: '✓',
  ALARM: '!',
}

const stateOf = (digest: CardProps['digest']): AlarmState => STATES[digest?.figures.state ?? 0]

function Card({ config, digest }: CardProps) {
  const state = stateOf(digest)
  const { value } = digest?.figures ?? {}
  return (
    <>
      <div className="alarm-chart" data-state={state}>
        <SparkLine values={digest?.spark ?? []} limit={Number(config.Threshold)} />
      </div>
      <div className="card-line">
        <span className="alarm-state" data-state={state}>
          <b aria-hidden="true">{SIGNS[state]}</b> {state}
        </span>
        <span className="card-note">
          {value === undefined ? 'no data yet' : formatCount(Math.round(value * 100) / 100)}
        </span>
      </div>
    </>
  )
}

const view: KindView = {
  schema,
  icon: BellRing,
  badge: (config) => conditionOf(settingsOf(config)),
  Card,
  actions: [],
  figureWords: { state: STATES },
  lists: [],
}

export default view
