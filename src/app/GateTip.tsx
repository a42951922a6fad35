import { CircleCheck, CircleX } from 'lucide-react'
import { useState } from 'react'
import type { WireTipProps } from '../canvas/PointedWire.tsx'
import type { GateVerdict } from '../worker/protocol.ts'
import { useAnswer } from './useAnswer.ts'
import './gateTip.css'

/** Wall time between two looks while the run plays. */
const EVERY_MS = 125

/** At a wire with a gate: what became of the last message that came by, and why. */
export default function GateTip({ wire, isFocused }: WireTipProps) {
  const verdict = useAnswer({ about: 'gate', wire }, EVERY_MS)?.verdict
  if (!verdict) return null
  const { message, passed, because } = verdict
  const Icon = passed ? CircleCheck : CircleX
  return (
    <div className="gate-tip" role="tooltip" data-passed={passed}>
      <p className="gate-tip-what">
        <Icon size={14} aria-hidden="true" />
        m-{message} {passed ? 'passed' : 'was stopped'}
      </p>
      <p>{because}</p>
      {isFocused && <Spoken first={verdict} />}
    </div>
  )
}

/** Said once: what comes by later would never let anybody finish a sentence. */
function Spoken({ first }: { readonly first: GateVerdict }) {
  const [{ message, passed, because }] = useState(first)
  return (
    <p className="visually-hidden" role="status">
      Message {message} {passed ? 'passed' : 'was stopped'}. {because}
    </p>
  )
}
