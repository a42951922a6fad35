import { useEffect, useState } from 'react'
import Markdown from 'react-markdown'
import { helpOf } from '../../services/help.ts'
import { Modal } from '../ui/Modal.tsx'
import './help.css'

interface HelpDialogProps {
  readonly kind: string
  /** As AWS writes it: "SQS queue". */
  readonly title: string
  readonly onClose: () => void
}

/** What a part is, what it does to a message, and what to try: the kind's `help.md`. */
export default function HelpDialog({ kind, title, onClose }: HelpDialogProps) {
  const [text, setText] = useState<string | null>(null)
  useEffect(() => {
    let wanted = true
    void helpOf(kind).then(
      (loaded) => wanted && setText(loaded ?? 'There is no help for this part yet.'),
    )
    return () => {
      wanted = false
    }
  }, [kind])
  return (
    <Modal title={title} onClose={onClose}>
      <div className="help" tabIndex={0} role="document" aria-busy={text === null}>
        <Markdown disallowedElements={['h1']}>{text}</Markdown>
      </div>
    </Modal>
  )
}
