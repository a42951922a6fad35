import { ChevronsLeft, ChevronsRight } from 'lucide-react'
import { useState } from 'react'
import { formatCount } from '../../base/format.ts'
import type { NotableType } from '../../worker/protocol.ts'
import { NOTABLE_WORDS } from '../notableWords.ts'
import { markTotals } from '../timeline.ts'
import { useApp, useAppRun } from '../useApp.ts'

/** From one notable thing to the next. */
export default function Jump() {
  const { player } = useAppRun()
  const jump = useApp((state) => state.jump)
  const blocked = useApp((state) => state.play.status === 'catchingUp')
  useApp((state) => state.moment)
  const [type, setType] = useState<NotableType | null>(null)
  const totals = markTotals(player.timeline())
  return (
    <section aria-labelledby="jump-heading">
      <h3 id="jump-heading">Jump</h3>
      {totals.length === 0 && (
        <p className="empty">Nothing notable has happened in this run yet.</p>
      )}
      {totals.length > 0 && (
        <div className="jump-row">
          <select
            className="input"
            aria-label="To what"
            value={type ?? ''}
            onChange={({ target }) => setType((target.value || null) as NotableType | null)}
          >
            <option value="">anything notable</option>
            {totals.map(([one, times]) => (
              <option key={one} value={one}>
                {NOTABLE_WORDS[one].one} ({formatCount(times)})
              </option>
            ))}
          </select>
          <button
            type="button"
            className="button"
            aria-label="Previous"
            disabled={blocked}
            onClick={() => void jump('previous', type)}
          >
            <ChevronsLeft size={16} aria-hidden="true" />
          </button>
          <button
            type="button"
            className="button"
            aria-label="Next"
            disabled={blocked}
            onClick={() => void jump('next', type)}
          >
            <ChevronsRight size={16} aria-hidden="true" />
          </button>
        </div>
      )}
    </section>
  )
}
