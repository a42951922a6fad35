import { Popover } from 'radix-ui'
import { lazy, Suspense } from 'react'
import { speedText } from '../clock.ts'
import { useApp } from '../useApp.ts'

const SpeedChoice = lazy(() => import('./SpeedChoice.tsx'))

/** How fast simulated time runs; opens the choice of it. */
export function SpeedMenu() {
  const speed = useApp((state) => state.play.speed)
  return (
    <Popover.Root>
      <Popover.Trigger
        className="speed mono"
        aria-label={`Speed, ${speedText(speed)}`}
        title="Speed"
      >
        {speedText(speed)}
      </Popover.Trigger>
      {/* Nothing rather than an empty box until it is loaded. */}
      <Suspense fallback={null}>
        <Popover.Portal>
          <Popover.Content
            className="menu speed-menu"
            side="top"
            sideOffset={8}
            collisionPadding={8}
          >
            <SpeedChoice />
          </Popover.Content>
        </Popover.Portal>
      </Suspense>
    </Popover.Root>
  )
}
