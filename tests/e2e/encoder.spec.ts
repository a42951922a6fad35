import { execFileSync } from 'node:child_process'
import { card, clock, figuresOf, openScenario, pause, play, setSpeed } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const ENCODER = 'Video encoder: called directly, or with a queue in front'
const NO_BREAK = '\u00a0'

/** What the command line counts for the same scenario, once everything is processed. */
function fromCommandLine(): Record<string, Record<string, number>> {
  const args = ['bin/switchyard.mjs', 'simulate', 'encoder', '--until', '2h', '--json']
  const output = execFileSync('node', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const report = JSON.parse(output) as {
    nodes: Record<string, { totals: Record<string, number> }>
    invariants: { ok: boolean }
  }
  expect(report.invariants.ok).toBe(true)
  return Object.fromEntries(Object.entries(report.nodes).map(([id, node]) => [id, node.totals]))
}

test('the encoder: 990 refused when called, 1 000 processed with a queue, as on the command line', async ({
  page,
}) => {
  await openScenario(page, ENCODER)
  await setSpeed(page, `1${NO_BREAK}000 ×`)
  await play(page)
  await expect(card(page, 'encoder-direct')).toContainText('10 processed · 990 refused')
  await expect(card(page, 'encoder-queued')).toContainText(`1${NO_BREAK}000 processed`, {
    timeout: 40_000,
  })
  await pause(page)
  // 1 000 videos at 10 a minute; a busy machine looks later than the moment it was done.
  await expect(clock(page)).not.toHaveText(/^00:|^01:[0-3]/)

  const counted = fromCommandLine()
  for (const [part, totals] of [
    ['uploads-direct', { failed: 'failed' }],
    ['uploads-queued', { sent: 'sent' }],
    ['encoder-direct', { processed: 'processed', refused: 'refused' }],
    ['encoder-queued', { processed: 'processed', refused: 'refused' }],
    [
      'videos',
      {
        NumberOfMessagesSent: 'sent',
        NumberOfMessagesReceived: 'received',
        NumberOfMessagesDeleted: 'deleted',
      },
    ],
  ] as const) {
    const shown = await figuresOf(page, part)
    for (const [name, total] of Object.entries(totals)) {
      const value = Number(shown[name].replaceAll(NO_BREAK, ''))
      expect(value, `${name} of ${part}`).toBe(counted[part][total])
    }
  }
})
