/** An embedded design with the real engine; and nothing hostile gets through. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gallery } from '../../lessons/gallery.ts'
import { encodeLink } from '../../scenario/share.ts'
import { startInThread } from '../../worker/inThread.fake.ts'
import { scenarioOf } from '../store/documentSlice.ts'
import { createApp } from '../store/store.ts'
import { createController } from './controller.ts'
import { embedOptions } from './options.ts'
import { hear, type FromEmbed, type Request } from './protocol.ts'

const poison = gallery.find(({ id }) => id === 'poison-message-and-dlq')!

async function open() {
  const app = createApp(startInThread)
  const heard: FromEmbed[] = []
  const controller = createController(app, (message) => void heard.push(message))
  await controller.begin({ example: poison.id }, () => undefined)
  let id = 0
  const ask = async (request: Request) => {
    await controller.receive({ ...request, switchyard: 1, id: ++id })
    return heard.findLast((message) => 'id' in message && message.id === id)!
  }
  const stateAfter = async (request: Request) => {
    const reply = await ask(request)
    if (reply.type !== 'done') throw new Error(JSON.stringify(reply))
    return reply.state
  }
  return { ...app, controller, heard, ask, stateAfter }
}

describe('an embedded design', () => {
  it('is loaded by example, by document and by link, at the moment of the link', async () => {
    const app = await open()
    expect(await app.stateAfter({ type: 'getState' })).toMatchObject({
      title: poison.title,
      atMs: 0,
      status: 'idle',
    })
    const { scenario } = gallery[1]
    const source = { document: JSON.parse(JSON.stringify({ ...scenario, title: 'Mine' })) }
    expect((await app.stateAfter({ type: 'load', source })).title).toBe('Mine')
    const shared = { scenario: poison.scenario, interventions: [], momentUs: 30_000_000 }
    const link = `https://example.org/x/${encodeLink(shared)}`
    expect(await app.stateAfter({ type: 'load', source: { link } })).toMatchObject({
      title: poison.title,
      atMs: 30_000,
      status: 'paused',
    })
  })

  it('what is asked before the first design is open is done to it, in order', async () => {
    const app = createApp(startInThread)
    const heard: FromEmbed[] = []
    const controller = createController(app, (message) => void heard.push(message))
    const requests: Request[] = [
      { type: 'setSpeed', speed: 5 },
      { type: 'seek', atMs: 20_000 },
      { type: 'getState' },
    ]
    void controller.begin({ example: poison.id }, () => app.store.getState().setSpeed(1))
    await Promise.all(
      requests.map((request, id) => controller.receive({ ...request, switchyard: 1, id })),
    )
    const replies = heard.filter((message) => message.type === 'done')
    expect(replies.map(({ id }) => id)).toEqual([0, 1, 2])
    expect(replies[2].state).toMatchObject({ title: poison.title, atMs: 20_000, speed: 5 })
  })

  it('seeks, steps on and back, and selects by name', async () => {
    const app = await open()
    expect((await app.stateAfter({ type: 'seek', atMs: 20_000 })).atMs).toBe(20_000)
    const later = await app.stateAfter({ type: 'step', direction: 'on' })
    expect(later.atMs).toBeGreaterThan(20_000)
    const back = await app.stateAfter({ type: 'step', direction: 'back' })
    expect(back.atMs).toBeLessThan(later.atMs)
    expect(back.untilMs).toBe(later.atMs)
    await app.stateAfter({ type: 'select', part: 'orders' })
    expect(app.store.getState().selection.nodes).toHaveLength(1)
    await app.stateAfter({ type: 'select', part: null })
    expect(app.store.getState().selection.nodes).toEqual([])
  })

  it('plays at a speed, tells states and notable things, and pauses', async () => {
    const app = await open()
    expect((await app.stateAfter({ type: 'setSpeed', speed: 1000 })).speed).toBe(1000)
    expect((await app.stateAfter({ type: 'play' })).status).toBe('playing')
    const isDeadLetter = (message: FromEmbed) =>
      message.type === 'notable' && message.notable.what === 'deadLettered'
    for (let n = 1; n < 500 && !app.heard.some(isDeadLetter); n++) {
      app.run.player.tick(n * 16)
      await new Promise((done) => setImmediate(done))
    }
    expect(app.heard.find(isDeadLetter)).toMatchObject({ notable: { part: 'orders', count: 1 } })
    expect((await app.stateAfter({ type: 'pause' })).status).toBe('paused')
    expect(app.heard.filter(({ type }) => type === 'state').length).toBeGreaterThan(1)
    app.controller.close()
  })

  it('says why something cannot be done, and leaves what is shown', async () => {
    const app = await open()
    const problems = []
    for (const request of [
      { type: 'load', source: { example: 'nonsense' } },
      { type: 'load', source: { link: '#s=1.broken' } },
      { type: 'load', source: { document: { switchyard: 1, scenario: { format: 1 } } } },
      { type: 'select', part: 'nobody' },
      { type: 'seek', atMs: -1 },
      { type: 'setSpeed', speed: 1e9 },
      { type: 'explode' },
    ] as unknown as Request[]) {
      const reply = await app.ask(request)
      problems.push(reply.type === 'failed' ? reply.problem : 'done')
    }
    expect(problems).toEqual([
      'There is no built-in scenario “nonsense”.',
      expect.stringContaining('The link is incomplete'),
      expect.stringContaining('The document is damaged'),
      'No part is named “nobody”.',
      expect.stringContaining('atMs'),
      expect.stringContaining('speed'),
      expect.stringContaining('type'),
    ])
    expect(scenarioOf(app.store.getState())).toBe(poison.scenario)
  })

  it('whatever is sent, nothing is thrown and the design stays', async () => {
    const app = await open()
    const types = ['load', 'play', 'pause', 'seek', 'step', 'setSpeed', 'select', 'getState', 'x']
    const message = fc.oneof(
      fc.anything(),
      fc.record(
        {
          switchyard: fc.oneof(fc.constant(1), fc.anything()),
          id: fc.oneof(fc.nat(), fc.anything()),
          type: fc.oneof(fc.constantFrom(...types), fc.anything()),
          source: fc.oneof(
            fc.record({ link: fc.string() }),
            fc.record({ document: fc.anything() }),
            fc.record({ example: fc.string() }),
            fc.anything(),
          ),
          atMs: fc.anything(),
          speed: fc.anything(),
          part: fc.anything(),
          direction: fc.anything(),
        },
        { requiredKeys: [] },
      ),
    )
    await fc.assert(
      fc.asyncProperty(message, async (data) => {
        await app.controller.receive(data)
        expect(scenarioOf(app.store.getState())).toBe(poison.scenario)
      }),
      { numRuns: 2_000 },
    )
    app.controller.close()
  })
})

it('messages of others are not answered', () => {
  expect(hear({ type: 'play' })).toBeNull()
  expect(hear({ switchyard: 2, id: 1, type: 'play' })).toBeNull()
  expect(hear({ switchyard: 1, type: 'play' })).toBeNull()
  expect(hear('play')).toBeNull()
})

it('the address chooses how it looks, and nonsense is left out', () => {
  expect(embedOptions('?x=1')).toBeNull()
  expect(embedOptions('?embed')).toEqual({
    example: '',
    theme: 'system',
    bare: false,
    autoplay: false,
    speed: 1,
  })
  expect(embedOptions('?embed=encoder&theme=dark&controls=none&autoplay&speed=50')).toEqual({
    example: 'encoder',
    theme: 'dark',
    bare: true,
    autoplay: true,
    speed: 50,
  })
  expect(embedOptions('?embed&theme=pink&speed=-3&autoplay=0')).toMatchObject({
    theme: 'system',
    speed: 1,
    autoplay: false,
  })
})
