import { ListFilter } from 'lucide-react'
import { Popover } from 'radix-ui'
import { lazy, Suspense } from 'react'
import { useApp } from '../useApp.ts'

const Jump = lazy(() => import('./Jump.tsx'))
const Breakpoints = lazy(() => import('./Breakpoints.tsx'))

/** From one notable thing to the next, and what is to pause the run. */
export function JumpMenu() {
  const count = useApp((state) => state.breakpoints.length)
  return (
    <Popover.Root>
      <Popover.Trigger
        className="icon-button jump-trigger"
        aria-label="Jump, or pause when something happens"
        title="Jump, or pause when something happens"
        data-on={count > 0 || undefined}
      >
        <ListFilter size={18} aria-hidden="true" />
        {count > 0 && <span className="jump-count">{count}</span>}
      </Popover.Trigger>
      {/* Nothing rather than an empty box until it is loaded. */}
      <Suspense fallback={null}>
        <Popover.Portal>
          <Popover.Content
            className="menu jump-menu"
            side="top"
            sideOffset={8}
            collisionPadding={8}
          >
            <Jump />
            <Breakpoints />
          </Popover.Content>
        </Popover.Portal>
      </Suspense>
    </Popover.Root>
  )
}
