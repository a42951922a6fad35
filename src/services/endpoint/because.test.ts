/** What a failed delivery is explained with (FACTS 4.2). */
import { expect, test } from 'vitest'
import { logPage } from '../../engine/views.ts'
import { whyOf } from '../../engine/trace.ts'
import { design, simulate } from '../lab.ts'

test.each([
  ['500', 'phase by phase'],
  ['404', 'does not try again'],
])('FACTS 4.2: a web server that answers %s is explained', (failureStatus, words) => {
  const sim = simulate(
    design({
      nodes: {
        p: ['producer', { ratePerSecond: 1, stopAfterCount: 1 }],
        t: ['sns'],
        e: ['endpoint', { protocol: 'https', failureChance: 1, failureStatus }],
      },
      wires: [
        ['p', 't'],
        ['t', 'e'],
      ],
    }),
  )
  sim.intervene({ type: 'action', atUs: 0, node: 'e', action: 'confirm', args: {} })
  sim.advance(5_000_000)
  const { rows } = logPage(sim, 0, 100, { failedOnly: true })
  expect(rows.length).toBeGreaterThan(0)
  expect(whyOf(sim, { row: rows[0].row })?.because).toContain(words)
})
