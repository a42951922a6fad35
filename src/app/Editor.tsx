import { lazy, Suspense, useEffect, useRef } from 'react'
import { PaletteDragGhost } from '../canvas/PaletteDragGhost.tsx'
import type { CanvasHandle } from '../canvas/useCanvasHandle.ts'
import { DigestContext } from '../canvas/digests.ts'
import { withEveryKind } from '../services/views.ts'
import { Banners } from './Banners.tsx'
import { CanvasRefContext } from './canvasRef.ts'
import { useEditorCommands } from './commands/useEditorCommands.ts'
import { useShortcuts } from './commands/useShortcuts.ts'
import { Panel, SheetTabs } from './Panel.tsx'
import { Stage } from './Stage.tsx'
import { TopBar } from './topbar/TopBar.tsx'
import { Transport } from './transport/Transport.tsx'
import { useApp, useAppRun } from './useApp.ts'
import { usePlayerClock } from './usePlayerClock.ts'
import { useIsPhone } from '../canvas/useIsPhone.ts'

// What surrounds the picture comes right after it, also where it is not on the screen yet.
const loadPalette = () => withEveryKind(import('./palette/Palette.tsx'))
const loadInspector = () => withEveryKind(import('./inspector/Inspector.tsx'))
const loadDrawer = () => import('./drawer/Drawer.tsx')
const loadMessageCard = () => import('./message/MessageCard.tsx')
const Palette = lazy(loadPalette)
const Inspector = lazy(loadInspector)
const Drawer = lazy(loadDrawer)
const MessageCard = lazy(loadMessageCard)
const CompareStage = lazy(() => import('./compare/CompareStage.tsx'))
const ShareDialog = lazy(() => import('./share/ShareDialog.tsx'))
const CloudFormationDialog = lazy(() => import('./cloudFormation/CloudFormationDialog.tsx'))
const ShortcutSheet = lazy(() => import('./commands/ShortcutSheet.tsx'))
const CommandPalette = lazy(() => withEveryKind(import('./commands/CommandPalette.tsx')))

/** The main screen: palette, canvas, inspector, transport bar and drawer. */
export function Editor() {
  const canvas = useRef<CanvasHandle>(null)
  const { player } = useAppRun()
  const phone = useIsPhone()
  usePlayerClock()
  const opened = useApp((state) => state.opened > 0)
  useEffect(() => {
    if (opened) void Promise.all([loadPalette(), loadInspector(), loadDrawer(), loadMessageCard()])
  }, [opened])
  return (
    <CanvasRefContext value={canvas}>
      <DigestContext value={player.digests}>
        <div className="app">
          <TopBar />
          <Panel name="palette" label="Parts" phone={phone}>
            <Palette />
          </Panel>
          <main className="app-canvas">
            <Variants />
            <Banners />
          </main>
          <Panel name="inspector" label="Settings" phone={phone}>
            <Inspector />
          </Panel>
          <Transport />
          <Panel name="calls" label="API calls" phone={phone}>
            <Drawer />
          </Panel>
          {phone && <SheetTabs />}
        </div>
        <Suspense fallback={null}>
          <MessageCard />
        </Suspense>
        <PaletteDragGhost />
        <Dialogs />
      </DigestContext>
    </CanvasRefContext>
  )
}

function Dialogs() {
  const dialog = useApp((state) => state.dialog)
  const commands = useEditorCommands()
  useShortcuts(commands)
  return (
    <Suspense fallback={null}>
      {dialog === 'share' && <ShareDialog />}
      {dialog === 'cloudFormation' && <CloudFormationDialog />}
      {dialog === 'shortcuts' && <ShortcutSheet />}
      {dialog === 'commands' && <CommandPalette commands={commands} />}
    </Suspense>
  )
}

/** The design; while it is compared, the other variant beside it. */
function Variants() {
  const comparing = useApp((state) => state.reference !== null)
  if (!comparing) return <Stage />
  return (
    <Suspense fallback={<Stage />}>
      <CompareStage />
    </Suspense>
  )
}
