import { ExternalLink } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { DigestContext } from '../../canvas/digests.ts'
import { encodeLink } from '../../scenario/share.ts'
import { CatchingUp } from '../CatchingUp.tsx'
import { runCommands } from '../commands/runCommands.ts'
import { useShortcuts } from '../commands/useShortcuts.ts'
import { FailureNotice } from '../FailureNotice.tsx'
import { LiveRegion } from '../LiveRegion.tsx'
import { Stage } from '../Stage.tsx'
import { Toasts } from '../Toasts.tsx'
import { Transport } from '../transport/Transport.tsx'
import { useApp, useAppRun, useAppStore, useScenario } from '../useApp.ts'
import { usePageTheme } from '../useTheme.ts'
import { usePlayerClock } from '../usePlayerClock.ts'
import type { EmbedOptions } from './options.ts'
import './embed.css'

const MessageCard = lazy(() => import('../message/MessageCard.tsx'))

/** The picture and what moves time, for another page's frame. */
export function EmbedScreen({ options }: { readonly options: EmbedOptions }) {
  const { player } = useAppRun()
  const problem = useApp((state) => state.problem)
  const isOpen = useApp((state) => state.opened > 0)
  const { title } = useScenario()
  usePageTheme()
  usePlayerClock()
  const store = useAppStore()
  useShortcuts(useMemo(() => runCommands(store.getState), [store]))
  useEffect(() => {
    document.title = `${title} · Switchyard`
  }, [title])
  return (
    <DigestContext value={player.digests}>
      <div className="embed">
        <main className="app-canvas">
          <h1 className="visually-hidden">{title}</h1>
          {problem ? <Problem title={problem.title} detail={problem.detail} /> : <Stage readOnly />}
          {!problem && <OpenWhole />}
          <CatchingUp />
        </main>
        {!options.bare && !problem && isOpen && <Transport />}
      </div>
      <Suspense fallback={null}>
        <MessageCard />
      </Suspense>
      <FailureNotice />
      <Toasts />
      <LiveRegion />
    </DigestContext>
  )
}

function Problem({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <div className="embed-problem" role="alert">
      <strong>{title}</strong>
      <p>{detail}</p>
    </div>
  )
}

/** The whole editor, at this very moment, in a tab of its own. */
function OpenWhole() {
  const { recording } = useAppRun()
  const open = async () => {
    const { origin, pathname } = window.location
    window.open(origin + pathname + encodeLink(await recording()), '_blank', 'noopener')
  }
  return (
    <button
      type="button"
      className="button embed-open"
      aria-label="Open in Switchyard"
      title="Open in Switchyard"
      onClick={() => void open()}
    >
      <ExternalLink size={14} aria-hidden="true" />
      <span className="embed-open-words">Open in Switchyard</span>
    </button>
  )
}
