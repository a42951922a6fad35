import { Check, Copy, Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toCloudFormation, type TakenAway } from '../../infrastructure/cloudFormation.ts'
import { download } from '../download.ts'
import { copyText } from '../share/copyText.ts'
import { fileNameOf } from '../storage/files.ts'
import { Modal } from '../ui/Modal.tsx'
import { useApp, useScenario } from '../useApp.ts'
import { Template } from './Template.tsx'
import './cloudFormation.css'

/** The present design as a CloudFormation template, and what of the design is not in it. */
export default function CloudFormationDialog() {
  const scenario = useScenario()
  const openDialog = useApp((state) => state.openDialog)
  const [taken, setTaken] = useState<TakenAway | 'failed' | null>(null)
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    let wanted = true
    toCloudFormation(scenario).then(
      (made) => {
        if (!wanted) return
        setTaken(made)
        setCopied(false)
      },
      () => wanted && setTaken('failed'),
    )
    return () => {
      wanted = false
    }
  }, [scenario])

  const yaml = taken !== null && taken !== 'failed' ? taken.yaml : null
  const save = (text: string) =>
    download(fileNameOf(scenario.title, '.yaml'), new Blob([text], { type: 'application/yaml' }))
  return (
    <Modal
      title="CloudFormation template"
      description="What AWS would make of this design. It is written here; nothing is uploaded."
      wide
      onClose={() => openDialog(null)}
    >
      <div aria-busy={taken === null}>
        {taken === 'failed' && (
          <p role="alert">It could not be loaded. Check the connection, and open this again.</p>
        )}
        {taken !== null && taken !== 'failed' && <Template {...taken} />}
      </div>
      {yaml !== null && (
        <footer className="modal-foot">
          <button
            type="button"
            className="button"
            onClick={() => void copyText(yaml).then(setCopied)}
          >
            {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
            {copied ? 'Copied' : 'Copy'}
          </button>
          <button type="button" className="button" data-primary onClick={() => save(yaml)}>
            <Download size={15} aria-hidden />
            Download
          </button>
        </footer>
      )}
    </Modal>
  )
}
