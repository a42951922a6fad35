import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyScenario, type Scenario } from '../../scenario/scenario.ts'
import { createFakeEngine } from '../../worker/engine.fake.ts'
import { EDIT_DELAY_MS } from '../run.ts'
import { scenarioOf } from './documentSlice.ts'
import { createApp } from './store.ts'

const addQueue = { type: 'addNode', kind: 'sqs', name: 'orders', x: 0, y: 0 } as const

async function setUp(scenario: Scenario = emptyScenario()) {
  const engine = createFakeEngine()
  const app = createApp(engine.startWorker)
  await app.store.getState().openDocument({ scenario, interventions: [] }, 'd1')
  return { ...engine, ...app, now: app.store.getState }
}

const settle = () => vi.advanceTimersByTimeAsync(EDIT_DELAY_MS + 1)

describe('the store', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('selects what an edit added, and forgets what it removed', async () => {
    const { now } = await setUp()
    now().dispatch(addQueue)
    const [node] = scenarioOf(now()).nodes
    expect(now().selection.nodes).toEqual([node.id])
    now().dispatch({ type: 'removeParts', nodes: [node.id] })
    expect(now().selection.nodes).toEqual([])
    expect(now().saveState).toBe('unsaved')
  })

  it('counts a gesture as one step of undo', async () => {
    const { now } = await setUp()
    now().dispatch(addQueue)
    const { id } = scenarioOf(now()).nodes[0]
    for (const seconds of [5, 6, 7]) {
      now().dispatch(
        { type: 'configureNode', node: id, config: { DelaySeconds: seconds } },
        `${id}.DelaySeconds`,
      )
    }
    now().endGesture()
    now().undo()
    expect(scenarioOf(now()).nodes[0].config).toEqual({})
    now().redo()
    expect(scenarioOf(now()).nodes[0].config).toEqual({ DelaySeconds: 7 })
  })

  it('sends edits, undo and redo to a run that has begun', async () => {
    const { now, of } = await setUp()
    await now().step()
    now().dispatch(addQueue)
    await settle()
    now().undo()
    await settle()
    now().redo()
    await settle()
    const diffs = of('intervene').map(({ intervention }) =>
      intervention.type === 'edit' ? Object.values(intervention.diff.nodes) : [],
    )
    expect(diffs.map(([node]) => node?.name ?? 'gone')).toEqual(['orders', 'gone', 'orders'])
  })

  it('restarts with the document as it is now', async () => {
    const { now, of, run } = await setUp()
    await now().step()
    now().dispatch(addQueue)
    await now().restart()
    const last = of('load').at(-1)
    expect(last?.scenario.nodes).toHaveLength(1)
    expect(last?.interventions).toEqual([])
    expect(run.player.shownUs()).toBe(0)
  })

  it('opens a recorded run paused at its moment, with the document as it was then', async () => {
    const { now, run, store } = await setUp()
    await now().step()
    now().dispatch(addQueue)
    await settle()
    await now().step()
    const shared = await run.recording()
    await now().openDocument({ scenario: emptyScenario('Other'), interventions: [] }, 'd2')
    await now().openDocument(shared, 'd3')
    expect(run.player.shownUs()).toBe(20)
    expect(now().play.status).toBe('paused')
    expect(scenarioOf(now()).nodes.map(({ name }) => name)).toEqual(['orders'])
    expect(store.getState().history.past).toEqual([])
  })

  it('reports a broken world with its time, until the next start', async () => {
    const { now, workers } = await setUp()
    workers[0].say({ type: 'failed', run: 1, message: 'books', atUs: 7 })
    expect(now().failure).toEqual({ message: 'books', atUs: 7 })
    await now().restart()
    expect(now().failure).toBeNull()
    expect(workers).toHaveLength(2)
  })

  it('says the same words twice', async () => {
    const { now } = await setUp()
    now().announce('Copied')
    const { count } = now().announcement
    now().announce('Copied')
    expect(now().announcement.count).toBe(count + 1)
  })

  it('keeps at most three toasts', async () => {
    const { now } = await setUp()
    for (const text of ['a', 'b', 'c', 'd']) now().toast(text)
    expect(now().toasts.map(({ text }) => text)).toEqual(['b', 'c', 'd'])
  })
})
