import { useApp } from './useApp.ts'

/** Over the canvas while the run is brought to the moment that a link or a jump asks for. */
export function CatchingUp() {
  const { status, progress } = useApp((state) => state.play)
  if (status !== 'catchingUp') return null
  return (
    <div className="banner" role="status">
      <p>Catching up…</p>
      <progress value={progress} aria-label="Caught up" />
    </div>
  )
}
