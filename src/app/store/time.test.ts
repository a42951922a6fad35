/** Going through time with the real engine: the document follows, futures are replaced and come back. */
import { describe, expect, it } from 'vitest'
import { fromSeconds, US_PER_S } from '../../base/units.ts'
import { gallery } from '../../lessons/gallery.ts'
import { startInThread } from '../../worker/inThread.fake.ts'
import type { Why } from '../../worker/protocol.ts'
import { decodeLink, encodeLink } from '../../scenario/share.ts'
import { scenarioOf } from './documentSlice.ts'
import { createApp } from './store.ts'

const poison = gallery.find(({ title }) => title === 'Poison message and dead-letter queue')!

async function open() {
  const app = createApp(startInThread)
  const now = app.store.getState
  await now().openDocument({ scenario: poison.scenario, interventions: [] }, null)
  const totals = async () => {
    const answer = await app.run.ask({ about: 'totals' })
    if (answer.about !== 'totals') throw new Error('no totals')
    return answer.totals
  }
  const queue = scenarioOf(now()).nodes.find(({ name }) => name === 'orders')!.id
  const visibility = () =>
    scenarioOf(now()).nodes.find(({ id }) => id === queue)!.config.VisibilityTimeout
  /** As the inspector does, and the engine has it. */
  const setVisibility = async (seconds: number) => {
    const config = { ...scenarioOf(now()).nodes.find(({ id }) => id === queue)!.config }
    now().dispatch({
      type: 'configureNode',
      node: queue,
      config: { ...config, VisibilityTimeout: seconds },
    })
    // Asked for at once, the edit is sent at once.
    await app.run.recording()
  }
  return { ...app, now, totals, visibility, setVisibility, at: () => app.run.player.shownUs() }
}

describe('going through time', () => {
  it('shows the same moment again, and the document as it was then', async () => {
    const app = await open()
    const atFirst = app.visibility()
    await app.now().seek(fromSeconds(30))
    await app.setVisibility(17)
    await app.now().seek(fromSeconds(60))
    const later = await app.totals()
    await app.now().seek(fromSeconds(20))
    expect(app.visibility()).toBe(atFirst)
    expect(app.now().history.past).toHaveLength(1)
    await app.now().seek(fromSeconds(60))
    expect(app.visibility()).toBe(17)
    expect(await app.totals()).toEqual(later)
    expect(app.now().forks).toEqual([])
  })

  it('an edit in the past replaces the future, and undo brings it back', async () => {
    const app = await open()
    await app.now().seek(fromSeconds(40))
    await app.setVisibility(17)
    await app.now().seek(fromSeconds(60))
    const first = await app.totals()
    await app.now().seek(fromSeconds(20))
    const before = app.visibility()
    await app.setVisibility(50)
    expect(app.now().forks).toHaveLength(1)
    expect(app.run.player.frontierUs()).toBe(fromSeconds(20))
    expect((await app.run.recording()).interventions.map(({ atUs }) => atUs)).toEqual([
      fromSeconds(20),
    ])
    await app.now().seek(fromSeconds(60))
    expect((await app.totals()).logHash).not.toBe(first.logHash)
    app.now().undo()
    await expect.poll(() => app.now().play.status).toBe('paused')
    await expect.poll(() => app.run.player.frontierUs()).toBe(fromSeconds(60))
    expect(app.visibility()).toBe(before)
    expect(app.at()).toBe(fromSeconds(20))
    await app.now().seek(fromSeconds(60))
    expect(await app.totals()).toEqual(first)
  })

  it('an action in the past replaces the future too', async () => {
    const app = await open()
    await app.now().seek(fromSeconds(40))
    const first = await app.totals()
    await app.now().seek(fromSeconds(10))
    const producer = scenarioOf(app.now()).nodes.find(({ kind }) => kind === 'producer')!
    await app.now().act(producer.id, 'sendBurst', { count: 20 })
    await app.now().seek(fromSeconds(40))
    expect((await app.totals()).events).toBeGreaterThan(first.events)
    await app.now().unfork()
    await app.now().seek(fromSeconds(40))
    expect(await app.totals()).toEqual(first)
  })

  it('steps back, and jumps from one notable thing to the next', async () => {
    const app = await open()
    await app.now().seek(fromSeconds(90))
    await app.now().jump('previous', 'deadLettered')
    const last = app.at()
    await app.now().jump('previous', 'deadLettered')
    const oneBefore = app.at()
    expect(oneBefore).toBeLessThan(last)
    await app.now().jump('next', 'deadLettered')
    expect(app.at()).toBe(last)
    await app.now().stepBack()
    expect(app.at()).toBeLessThanOrEqual(last)
    await app.now().step()
    expect(app.at()).toBe(last)
  })

  it('pauses at the exact moment a breakpoint holds', async () => {
    const app = await open()
    await app.now().seek(fromSeconds(90))
    await app.now().seek(0)
    await app.now().jump('next', 'deadLettered')
    const firstUs = app.at()
    const again = await open()
    again.now().setBreakpoints([{ on: 'notable', type: 'deadLettered', node: null }])
    again.now().setSpeed(100)
    again.now().togglePlay()
    for (let ms = 0; ms < 5_000 && again.now().play.status === 'playing'; ms += 16) {
      again.run.player.tick(ms)
      await Promise.resolve()
      await new Promise((settle) => setTimeout(settle))
    }
    expect(again.now().play.status).toBe('paused')
    expect(again.at()).toBe(firstUs)
    expect(again.now().note?.text).toContain('moved to a dead-letter queue')
    const of = again.now().note!.of!
    const { why } = (await again.run.ask({ about: 'why', of })) as { why: Why | null }
    expect(why?.because).toContain('maxReceiveCount')
  })

  it('a link to a moment in the past opens at it, with the future still to come', async () => {
    const app = await open()
    await app.now().seek(fromSeconds(30))
    await app.setVisibility(17)
    await app.now().seek(fromSeconds(60))
    const later = await app.totals()
    await app.now().seek(fromSeconds(12))
    const then = await app.totals()
    const opened = decodeLink(encodeLink(await app.run.recording()))
    if (!opened.ok) throw new Error(opened.problem.title)
    const other = await open()
    await other.now().openDocument(opened.document, null)
    expect(other.at()).toBe(12 * US_PER_S)
    expect(await other.totals()).toEqual(then)
    expect(other.visibility()).toBe(app.visibility())
    await other.now().seek(fromSeconds(60))
    expect(other.visibility()).toBe(17)
    expect(await other.totals()).toEqual(later)
  })
})
