import { lazy } from 'react'
import { speedText } from '../clock.ts'
import { useApp } from '../useApp.ts'
import { PopMenu } from './PopMenu.tsx'

const SpeedChoice = lazy(() => import('./SpeedChoice.tsx'))

/** How fast simulated time runs; opens the choice of it. */
export function SpeedMenu() {
  const speed = useApp((state) => state.play.speed)
  const text = speedText(speed)
  return (
    <PopMenu
      className="speed-menu"
      trigger={{
        className: 'speed mono',
        'aria-label': `Speed, ${text}`,
        title: 'Speed',
        children: text,
      }}
    >
      <SpeedChoice />
    </PopMenu>
  )
}
