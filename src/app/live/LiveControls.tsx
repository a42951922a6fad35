import { StepForward } from 'lucide-react'
import { useEffect } from 'react'
import { US_PER_S } from '../../base/units.ts'
import { useCanvasRef } from '../canvasRef.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useApp, useAppRun } from '../useApp.ts'
import './live.css'

const STEPS = [
  { label: '1 s', spoken: '1 second', us: US_PER_S },
  { label: '10 s', spoken: '10 seconds', us: 10 * US_PER_S },
  { label: '1 min', spoken: '1 minute', us: 60 * US_PER_S },
] as const

/** The server's clock in place of play, speed and restart. */
export default function LiveControls() {
  const clock = useApp((state) => state.live?.clock)
  useArrivals()
  return clock === 'real' ? (
    <span className="live-pace mono" title="The server’s clock runs in real time">
      <span className="live-dot" data-link="open" aria-hidden="true" />
      real time
    </span>
  ) : (
    <VirtualClock />
  )
}

function VirtualClock() {
  const { player } = useAppRun()
  const step = useApp((state) => state.step)
  const away = useApp((state) => state.live?.link !== 'open')
  return (
    <div className="live-steps" role="group" aria-label="Move the server’s clock">
      <IconButton
        icon={StepForward}
        label="One event"
        keys="."
        disabled={away}
        onClick={() => void step()}
      />
      {STEPS.map(({ label, spoken, us }) => (
        <button
          key={label}
          type="button"
          className="button mono"
          data-small
          aria-label={`Advance ${spoken}`}
          disabled={away}
          onClick={() => void player.moveBy(us)}
        >
          +{label}
        </button>
      ))}
    </div>
  )
}

/** Parts that others bring come into view. */
function useArrivals(): void {
  const canvas = useCanvasRef()
  const arrivals = useApp((state) => state.live?.arrivals ?? 0)
  useEffect(() => {
    if (arrivals > 0) canvas.current?.fit()
  }, [arrivals, canvas])
}
