import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Intervention, Scenario } from '../scenario/scenario.ts'
import { emptyScenario } from '../scenario/scenario.ts'
import type { Saved } from '../worker/protocol.ts'
import { createFakeEngine } from '../worker/engine.fake.ts'
import { createRun, documentAt, EDIT_DELAY_MS } from './run.ts'

function setUp() {
  const engine = createFakeEngine()
  const news: string[] = []
  const run = createRun(engine.startWorker, {
    onPlay: () => undefined,
    onMoment: () => undefined,
    onRestarted: () => void news.push('restarted'),
    onFailed: (message) => void news.push(`failed: ${message}`),
    onRefused: (message) => void news.push(`refused: ${message}`),
    onDocument: () => void news.push('document'),
  })
  return { ...engine, run, news }
}

const queue = (config: Record<string, unknown> = {}, x = 0): Scenario => ({
  ...emptyScenario(),
  nodes: [{ id: 'n1', kind: 'sqs', name: 'orders', x, y: 0, config }],
})

const settle = () => vi.advanceTimersByTimeAsync(EDIT_DELAY_MS + 1)

describe('a run', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('before it has begun, an edit begins it anew with the new document', async () => {
    const { run, of } = setUp()
    await run.begin(emptyScenario())
    run.edited(queue())
    await settle()
    expect(of('intervene')).toHaveLength(0)
    expect(of('load').at(-1)?.scenario.nodes).toHaveLength(1)
  })

  it('once time has run, a whole gesture becomes one edit', async () => {
    const { run, of } = setUp()
    await run.begin(queue())
    await run.step()
    for (let s = 1; s <= 30; s++) run.edited(queue({ VisibilityTimeout: s }))
    await settle()
    expect(of('load')).toHaveLength(1)
    expect(of('intervene')).toHaveLength(1)
    const { interventions, scenario, momentUs } = await run.recording()
    expect(interventions).toHaveLength(1)
    expect(interventions[0].atUs).toBe(10)
    expect(momentUs).toBe(10)
    expect(scenario.nodes[0].config).toEqual({})
    expect(documentAt({ scenario, interventions }, Infinity).nodes[0].config).toEqual({
      VisibilityTimeout: 30,
    })
  })

  it('moving a card or changing the title is nothing to the engine, but is in the link', async () => {
    const { run, of } = setUp()
    await run.begin(queue())
    await run.step()
    run.edited({ ...queue({}, 400), title: 'Moved' })
    await settle()
    expect(of('intervene')).toHaveLength(0)
    const { scenario } = await run.recording()
    expect(scenario.nodes[0].x).toBe(400)
    expect(scenario.title).toBe('Moved')
  })

  it('undoing an edit is an edit of its own', async () => {
    const { run, of } = setUp()
    const before = queue()
    await run.begin(before)
    await run.step()
    run.edited(queue({ DelaySeconds: 5 }))
    await settle()
    run.edited(before)
    await settle()
    const diffs = of('intervene').map(({ intervention }) => intervention)
    expect(diffs).toHaveLength(2)
    const { scenario, interventions } = await run.recording()
    expect(documentAt({ scenario, interventions }, Infinity).nodes).toEqual(before.nodes)
  })

  it('sends a waiting edit before an action, a step and a recording', async () => {
    const { run, of } = setUp()
    await run.begin(queue())
    await run.step()
    run.edited(queue({ DelaySeconds: 5 }))
    await run.act('n1', 'purge', {})
    expect(of('intervene').map(({ intervention }) => intervention.type)).toEqual(['edit', 'action'])
    run.edited(queue({ DelaySeconds: 6 }))
    expect((await run.recording()).interventions).toHaveLength(3)
  })

  it('another seed is another run', async () => {
    const { run, of } = setUp()
    await run.begin(queue())
    await run.step()
    run.edited({ ...queue(), seed: 7 })
    await settle()
    expect(of('load').at(-1)?.scenario.seed).toBe(7)
    expect((await run.recording()).momentUs).toBe(0)
  })

  it('after a crash it starts a new worker and replays everything up to where it was', async () => {
    const { run, of, workers, news } = setUp()
    await run.begin(queue())
    await run.step()
    await run.act('n1', 'purge', {})
    await run.step()
    workers[0].crash('out of memory')
    await settle()
    expect(workers).toHaveLength(2)
    expect(news).toEqual(['restarted'])
    expect(run.player.shownUs()).toBe(20)
    const replayed: readonly Intervention[] | undefined = of('load').at(-1)?.interventions
    expect(replayed?.map(({ atUs }) => atUs)).toEqual([10])
  })

  it('after a crash it goes on from the snapshot it was given last, if that is of this future', async () => {
    const { run, of, workers } = setUp()
    await run.begin(queue())
    await run.step()
    const saved = { world: { nowUs: 8 } } as Saved
    workers[0].say({ type: 'kept', run: 1, saved })
    workers[0].crash('out of memory')
    await settle()
    expect(of('load').at(-1)?.kept).toBe(saved)
    expect(of('seek').map(({ toUs }) => toUs)).toEqual([10])
    expect(run.player.shownUs()).toBe(10)

    const later = { world: { nowUs: 12 } } as Saved
    workers[1].say({ type: 'kept', run: 2, saved: later })
    await run.act('n1', 'purge', {})
    workers[1].crash('out of memory')
    await settle()
    expect(of('load').at(-1)).not.toHaveProperty('kept')
  })

  it('does not restart for ever', async () => {
    const { run, workers, news } = setUp()
    await run.begin(queue())
    await run.step()
    workers[0].crash('first')
    workers[1].crash('second')
    await settle()
    expect(workers).toHaveLength(2)
    expect(news).toEqual(['failed: second'])
  })

  it('a broken world is reported, not repeated', async () => {
    const { run, workers, news } = setUp()
    await run.begin(queue())
    workers[0].say({ type: 'failed', run: 1, message: 'books', atUs: 4 })
    expect(news).toEqual(['failed: books'])
    expect(workers).toHaveLength(1)
  })
})
