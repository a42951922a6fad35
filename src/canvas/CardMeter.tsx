interface CardMeterProps {
  /** 0 to 1. */
  readonly share: number
  /** There is something, however little: a trace of it shows. */
  readonly some?: boolean
}

/** How full something is, as a bar across the card. The card says it in words, too. */
export const CardMeter = ({ share, some = false }: CardMeterProps) => (
  <div className="card-meter" aria-hidden="true">
    <div style={{ width: `${Math.min(100, Math.max(some ? 2 : 0, share * 100)).toFixed(1)}%` }} />
  </div>
)
