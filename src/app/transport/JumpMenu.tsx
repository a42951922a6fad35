import { ListFilter } from 'lucide-react'
import { lazy } from 'react'
import { useApp } from '../useApp.ts'
import { PopMenu } from './PopMenu.tsx'

const Jump = lazy(() => import('./Jump.tsx'))
const Breakpoints = lazy(() => import('./Breakpoints.tsx'))

const LABEL = 'Jump, or pause when something happens'

/** From one notable thing to the next, and what is to pause the run. */
export function JumpMenu() {
  const count = useApp((state) => state.breakpoints.length)
  return (
    <PopMenu
      className="jump-menu"
      trigger={{
        className: 'icon-button jump-trigger',
        'aria-label': LABEL,
        title: LABEL,
        'data-on': count > 0 || undefined,
        children: (
          <>
            <ListFilter size={18} aria-hidden="true" />
            {count > 0 && <span className="jump-count">{count}</span>}
          </>
        ),
      }}
    >
      <Jump />
      <Breakpoints />
    </PopMenu>
  )
}
