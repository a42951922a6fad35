/** Lines of the console against the real engine. */
import { describe, expect, it } from 'vitest'
import { emptyScenario, type Scenario } from '../../scenario/scenario.ts'
import { startInThread } from '../../worker/inThread.fake.ts'
import { ENTRIES_KEPT } from '../store/consoleSlice.ts'
import { createApp } from '../store/store.ts'
import { runLine } from './runLine.ts'

const orders: Scenario = {
  ...emptyScenario(),
  nodes: [{ id: 'n1', kind: 'sqs', name: 'orders', x: 0, y: 0, config: { servers: 1 } }],
}

async function setUp() {
  const app = createApp(startInThread)
  const now = app.store.getState
  await now().openDocument({ scenario: orders, interventions: [] }, 'd1')
  const last = () => now().entries.at(-1)
  return { ...app, now, last, enter: (line: string) => runLine(app, line) }
}

describe('the console', () => {
  it('prints the answer, and remembers what the next call needs', async () => {
    const { enter, last, now } = await setUp()
    await enter("sqs send-message --queue-url orders --message-body 'hi'")
    expect(last()).toMatchObject({ state: 'done', atUs: 0 })
    expect(JSON.parse(last()!.text)).toMatchObject({
      MD5OfMessageBody: '49f68a5c8493ec2c0bf489821c21fc3b',
    })
    await enter('sqs receive-message --queue-url orders')
    const [handle] = now().seen.ReceiptHandle!
    expect(last()!.text).toContain(handle)
    await enter(`sqs delete-message --queue-url orders --receipt-handle ${handle}`)
    expect(last()).toMatchObject({ state: 'done', text: '', note: 'Done.' })
    await enter('sqs receive-message --queue-url orders')
    expect(last()).toMatchObject({ text: '', note: 'No messages.' })
  })

  it("prints AWS's errors as the CLI does", async () => {
    const { enter, last } = await setUp()
    await enter('sqs purge-queue --queue-url nothing')
    expect(last()).toMatchObject({
      state: 'refused',
      text: 'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the PurgeQueue operation: The specified queue does not exist.',
    })
    await enter('sqs send-message --queue-url orders')
    expect(last()).toMatchObject({ state: 'refused' })
    expect(last()!.text).toContain('the following arguments are required: --message-body')
  })

  it('is in the API log under its name, and in the recording', async () => {
    const { enter, run } = await setUp()
    await enter('sqs list-queues')
    const log = await run.ask({ about: 'log', before: 0, limit: 5, filter: {} })
    expect(log).toMatchObject({ rows: [{ from: 'console', operation: 'ListQueues' }] })
    expect((await run.recording()).interventions).toMatchObject([
      { type: 'call', service: 'sqs', operation: 'ListQueues' },
    ])
  })

  it('waits for a long poll without holding up the next line', async () => {
    const { enter, now } = await setUp()
    const poll = enter('sqs receive-message --queue-url orders --wait-time-seconds 20')
    await enter('sqs send-message --queue-url orders --message-body late')
    await poll
    expect(now().entries[0].text).toContain('"Body": "late"')
  })

  it('has a history, can be cleared, and keeps so many entries', async () => {
    const { enter, last, now } = await setUp()
    await enter('help')
    await enter('  ')
    await enter('history')
    expect(last()!.text).toBe('1  help\n2  history')
    await enter('clear')
    expect(now().entries).toEqual([])
    for (let n = 0; n < ENTRIES_KEPT + 5; n++) await enter(`x${n}`)
    expect(now().entries).toHaveLength(ENTRIES_KEPT)
    expect(now().entries[0].line).toBe('x5')
  })
})
