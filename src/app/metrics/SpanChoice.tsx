/** How far back charts look; periods of CloudWatch's minute, or of a second. */
export const SPANS = [
  { label: '5 min', periodS: 1, seconds: 300 },
  { label: '1 h', periodS: 60, seconds: 3600 },
  { label: 'All', periodS: 60, seconds: Infinity },
] as const
export type Span = (typeof SPANS)[number]

interface SpanChoiceProps {
  readonly span: Span
  readonly onChange: (span: Span) => void
}

export function SpanChoice({ span, onChange }: SpanChoiceProps) {
  return (
    <div className="segments" role="group" aria-label="How far back">
      {SPANS.map((choice) => (
        <button
          key={choice.label}
          type="button"
          aria-pressed={choice === span}
          onClick={() => onChange(choice)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}
