import type { ComponentType } from 'react'
import type { WireToolsProps } from '../../canvas/view.ts'
import type { WireId } from '../../scenario/scenario.ts'
import { useAnswer } from '../useAnswer.ts'
import { useApp } from '../useApp.ts'

/** Wall time between two looks while the run plays. */
const EVERY_MS = 150

interface Props extends Omit<WireToolsProps, 'verdict'> {
  readonly wire: WireId
  readonly Tools: ComponentType<WireToolsProps>
}

/** A kind's own tools for a wire, with what its gate made of the last message. */
export default function WireTools({ wire, Tools, ...rest }: Props) {
  const verdict = useAnswer({ about: 'gate', wire }, EVERY_MS)?.verdict ?? null
  const isRefused = useApp(({ drafts }) =>
    Object.entries(drafts).some(([field, draft]) => draft && field.startsWith(`${wire}.`)),
  )
  return (
    <>
      {isRefused && (
        <p className="field-help">
          What is refused above is not in force. Below is about what was set before.
        </p>
      )}
      <Tools {...rest} verdict={verdict} />
    </>
  )
}
