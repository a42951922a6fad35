import { Check, Copy } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import { useEffect, useState } from 'react'
import { formatClock, formatCount } from '../../base/format.ts'
import type { SharedDocument } from '../../scenario/scenario.ts'
import { encodeLink } from '../../scenario/share.ts'
import { Modal } from '../ui/Modal.tsx'
import { useCanvasRef } from '../canvasRef.ts'
import { useApp, useAppRun, useScenario } from '../useApp.ts'
import { copyText } from './copyText.ts'
import { EmbedSnippet } from './EmbedSnippet.tsx'
import './share.css'

type What = 'design' | 'run' | 'embed'

/** Longer links are cut off by some chat programs and mail clients. */
const SAFE_CHARS = 2000
/** And these hardly arrive anywhere. */
const LONG_CHARS = 8000

function warningFor(length: number): string {
  if (length > LONG_CHARS) {
    return 'Very long: many programs will cut it off. Save the design as a JSON file instead.'
  }
  return length > SAFE_CHARS ? 'Some chat programs and mail clients cut links this long.' : ''
}

/** A link that holds the design, or the whole run up to now; nothing is uploaded anywhere. */
export default function ShareDialog() {
  const scenario = useScenario()
  const { recording } = useAppRun()
  const openDialog = useApp((state) => state.openDialog)
  const [what, setWhat] = useState<What>('design')
  const [run, setRun] = useState<SharedDocument | null>(null)
  const canvas = useCanvasRef()
  const selection = useApp((state) => state.selection)
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    const area = canvas.current?.area()
    const view = area ? { ...area, ...selection } : undefined
    void recording().then((document) => setRun(view ? { ...document, view } : document))
  }, [recording, canvas, selection])

  const reference = useApp((state) => state.reference)
  const chosen = what !== 'design' && run ? run : { scenario, interventions: [] }
  const shared = reference ? { ...chosen, reference: reference.recording } : chosen
  const link = window.location.href.split('#')[0] + encodeLink(shared)
  const warning = warningFor(link.length)
  const choices = [
    {
      id: 'design' as const,
      label: 'This design',
      help: 'Opens at the start. With the same seed, everyone sees exactly the same run.',
    },
    {
      id: 'run' as const,
      label: 'This moment',
      help: run
        ? `Opens paused at ${formatClock(run.momentUs ?? 0)} with the same picture and selection, and ${interventionWords(run.interventions.length)} on the way.`
        : 'One moment…',
    },
    {
      id: 'embed' as const,
      label: 'Embed',
      help: 'A frame for a page of your own, which shows this moment and plays from here.',
    },
  ]
  return (
    <Modal
      title="Share link"
      description="The link itself holds everything. Nothing is uploaded."
      onClose={() => openDialog(null)}
    >
      <RadioGroup.Root
        className="share-choices"
        value={what}
        aria-label="What to share"
        onValueChange={(value) => {
          setCopied(false)
          setWhat(choices.find(({ id }) => id === value)?.id ?? 'design')
        }}
      >
        {choices.map(({ id, label, help }) => (
          <RadioGroup.Item key={id} value={id} className="share-choice">
            <strong>{label}</strong>
            <span>{help}</span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {what === 'embed' ? (
        <EmbedSnippet document={chosen} />
      ) : (
        <>
          <div className="share-link">
            <input
              className="input mono"
              readOnly
              aria-label="Link"
              value={link}
              onFocus={(event) => event.target.select()}
            />
            <button
              type="button"
              className="button"
              data-primary
              onClick={() => void copyText(link).then(setCopied)}
            >
              {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
              {copied ? 'Copied' : 'Copy'}
            </button>
          </div>
          <p className="share-length" role="status" data-long={warning !== '' || undefined}>
            {formatCount(link.length)} characters. {warning}
          </p>
        </>
      )}
    </Modal>
  )
}

const interventionWords = (count: number): string => {
  if (count === 0) return 'nothing changed'
  return count === 1 ? 'one thing done by hand' : `${formatCount(count)} things done by hand`
}
