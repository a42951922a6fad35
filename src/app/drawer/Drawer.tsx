import { ChevronDown, ChevronUp } from 'lucide-react'
import { useRef } from 'react'
import { DRAWER_MAX, DRAWER_MIN } from '../store/viewSlice.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useApp } from '../useApp.ts'
import { LogFilters } from './LogFilters.tsx'
import { LogTable } from './LogTable.tsx'
import './drawer.css'

const KEY_STEP_PX = 24

/** The API calls, below everything; its upper edge can be dragged, also by arrow keys. */
export function Drawer() {
  const open = useApp((state) => state.drawerOpen)
  const setOpen = useApp((state) => state.setDrawerOpen)
  const height = useApp((state) => state.drawerHeight)
  return (
    <section className="drawer" aria-label="API calls">
      {open && <Edge />}
      <header className="drawer-head">
        <h2 className="drawer-title">API calls</h2>
        {open && <LogFilters />}
        <IconButton
          className="drawer-toggle"
          icon={open ? ChevronDown : ChevronUp}
          label={open ? 'Hide the API calls' : 'Show the API calls'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      </header>
      {open && (
        <div className="drawer-body" style={{ height }}>
          <LogTable />
        </div>
      )}
    </section>
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
      aria-label="Height of the API calls"
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
