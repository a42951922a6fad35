import { X } from 'lucide-react'
import { useState } from 'react'
import { CatchingUp } from './CatchingUp.tsx'
import { useApp, useScenario } from './useApp.ts'
import { welcome } from './welcome.ts'

/** What the reader should know before they go on, above the canvas. */
export function Banners() {
  const catchingUp = useApp((state) => state.play.status === 'catchingUp')
  const storageProblem = useApp((state) => state.storageProblem)
  const lost = useApp((state) => state.live?.open && state.live.link === 'lost' && state.live.host)
  const [dismissed, setDismissed] = useState<string | null>(null)
  if (lost) {
    return (
      <div className="banner" data-tone="warn" role="status">
        <p>No connection to {lost}. Trying again; what is changed meanwhile is not kept.</p>
      </div>
    )
  }
  if (catchingUp) return <CatchingUp />
  if (storageProblem && storageProblem !== dismissed) {
    return (
      <div className="banner" data-tone="warn" role="status">
        <p>{storageProblem}</p>
        <button
          type="button"
          className="icon-button"
          aria-label="Dismiss"
          onClick={() => setDismissed(storageProblem)}
        >
          <X size={16} aria-hidden="true" />
        </button>
      </div>
    )
  }
  return <Hint />
}

/** For the first visit: gone with the first play. */
function Hint() {
  const untouched = useApp((state) => state.play.status === 'idle')
  const scenario = useScenario()
  const outline = useApp((state) => state.outline)
  if (!untouched || outline || scenario !== welcome) return null
  return (
    <div className="banner" role="note">
      <p>
        Press play
        <span className="not-phone">
          {' '}
          (<kbd>Space</kbd>)
        </span>{' '}
        and follow a message. <span className="not-phone">Click</span>
        <span className="only-phone">Tap</span> any of them to see what it carries.
      </p>
    </div>
  )
}
