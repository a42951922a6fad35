import { Pause, Play, Send, Zap } from 'lucide-react'
import { formatCount, formatDuration, formatRate } from '../../base/format.ts'
import { fromSeconds } from '../../base/units.ts'
import { SparkLine } from '../../canvas/SparkLine.tsx'
import type { CardProps, KindView } from '../../canvas/view.ts'
import schema from './schema.ts'

type Config = CardProps['config']

const inSeconds = (value: unknown): string => formatDuration(fromSeconds(Number(value)))

/** The load in a few characters: "40 msg/s", "burst 1 000". */
/** "600 → 2 400/s": what both are measured in is said once. */
function fromTo(from: string, to: string): string {
  const unit = to.slice(to.indexOf('/'))
  return `${from.endsWith(unit) ? from.slice(0, -unit.length) : from} → ${to}`
}

function badge(config: Config): string {
  const rate = Number(config.ratePerSecond)
  switch (config.pattern) {
    case 'burst':
      return `burst ${formatCount(Number(config.burstSize))}`
    case 'once':
      return `${formatCount(Number(config.onceCount))} at once`
    case 'list':
      return 'as listed'
    case 'ramp':
      return fromTo(formatRate(rate), formatRate(Number(config.rampToPerSecond)))
    default:
      return formatRate(rate, 'msg')
  }
}

/** What the badge leaves out: "every 60 s", "hot key 70 %". */
function note(config: Config): string {
  if (config.pattern === 'burst') return `every ${inSeconds(config.burstEveryS)}`
  if (config.pattern === 'once') return `at ${inSeconds(config.onceAtS)}`
  if (config.extendedClient === 'large') return 'large bodies to S3'
  if (config.extendedClient === 'always') return 'bodies to S3'
  if (config.AggregationEnabled === true) return 'KPL aggregates'
  if (config.keyDistribution === 'hot') {
    return `hot key ${Math.round(Number(config.hotShare) * 100)} %`
  }
  if (config.keyDistribution === 'zipf') return 'zipf keys'
  if (config.pattern === 'poisson') return 'random arrivals'
  if (config.pattern === 'sine') return 'in waves'
  return ''
}

/** Of a producer that waits for replies: how its requests ended. */
function Requests({ digest }: Pick<CardProps, 'digest'>) {
  const { awaited = 0, replied = 0, timedOut = 0, orphanedReplies = 0 } = digest?.figures ?? {}
  const bad = [
    { value: timedOut, label: 'timed out' },
    { value: orphanedReplies, label: 'late' },
  ].filter(({ value }) => value > 0)
  return (
    <span className="card-note">
      <b>{formatCount(replied)}</b> replied
      {bad.length === 0 && (
        <>
          {' · '}
          <b>{formatCount(awaited)}</b> awaited
        </>
      )}
      {bad.map(({ value, label }) => (
        <span key={label}>
          {' · '}
          <b className="is-bad">{formatCount(value)}</b> {label}
        </span>
      ))}
    </span>
  )
}

function Card({ config, digest }: CardProps) {
  const { sent = 0, failed = 0 } = digest?.figures ?? {}
  if (config.awaitReply !== 'off' && failed === 0) {
    return (
      <>
        <SparkLine values={digest?.spark ?? []} />
        <Requests digest={digest} />
      </>
    )
  }
  return (
    <>
      <SparkLine values={digest?.spark ?? []} />
      <div className="card-line">
        <span className="card-note">
          <b>{formatCount(sent)}</b> sent
          {failed > 0 && (
            <>
              {' · '}
              <b className="is-bad">{formatCount(failed)}</b> failed
            </>
          )}
        </span>
        {failed === 0 && <span className="card-note">{note(config)}</span>}
      </div>
    </>
  )
}

const view: KindView = {
  schema,
  icon: Send,
  badge,
  heading: (rolesIn) => (rolesIn.includes('poll') ? { title: 'Requester' } : undefined),
  Card,
  actions: [
    {
      id: 'sendOne',
      label: 'Send one',
      icon: Send,
      help: 'Sends one message now, besides the pattern.',
      args: {},
    },
    {
      id: 'sendBurst',
      label: 'Send 100',
      icon: Zap,
      help: 'Sends 100 messages at once.',
      args: { count: 100 },
    },
    {
      id: 'pause',
      label: 'Pause',
      icon: Pause,
      help: 'Stops sending until resumed; what is being sent goes on.',
      args: {},
    },
    { id: 'resume', label: 'Resume', icon: Play, help: 'Goes on with the pattern.', args: {} },
  ],
  lists: [],
}

export default view
