import { ChevronDown, ChevronUp } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { lazy, Suspense, useRef } from 'react'
import { CONSOLE_INPUT_ID } from '../focusIds.ts'
import { DRAWER_TABS, type DrawerTab } from '../store/consoleSlice.ts'
import { DRAWER_MAX, DRAWER_MIN } from '../store/viewSlice.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useApp } from '../useApp.ts'
import { LogFilters } from './LogFilters.tsx'
import { LogTable } from './LogTable.tsx'
import './drawer.css'

const Console = lazy(() => import('../console/Console.tsx'))
const MetricsBoard = lazy(() => import('../metrics/MetricsBoard.tsx'))
const CostTable = lazy(() => import('../cost/CostTable.tsx'))
const SwimLanesView = lazy(() => import('../swimLanes/SwimLanesView.tsx'))
const Differences = lazy(() => import('../compare/Differences.tsx'))

const LABELS: Readonly<Record<DrawerTab, string>> = {
  calls: 'API calls',
  lanes: 'Swim lanes',
  metrics: 'Metrics',
  cost: 'Cost',
  console: 'Console',
  differences: 'A and B',
}

const KEY_STEP_PX = 24

/**
 * The API calls, metrics and the console, below everything; its upper edge can be dragged, also by arrow keys.
 */
export default function Drawer() {
  const open = useApp((state) => state.drawerOpen)
  const setOpen = useApp((state) => state.setDrawerOpen)
  const height = useApp((state) => state.drawerHeight)
  const tab = useApp((state) => state.drawerTab)
  const setTab = useApp((state) => state.setDrawerTab)
  const openConsole = useApp((state) => state.openConsole)
  const reference = useApp((state) => state.reference)
  const tabs = DRAWER_TABS.filter((name) => name !== 'differences' || reference)
  return (
    <Tabs.Root
      className="drawer"
      value={tab}
      activationMode="manual"
      onValueChange={(value) => {
        const chosen = DRAWER_TABS.find((known) => known === value)
        if (chosen === 'console') openConsole()
        else if (chosen) setTab(chosen)
      }}
    >
      {open && <Edge />}
      <header className="drawer-head">
        <Tabs.List className="drawer-tabs" aria-label="Below the canvas">
          {tabs.map((name) => (
            <Tabs.Trigger key={name} value={name} className="tab" onClick={() => setOpen(true)}>
              {LABELS[name]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {open && tab === 'calls' && <LogFilters />}
        <IconButton
          className="drawer-toggle"
          icon={open ? ChevronDown : ChevronUp}
          label={open ? 'Hide the drawer' : 'Show the drawer'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      </header>
      <div className="drawer-body" hidden={!open} style={{ height }}>
        <Tabs.Content className="drawer-content" value="calls" tabIndex={-1}>
          {open && <LogTable />}
        </Tabs.Content>
        <Tabs.Content className="drawer-content" value="lanes" tabIndex={-1}>
          {open && (
            <Suspense fallback={null}>
              <SwimLanesView />
            </Suspense>
          )}
        </Tabs.Content>
        <Tabs.Content className="drawer-content" value="metrics" tabIndex={-1}>
          {open && (
            <Suspense fallback={null}>
              <MetricsBoard />
            </Suspense>
          )}
        </Tabs.Content>
        <Tabs.Content className="drawer-content" value="cost" tabIndex={-1}>
          {open && (
            <Suspense fallback={null}>
              <CostTable />
            </Suspense>
          )}
        </Tabs.Content>
        <Tabs.Content className="drawer-content" value="console" tabIndex={-1}>
          {open && (
            <Suspense fallback={null}>
              <Console inputId={CONSOLE_INPUT_ID} />
            </Suspense>
          )}
        </Tabs.Content>
        {reference && (
          <Tabs.Content className="drawer-content" value="differences" tabIndex={-1}>
            {open && (
              <Suspense fallback={null}>
                <Differences reference={reference} />
              </Suspense>
            )}
          </Tabs.Content>
        )}
      </div>
    </Tabs.Root>
  )
}

function Edge() {
  const height = useApp((state) => state.drawerHeight)
  const setHeight = useApp((state) => state.setDrawerHeight)
  const grip = useRef<{ y: number; height: number }>(null)
  return (
    <div
      className="drawer-edge"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the drawer"
      aria-valuemin={DRAWER_MIN}
      aria-valuemax={DRAWER_MAX}
      aria-valuenow={height}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp') setHeight(height + KEY_STEP_PX)
        if (event.key === 'ArrowDown') setHeight(height - KEY_STEP_PX)
        if (event.key.startsWith('Arrow')) event.preventDefault()
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        grip.current = { y: event.clientY, height }
      }}
      onPointerMove={(event) => {
        if (grip.current) setHeight(grip.current.height + grip.current.y - event.clientY)
      }}
      onPointerUp={() => (grip.current = null)}
    />
  )
}
