import type { ReactNode } from 'react'
import { ScenarioCanvas } from '../../canvas/ScenarioCanvas.tsx'
import { stillThere } from '../../canvas/selection.ts'
import { documentAt } from '../run.ts'
import type { Variant } from '../store/compareSlice.ts'
import { Stage } from '../Stage.tsx'
import { useApp, useScenario } from '../useApp.ts'
import { useIsPhone } from '../../canvas/useIsPhone.ts'
import { useTheme } from '../useTheme.ts'
import type { Reference } from './reference.ts'
import './compare.css'

/** Two variants side by side, at the same moment; on a small screen one of them. */
export default function CompareStage() {
  const reference = useApp((state) => state.reference)
  const shown = useApp((state) => state.variant)
  const scenario = useScenario()
  const phone = useIsPhone()
  if (!reference) return <Stage />
  return (
    <div className="compare">
      {phone && <Switch shown={shown} />}
      {(!phone || shown === 'a') && (
        <Side variant="a" title={reference.recording.scenario.title} note="stays as it is">
          <ReferenceCanvas reference={reference} />
        </Side>
      )}
      {(!phone || shown === 'b') && (
        <Side variant="b" title={scenario.title} note="is edited">
          <Stage />
        </Side>
      )}
    </div>
  )
}

interface SideProps {
  readonly variant: Variant
  readonly title: string
  readonly note: string
  readonly children: ReactNode
}

function Side({ variant, title, note, children }: SideProps) {
  const keep = useApp((state) => state.keepVariant)
  const letter = variant.toUpperCase()
  return (
    <section className="compare-side" aria-label={`Variant ${letter}`}>
      <header className="compare-head">
        <b className="compare-letter">{letter}</b>
        <span className="compare-title">{title}</span>
        <span className="compare-note">{note}</span>
        <button type="button" className="button" onClick={() => keep(variant)}>
          Keep {letter}
        </button>
      </header>
      <div className="compare-canvas">{children}</div>
    </section>
  )
}

function Switch({ shown }: { readonly shown: Variant }) {
  const show = useApp((state) => state.showVariant)
  return (
    <div className="segments compare-switch" role="group" aria-label="Which variant">
      {(['a', 'b'] as const).map((variant) => (
        <button
          key={variant}
          type="button"
          aria-pressed={variant === shown}
          onClick={() => show(variant)}
        >
          Variant {variant.toUpperCase()}
        </button>
      ))}
    </div>
  )
}

/** What is selected in one is selected in the other. */
function ReferenceCanvas({ reference }: { readonly reference: Reference }) {
  const theme = useTheme()
  const wireIds = useApp((state) => state.referenceWires)
  const selection = useApp((state) => state.selection)
  const select = useApp((state) => state.select)
  const message = useApp((state) => state.message)
  const openMessage = useApp((state) => state.openMessage)
  const edited = useScenario()
  const scenario = documentAt(reference.recording, Infinity)
  return (
    <ScenarioCanvas
      scenario={scenario}
      digests={reference.digests}
      frames={reference.frames}
      wireIds={wireIds}
      selection={stillThere(selection, scenario)}
      onSelect={(chosen) => select(stillThere(chosen, edited))}
      onCommand={() => undefined}
      openMessage={message?.variant === 'a' ? message.message : null}
      onOpenMessage={(serial, at) => openMessage({ message: serial, variant: 'a', ...at })}
      readOnly
      theme={theme}
    />
  )
}
