/** For what takes the focus and has no trigger of its own, so that Radix cannot give it back. */
import { useEffect, useState } from 'react'

/**
 * When the component goes, what had the focus before it came has it again, unless something else took
 * it in the meantime.
 */
export function useFocusReturn(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // What goes is out of the page by then, and who follows it has had the first say.
      setTimeout(() => {
        if (document.activeElement !== document.body) return
        if (before instanceof HTMLElement) before.focus({ preventScroll: true })
      })
    },
    [before],
  )
}
