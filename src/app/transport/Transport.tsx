import { Pause, Play, RotateCcw, StepBack, StepForward } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { formatClock } from '../../base/format.ts'
import { speedText } from '../clock.ts'
import { useAnimationFrame } from '../useAnimationFrame.ts'
import { useApp, useAppRun, useScenario } from '../useApp.ts'
import { IconButton, Tip } from '../ui/IconButton.tsx'
import { JumpMenu } from './JumpMenu.tsx'
import { SpeedMenu } from './SpeedMenu.tsx'
import { Timeline } from './Timeline.tsx'
import './transport.css'

const NETWORK_WORDS = {
  stretched: 'stretched network: 400 ms a hop',
  realistic: 'realistic network: a few ms a hop',
  instant: 'instant network',
} as const

const LiveControls = lazy(() => import('../live/LiveControls.tsx'))
const MomentNote = lazy(() => import('./MomentNote.tsx'))

/** What moves time, the clock and the timeline. */
export function Transport() {
  const live = useApp((state) => state.live?.open ?? false)
  return (
    <section className="transport" aria-label="Run">
      <NoteHere />
      {live ? (
        <Suspense fallback={null}>
          <LiveControls />
        </Suspense>
      ) : (
        <Controls />
      )}
      <Clock />
      <div className="transport-line">
        <Timeline />
        <Legend />
      </div>
    </section>
  )
}

/** Only while the clock stands at its moment. */
function NoteHere() {
  const { player } = useAppRun()
  const note = useApp((state) => state.note)
  const playing = useApp((state) => state.play.status === 'playing')
  useApp((state) => state.moment)
  if (!note || playing || player.shownUs() !== note.atUs) return null
  return (
    <Suspense fallback={null}>
      <MomentNote note={note} />
    </Suspense>
  )
}

const LIVE_WORDS = {
  real: 'time since the server started',
  virtual: 'time stands still until the clock is advanced, here or over HTTP',
} as const

/** Play, step, restart and speed. */
function Controls() {
  const play = useApp((state) => state.play)
  const togglePlay = useApp((state) => state.togglePlay)
  const step = useApp((state) => state.step)
  const stepBack = useApp((state) => state.stepBack)
  const restart = useApp((state) => state.restart)
  const playing = play.status === 'playing'
  const blocked = play.status === 'catchingUp' || play.violation !== null
  return (
    <>
      <Tip label={playing ? 'Pause' : 'Play'} keys="Space">
        <button
          type="button"
          className="play-button"
          aria-label={playing ? 'Pause' : 'Play'}
          data-status={play.status}
          disabled={blocked}
          onClick={togglePlay}
        >
          {playing ? (
            <Pause size={18} fill="currentColor" strokeWidth={1} aria-hidden="true" />
          ) : (
            <Play size={18} fill="currentColor" strokeWidth={1} aria-hidden="true" />
          )}
        </button>
      </Tip>
      <IconButton icon={RotateCcw} label="Start over" keys="Home" onClick={() => void restart()} />
      <IconButton
        icon={StepBack}
        label="One event back"
        keys=","
        disabled={blocked}
        onClick={() => void stepBack()}
      />
      <IconButton
        icon={StepForward}
        label="One event"
        keys="."
        disabled={blocked}
        onClick={() => void step()}
      />
      <JumpMenu />
      <SpeedMenu />
    </>
  )
}

/** Written straight into the page: sixty renders a second would be a waste. */
function Clock() {
  const { player } = useAppRun()
  const ref = useAnimationFrame<HTMLSpanElement>((element) => {
    const text = formatClock(player.shownUs() - player.originUs())
    if (element.textContent !== text) element.textContent = text
  })
  return <span className="clock mono" ref={ref} role="timer" aria-label="Simulated time" />
}

/** What the reader should know about the picture they see. */
function Legend() {
  const { status, speed, reachedSpeed, nothingLeft } = useApp((state) => state.play)
  const { network } = useScenario().settings
  const live = useApp((state) => (state.live?.open ? state.live.clock : null))
  const words = [NETWORK_WORDS[network], ...(live ? [LIVE_WORDS[live]] : [])]
  return (
    <p className="legend" role="status">
      {words.join(' · ')}
      {reachedSpeed !== null && (
        <span className="legend-warn">
          {' '}
          · as fast as it can: about {speedText(reachedSpeed)} of {speedText(speed)}
        </span>
      )}
      {nothingLeft && status !== 'idle' && !live && <span> · nothing left to happen</span>}
    </p>
  )
}
