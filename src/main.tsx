/** Starts everything; the only file that knows all the parts. */
import { LazyMotion, MotionConfig } from 'framer-motion'
import { Tooltip } from 'radix-ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './canvas/theme.css'
import { App } from './app/App.tsx'
import { embedOptions } from './app/embed/options.ts'
import { kindsFirst } from './app/kindsFirst.ts'
import { workOffline } from './app/offline.ts'
import { createDocuments } from './app/storage/documents.ts'
import { createApp } from './app/store/store.ts'
import { keepTheme } from './app/theme.ts'
import { AppContext } from './app/useApp.ts'
import { WorkspaceContext } from './app/useWorkspace.ts'
import { createWorkspace } from './app/workspace.ts'
import { loadMotion } from './canvas/loadMotion.ts'
import { isLink } from './scenario/isLink.ts'
import { LIVE_META } from './worker/live.ts'
import { startEngineWorker } from './worker/startEngineWorker.ts'

const app = createApp(kindsFirst(startEngineWorker))
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const options = embedOptions(window.location.search)
if (options) {
  void import('./app/embed/startEmbed.tsx').then(({ startEmbed }) => startEmbed(app, options, root))
} else {
  startEditor(root)
}

/** A link's content is in an own document once it is open; the address need not repeat it. */
function openFromAddress(open: (hash: string) => Promise<void>): void {
  const { hash } = window.location
  if (isLink(hash)) window.history.replaceState(null, '', '#/')
  void open(hash)
}

function startEditor(root: HTMLElement): void {
  const workspace = createWorkspace(app, createDocuments())
  keepTheme(app)

  const live = document.querySelector<HTMLMetaElement>(`meta[name="${LIVE_META}"]`)
  if (live) {
    const { host, hash } = window.location
    const clock = live.content === 'real' ? 'real' : 'virtual'
    void import('./app/live/session.ts').then(({ startLive }) =>
      startLive(app, host, clock, !isLink(hash)),
    )
  } else {
    void workOffline()
  }
  if (!live || isLink(window.location.hash)) openFromAddress(workspace.start)
  window.addEventListener('hashchange', () => {
    if (isLink(window.location.hash)) openFromAddress(workspace.openLink)
  })
  window.addEventListener('pagehide', () => void workspace.flush())

  createRoot(root).render(
    <StrictMode>
      <AppContext value={app}>
        <WorkspaceContext value={workspace}>
          <LazyMotion features={loadMotion} strict>
            <MotionConfig reducedMotion="user">
              <Tooltip.Provider delayDuration={500}>
                <App />
              </Tooltip.Provider>
            </MotionConfig>
          </LazyMotion>
        </WorkspaceContext>
      </AppContext>
    </StrictMode>,
  )
}
