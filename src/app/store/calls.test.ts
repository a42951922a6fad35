/** API calls from the page against the real engine: what they do to the document. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyScenario, type Scenario } from '../../scenario/scenario.ts'
import { startInThread } from '../../worker/inThread.fake.ts'
import { EDIT_DELAY_MS } from '../run.ts'
import { scenarioOf } from './documentSlice.ts'
import { createApp } from './store.ts'

const orders: Scenario = {
  ...emptyScenario(),
  nodes: [{ id: 'n1', kind: 'sqs', name: 'orders', x: 0, y: 0, config: {} }],
}

async function setUp() {
  const app = createApp(startInThread)
  const now = app.store.getState
  await now().openDocument({ scenario: orders, interventions: [] }, 'd1')
  const names = () => scenarioOf(now()).nodes.map(({ name }) => name)
  const call = (operation: string, input: Record<string, unknown>) =>
    app.run.call('sqs', operation, input)
  /** The queues that the engine knows. */
  const queues = async (): Promise<string[]> => {
    const answer = await call('ListQueues', {})
    const { QueueUrls = [] } = (answer as { output: { QueueUrls?: string[] } }).output
    return QueueUrls.map((url) => url.slice(url.lastIndexOf('/') + 1))
  }
  return { ...app, now, names, call, queues }
}

const settle = () => vi.advanceTimersByTimeAsync(EDIT_DELAY_MS + 1)

describe('API calls from the page', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('a created queue is in the document: one step of undo, and no edit is sent back', async () => {
    const { now, names, call, queues, run } = await setUp()
    await call('CreateQueue', { QueueName: 'fresh' })
    await settle()
    expect(names()).toEqual(['orders', 'fresh'])
    expect(now().history.past).toHaveLength(1)
    expect((await run.recording()).interventions.map(({ type }) => type)).toEqual(['call', 'edit'])
    now().undo()
    await settle()
    expect(names()).toEqual(['orders'])
    expect(await queues()).toEqual(['orders'])
    now().redo()
    await settle()
    expect(await queues()).toEqual(['fresh', 'orders'])
  })

  it('changed attributes are in the document, where cards were moved and fields are edited', async () => {
    const { now, call } = await setUp()
    // The run is under way, so the engine does not hear where cards go.
    await call('ListQueues', {})
    now().dispatch({ type: 'moveNodes', nodes: ['n1'], dx: 300, dy: 40 })
    now().dispatch({ type: 'setTitle', title: 'Moved' })
    await call('SetQueueAttributes', { QueueUrl: 'orders', Attributes: { DelaySeconds: '9' } })
    expect(scenarioOf(now())).toMatchObject({
      title: 'Moved',
      nodes: [{ x: 300, y: 40, config: { DelaySeconds: 9 } }],
    })
  })

  it('a deleted queue leaves the document and the selection', async () => {
    const { now, names, call } = await setUp()
    now().select({ nodes: ['n1'], wires: [] })
    await call('DeleteQueue', { QueueUrl: 'orders' })
    expect(names()).toEqual([])
    expect(now().selection.nodes).toEqual([])
  })

  it('a shared run opens with the queues that its calls made, where they stand', async () => {
    const first = await setUp()
    await first.call('CreateQueue', { QueueName: 'fresh' })
    const { id } = scenarioOf(first.now()).nodes[1]
    first.now().dispatch({ type: 'moveNodes', nodes: [id], dx: 70, dy: 90 })
    await first.call('SendMessage', { QueueUrl: 'fresh', MessageBody: 'kept' })
    const shared = await first.run.recording()

    const second = await setUp()
    await second.now().openDocument(shared, 'd2')
    expect(scenarioOf(second.now()).nodes).toEqual(scenarioOf(first.now()).nodes)
    expect(second.now().history.past).toEqual([])
    const answer = await second.call('ReceiveMessage', { QueueUrl: 'fresh' })
    expect(answer).toMatchObject({ output: { Messages: [{ Body: 'kept' }] } })
  })

  it('a recording of nothing but calls opens with what they made, and nothing to undo', async () => {
    const { now, names } = await setUp()
    const create = (QueueName: string, atUs: number) => ({
      atUs,
      type: 'call' as const,
      service: 'sqs',
      operation: 'CreateQueue',
      input: { QueueName },
    })
    const interventions = [create('first', 10), create('second', 5_000_000)]
    await now().openDocument({ scenario: orders, interventions, momentUs: 9_000_000 }, 'd2')
    expect(names()).toEqual(['orders', 'first', 'second'])
    expect(now().history.past).toEqual([])
  })

  it('a long poll is answered by a later message; the end of the run ends the wait', async () => {
    const { now, call } = await setUp()
    await call('CreateQueue', { QueueName: 'empty' })
    const poll = call('ReceiveMessage', { QueueUrl: 'orders', WaitTimeSeconds: 20 })
    await call('SendMessage', { QueueUrl: 'orders', MessageBody: 'late' })
    expect(await poll).toMatchObject({ output: { Messages: [{ Body: 'late' }] } })
    const unanswered = call('ReceiveMessage', { QueueUrl: 'empty', WaitTimeSeconds: 20 })
    await settle()
    await now().restart()
    expect(await unanswered).toBeNull()
  })
})
