import { Cpu, RotateCcw, Skull } from 'lucide-react'
import { counted, formatCount } from '../../base/format.ts'
import { TokenRow } from '../../canvas/tokens/TokenRow.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

const isCalled = (rolesIn: readonly string[]): boolean => rolesIn.includes('request')

function Card({ digest }: CardProps) {
  const { processed = 0, failed = 0, refused = 0 } = digest?.figures ?? {}
  const bad = [
    { value: failed, label: 'failed' },
    { value: refused, label: 'refused' },
  ].filter(({ value }) => value > 0)
  return (
    <>
      <TokenRow name="workers" label="" slots />
      <span className="card-note">
        <b>{formatCount(processed)}</b> processed
        {bad.map(({ value, label }) => (
          <span key={label}>
            {' · '}
            <b className="is-bad">{formatCount(value)}</b> {label}
          </span>
        ))}
      </span>
    </>
  )
}

/** How many work of how many there are: "2 of 4"; before the first run only how many there are. */
function badge(config: CardProps['config'], digest: CardProps['digest']): string {
  const total = Number(config.instances) * Number(config.concurrency)
  if (!digest) return counted(total, 'worker')
  const { busy = 0, workers = total } = digest.figures
  return `${formatCount(busy)} of ${formatCount(workers)}`
}

const view: KindView = {
  schema,
  icon: Cpu,
  badge,
  heading: (rolesIn) =>
    isCalled(rolesIn) && !rolesIn.includes('poll') ? { title: 'Sync service' } : undefined,
  Card,
  actions: [
    {
      id: 'crashOne',
      label: 'Crash one',
      icon: Skull,
      help: 'One instance dies with what it works on, and restarts later.',
      args: {},
    },
    {
      id: 'restartAll',
      label: 'Restart all',
      icon: RotateCcw,
      help: 'Every instance starts afresh; messages it held come back after their timeout.',
      args: {},
    },
  ],
  lists: [],
}

export default view
