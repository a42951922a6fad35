import { Minus, Plus, Scaling } from 'lucide-react'
import { formatCount } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

function Card({ config, digest }: CardProps) {
  const { metric } = digest?.figures ?? {}
  const tracks = config.policy === 'TargetTrackingScaling'
  const unit = config.perInstance === true ? ' per instance' : ''
  return (
    <>
      <TokenRow name="instances" label="" slots />
      <div className="card-line">
        <span className="card-note">
          {tracks
            ? `target ${formatCount(Number(config.TargetValue))}${unit}`
            : 'scales when an alarm says so'}
        </span>
        {tracks && metric !== undefined && (
          <span className="card-note">
            now <b>{formatCount(Math.round(metric))}</b>
          </span>
        )}
      </div>
    </>
  )
}

/** "4 of 1–10"; while some are on their way "4 → 6". */
function badge(config: CardProps['config'], digest: CardProps['digest']): string {
  const limits = `${Number(config.MinSize)}–${Number(config.MaxSize)}`
  if (!digest) return limits
  const { desired = 0, inService = 0 } = digest.figures
  return desired === inService ? `${inService} of ${limits}` : `${inService} → ${desired}`
}

const view: KindView = {
  schema,
  icon: Scaling,
  badge,
  Card,
  actions: [
    {
      id: 'scaleOut',
      label: 'Add an instance',
      icon: Plus,
      help: 'Raises the desired capacity by one (SetDesiredCapacity).',
      args: {},
    },
    {
      id: 'scaleIn',
      label: 'Remove an instance',
      icon: Minus,
      help: 'Lowers the desired capacity by one (SetDesiredCapacity).',
      args: {},
    },
  ],
  lists: [],
}

export default view
