import { X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useEffect, useMemo, useReducer, type ReactNode } from 'react'
import { formatBytes, formatDuration } from '../../base/format.ts'
import type { SimUs } from '../../base/units.ts'
import type { MessageInfo } from '../../worker/protocol.ts'
import type { Variant } from '../store/compareSlice.ts'
import type { OpenMessage } from '../store/viewSlice.ts'
import { useFocusReturn } from '../ui/useFocusReturn.ts'
import { useAnswer } from '../useAnswer.ts'
import { AppContext, useApp, useAppRun, useScenario, useTheApp } from '../useApp.ts'
import { useTheme } from '../useTheme.ts'
import { hueColor } from '../../canvas/palette.ts'
import { Trace } from './Trace.tsx'
import './message.css'

/** All about one message, near where it was clicked; kept up to date while it lives. */
export default function MessageCard() {
  const open = useApp((state) => state.message)
  return open && <Card open={open} />
}

function Card({ open }: { readonly open: OpenMessage }) {
  const openMessage = useApp((state) => state.openMessage)
  useFocusReturn()
  return (
    <Popover.Root open onOpenChange={(still) => !still && openMessage(null)}>
      <Popover.Anchor asChild>
        <span className="message-anchor" style={{ left: open.x, top: open.y }} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="message-card"
          side={open.side ?? 'bottom'}
          sideOffset={14}
          collisionPadding={12}
          aria-label={`Message ${open.message}`}
        >
          <InVariant variant={open.variant}>
            <Content message={open.message} />
            <Trace message={open.message} />
          </InVariant>
          <Popover.Close className="icon-button message-close" aria-label="Close">
            <X size={15} aria-hidden="true" />
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface InVariantProps {
  readonly variant: Variant | undefined
  readonly children: ReactNode
}

/** What is within asks the run of that variant; both have one clock. */
function InVariant({ variant, children }: InVariantProps) {
  const app = useTheApp()
  const ask = useApp(({ reference }) => (variant === 'a' ? reference?.ask : undefined))
  const asked = useMemo(() => (ask ? { ...app, run: { ...app.run, ask } } : app), [app, ask])
  return (
    <AppContext value={asked}>
      {ask && <p className="message-variant">in variant A</p>}
      {children}
    </AppContext>
  )
}

function Content({ message }: { readonly message: number }) {
  const answer = useAnswer({ about: 'message', message }, 250)
  if (!answer) return <p className="message-title">m-{message}</p>
  if (!answer.message) {
    return (
      <>
        <p className="message-title mono">m-{message}</p>
        <p>
          Not here at this moment: it is still to come, or it was deleted, has expired or was
          purged.
        </p>
      </>
    )
  }
  return <Facts info={answer.message} />
}

/** Rendered ten times a second, so that ages and timers run with the clock. */
function useShownTime(): SimUs {
  const { player } = useAppRun()
  const [, tick] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const timer = setInterval(tick, 100)
    return () => clearInterval(timer)
  }, [])
  return player.shownUs()
}

function receivedText({ receives, list, outcome }: MessageInfo): string {
  if (outcome !== undefined) return outcome
  if (receives === 0) return 'not received yet'
  const times = receives === 1 ? 'once' : `${receives}×`
  return `received ${times}, ${list === 'inFlight' ? 'not deleted yet' : 'never deleted'}`
}

const DUE_WORDS: Readonly<Record<string, string>> = {
  inFlight: 'visible again in',
  delayed: 'visible in',
}

function Facts({ info }: { readonly info: MessageInfo }) {
  const now = useShownTime()
  const theme = useTheme()
  const { nodes } = useScenario()
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? id
  const attributes = Object.entries(info.attributes)
  const where = info.node === '' ? 'on its way' : `in ${nameOf(info.node)}`
  const rows: [string, string][] = [
    ...(info.subject === undefined ? [] : [['subject', info.subject] as [string, string]]),
    ['age', formatDuration(Math.max(0, now - info.sentUs))],
    ...(info.dueUs === undefined
      ? []
      : [
          [DUE_WORDS[info.list] ?? 'due in', formatDuration(Math.max(0, info.dueUs - now))] as [
            string,
            string,
          ],
        ]),
    ...(info.expiresUs === undefined
      ? []
      : [['expires in', formatDuration(Math.max(0, info.expiresUs - now))] as [string, string]]),
    ['size', formatBytes(info.sizeBytes)],
    ...(info.groupId ? [['group', info.groupId] as [string, string]] : []),
    ...(info.deadLetterSource
      ? [['came from', nameOf(info.deadLetterSource)] as [string, string]]
      : []),
    ['id', info.messageId],
    ...Object.entries(info.headers ?? {}),
  ]
  return (
    <>
      <p className="message-title">
        <span
          className="message-dot"
          style={{ background: hueColor(info.hue, theme) }}
          aria-hidden="true"
        />
        <span className="mono">m-{info.message}</span>
        <span className="message-where">{where}</span>
      </p>
      <p className="message-received" data-bad={info.receives > 1 || undefined}>
        {receivedText(info)}
      </p>
      <dl className="message-facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
        {attributes.map(([name, { DataType, Value }]) => (
          <div key={`@${name}`}>
            <dt title={DataType}>@{name}</dt>
            <dd className="mono">{Value}</dd>
          </div>
        ))}
      </dl>
      <pre className="message-text" tabIndex={0} aria-label="Body">
        {info.body}
      </pre>
    </>
  )
}
