import { useEffect } from 'react'
import { useApp, useAppRun } from './useApp.ts'

/** Drives displayed time while the picture is on the screen; leaving it pauses the run. */
export function usePlayerClock(): void {
  const { player } = useAppRun()
  const reference = useApp((state) => state.reference)
  const { tick } = reference ?? player
  useEffect(() => {
    let handle = requestAnimationFrame(function frame(now) {
      tick(now)
      handle = requestAnimationFrame(frame)
    })
    return () => {
      cancelAnimationFrame(handle)
      player.pause()
    }
  }, [tick, player])
}
