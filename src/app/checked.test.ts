import { expect, test, vi } from 'vitest'
import { emptyScenario, type ScenarioNode, type SharedDocument } from '../scenario/scenario.ts'
import { checked } from './checked.ts'

const part = (kind: string, config = {}): ScenarioNode => ({
  id: kind,
  kind,
  name: kind,
  x: 0,
  y: 0,
  config,
})

const designOf = (node: ScenarioNode) => ({ ...emptyScenario('Read'), nodes: [node] })

/** As it is read: a topic, beside which another part is drawn after a second, compared with a stream. */
const read = (later: ScenarioNode, stream = part('kinesis')): SharedDocument => ({
  scenario: designOf(part('sns')),
  interventions: [
    { atUs: 1_000_000, type: 'edit', diff: { nodes: { [later.id]: later }, wires: {} } },
  ],
  reference: { scenario: designOf(stream), interventions: [] },
})

test('brings the kinds of all its parts, and no others', async () => {
  vi.resetModules()
  const { checked } = await import('./checked.ts')
  const { views } = await import('../services/views.ts')
  const document = read(part('sqs'))
  expect(await checked({ ok: true, document })).toEqual({ ok: true, document })
  expect([...views.keys()].sort()).toEqual(['kinesis', 'sns', 'sqs'])
})

test('is refused for settings that its kinds refuse, wherever they are', async () => {
  for (const document of [
    read(part('msk', { partitions: -1 })),
    read(part('sqs'), part('kinesis', { ShardCount: -1 })),
  ]) {
    const opened = await checked({ ok: true, document })
    expect(opened).toMatchObject({ ok: false, problem: { title: 'The document is damaged' } })
  }
})

test('stays refused when it could not be read', async () => {
  const problem = { title: 'The link is incomplete', detail: 'Copy it again.' }
  expect(await checked({ ok: false, problem })).toEqual({ ok: false, problem })
})
