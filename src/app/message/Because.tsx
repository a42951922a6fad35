import type { WhyOf } from '../../worker/protocol.ts'
import { shortClock } from '../clock.ts'
import { useAnswer } from '../useAnswer.ts'
import { useApp, useAppRun } from '../useApp.ts'

interface Props {
  readonly of: WhyOf
  readonly className: string
}

/** Why something happened, with the way to what it follows from and to the message's whole life. */
export function Because({ of, className }: Props) {
  const answer = useAnswer({ about: 'why', of }, 5000)
  const seek = useApp((state) => state.seek)
  const openMessage = useApp((state) => state.openMessage)
  const isShared = useApp((state) => state.live?.open ?? false)
  const { player } = useAppRun()
  const { because = '', since = null, message = 0 } = answer?.why ?? {}
  if (because === '' && message === 0) return null
  return (
    <p className={className}>
      {because !== '' && (
        <>
          <b>Why?</b> {because}{' '}
        </>
      )}
      {since !== null && !isShared && (
        <button type="button" className="link-button" onClick={() => void seek(since)}>
          Go to {shortClock(since - player.originUs())}
        </button>
      )}
      {message > 0 && (
        <button
          type="button"
          className="link-button"
          onClick={({ currentTarget }) => {
            const { left, top } = currentTarget.getBoundingClientRect()
            openMessage({ message, x: left, y: top })
          }}
        >
          Open m-{message}
        </button>
      )}
    </p>
  )
}
