import { CircleHelp, Link2, Redo2, Undo2 } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { canRedo, canUndo } from '../../scenario/history.ts'
import { useNewDesign } from '../useNewDesign.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useApp } from '../useApp.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { Logo } from './Logo.tsx'
import { MoreMenu } from './MoreMenu.tsx'
import { ThemeMenu } from './ThemeMenu.tsx'
import { Title } from './Title.tsx'
import './topbar.css'

const LiveBadge = lazy(() => import('../live/LiveBadge.tsx'))

/** Title, undo, export, share, theme and help; on a phone most of it moves into one menu. */
export function TopBar() {
  const history = useApp((state) => state.history)
  const undo = useApp((state) => state.undo)
  const redo = useApp((state) => state.redo)
  const openDialog = useApp((state) => state.openDialog)
  const newDesign = useNewDesign()
  const served = useApp((state) => state.live !== null)
  return (
    <header className="topbar">
      <a className="logo" href="#/" aria-label="Switchyard, back to the design">
        <Logo />
        <span>Switchyard</span>
      </a>
      <nav className="topbar-nav" aria-label="Designs">
        <a className="link-button" href="#/scenarios">
          Scenarios
        </a>
        <a className="link-button" href="#/designs">
          My designs
        </a>
        <button type="button" className="link-button" onClick={newDesign}>
          New
        </button>
      </nav>
      <h1 className="visually-hidden">{history.present.title}</h1>
      <div className="topbar-title">
        <Title />
        {served && (
          <Suspense fallback={null}>
            <LiveBadge />
          </Suspense>
        )}
      </div>
      <div className="topbar-history">
        <IconButton
          icon={Undo2}
          label="Undo"
          keys="Ctrl+Z"
          disabled={!canUndo(history)}
          onClick={undo}
        />
        <IconButton
          icon={Redo2}
          label="Redo"
          keys="Ctrl+Y"
          disabled={!canRedo(history)}
          onClick={redo}
        />
      </div>
      <div className="topbar-actions">
        <ExportMenu />
        <button
          type="button"
          className="button"
          data-primary
          aria-label="Share link"
          onClick={() => openDialog('share')}
        >
          <Link2 size={16} aria-hidden="true" className="only-phone" />
          <span className="not-phone">Share link</span>
        </button>
        <ThemeMenu />
        <IconButton
          icon={CircleHelp}
          label="Keyboard shortcuts"
          keys="?"
          className="not-phone"
          onClick={() => openDialog('shortcuts')}
        />
        <MoreMenu />
      </div>
    </header>
  )
}
