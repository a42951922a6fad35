import { useState } from 'react'
import { formatClock } from '../base/format.ts'
import { encodeLink } from '../scenario/share.ts'
import { copyText } from './share/copyText.ts'
import type { RunFailure } from './store/runSlice.ts'
import { Modal } from './ui/Modal.tsx'
import { useApp, useAppRun } from './useApp.ts'

/** The engine failed: an honest report with a link that repeats it, instead of a wrong picture. */
export default function FailureDialog({ failure }: { readonly failure: RunFailure }) {
  const restart = useApp((state) => state.restart)
  const { recording } = useAppRun()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    const address = window.location.href.split('#')[0] + encodeLink(await recording())
    setCopied(await copyText(address))
  }
  return (
    <Modal
      title="The simulation has stopped"
      description={`At ${formatClock(failure.atUs)} something went wrong that is a mistake of Switchyard, not of your design. Your design is safe.`}
      onClose={() => void restart()}
    >
      <pre className="message-text">{failure.message}</pre>
      <div className="modal-foot">
        <button type="button" className="button" onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy a link for a bug report'}
        </button>
        <button type="button" className="button" data-primary onClick={() => void restart()}>
          Start over
        </button>
      </div>
    </Modal>
  )
}
