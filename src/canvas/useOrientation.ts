import { useCallback, useState } from 'react'
import type { Scenario } from '../scenario/scenario.ts'
import { RIGHT, bestOrientation, downwards, type Orientation } from './orientation.ts'
import { useIsPhone } from './useIsPhone.ts'

/** What of a phone's screen the canvas has. */
const CANVAS_SHARE = 0.6

const chosen = (scenario: Scenario, isPhone: boolean): Orientation =>
  isPhone
    ? bestOrientation(scenario, {
        width: window.innerWidth,
        height: window.innerHeight * CANVAS_SHARE,
      })
    : RIGHT

/**
 * How the design is turned: chosen when it is opened and when the window becomes a phone's, so that nothing
 * jumps while it is edited. The second value has the distances chosen anew, when all parts have moved.
 */
export function useOrientation(scenario: Scenario): readonly [Orientation, () => void] {
  const isPhone = useIsPhone()
  const [choice, setChoice] = useState(() => ({ isPhone, orientation: chosen(scenario, isPhone) }))
  if (choice.isPhone !== isPhone) setChoice({ isPhone, orientation: chosen(scenario, isPhone) })
  const renew = useCallback(
    () =>
      setChoice((before) =>
        before.orientation.isDown ? { ...before, orientation: downwards(scenario) } : before,
      ),
    [scenario],
  )
  return [choice.orientation, renew]
}
