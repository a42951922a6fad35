import { describe, expect, it } from 'vitest'
import type { Intervention } from '../scenario/scenario.ts'
import { emptyScenario } from '../scenario/scenario.ts'
import type { EngineClient, Shot } from '../worker/client.ts'
import { emptyFrame } from '../worker/frames.fake.ts'
import type { Frame, NodeDigest } from '../worker/protocol.ts'
import { createPlayer } from './player.ts'

const digest = (id: string, sent: number): NodeDigest => ({
  id,
  rows: [],
  figures: { sent },
  spark: [],
  advice: [],
})

/**
 * An engine that simulates at most `sliceUs` a request, and answers when the test says so.
 * Each frame counts one event a millisecond.
 */
function fakeEngine(sliceUs = Infinity) {
  const asks: { toUs: number; wantDigests: boolean }[] = []
  let atUs = 0
  let answer: (() => void) | null = null
  let more: Partial<Frame> = {}
  const shot = (toUs: number, wantDigests: boolean): Shot => {
    const fromUs = atUs
    atUs = Math.min(toUs, atUs + sliceUs)
    const digests = wantDigests ? [digest('q', atUs)] : undefined
    return {
      frame: emptyFrame(fromUs, atUs, { digests, events: atUs / 1000, ...more }),
      wires: [],
    }
  }
  const later = (toUs: number, wantDigests: boolean) =>
    new Promise<Shot>((settle) => {
      answer = () => {
        answer = null
        settle(shot(toUs, wantDigests))
      }
    })
  const client: EngineClient = {
    load: () => {
      atUs = 0
      answer = null
      return Promise.resolve(shot(0, true))
    },
    advance: (toUs, wantDigests) => {
      if (answer) throw new Error('two in the air')
      asks.push({ toUs, wantDigests })
      return later(toUs, wantDigests)
    },
    step: () => {
      if (answer) throw new Error('two in the air')
      return later(atUs + 7, true)
    },
    seek: (toUs) => {
      if (answer) throw new Error('two in the air')
      atUs = Math.min(toUs, atUs + sliceUs)
      return later(atUs, true)
    },
    stepBack: () => {
      atUs -= 7
      return later(atUs, true)
    },
    breakAt: () => undefined,
    intervene: (intervention) => Promise.resolve({ intervention: { ...intervention, atUs } }),
    ask: () => Promise.resolve({ about: 'refused', reason: '' }),
    get busy() {
      return answer !== null
    },
    close: () => undefined,
  }
  /** Answers what is asked until nothing more is. */
  const drain = async () => {
    for (let quiet = 0; quiet < 4; quiet++) {
      if (answer) {
        answer()
        quiet = 0
      }
      await Promise.resolve()
      await Promise.resolve()
    }
  }
  return { client, asks, drain, next: (frame: Partial<Frame>) => (more = frame) }
}

async function ready(sliceUs?: number) {
  const engine = fakeEngine(sliceUs)
  const player = createPlayer(engine.client, () => undefined)
  const load = player.load(emptyScenario(), [])
  await engine.drain()
  await load
  return { ...engine, player }
}

/** Ticks at 60 Hz, the engine answering after each. */
async function run(
  { player, drain }: Awaited<ReturnType<typeof ready>>,
  ms: number,
  startMs = 0,
): Promise<void> {
  for (let t = startMs; t <= startMs + ms; t += 1000 / 60) {
    player.tick(t)
    await drain()
  }
}

describe('the player', () => {
  it('shows the state at time 0 after loading, and stands still', async () => {
    const all = await ready()
    await run(all, 200)
    expect(all.player.state().status).toBe('idle')
    expect(all.player.shownUs()).toBe(0)
    expect(all.player.digests.get('q')?.figures.sent).toBe(0)
  })

  it.each([0.1, 1, 10, 10_000])('runs displayed time at %s times wall time', async (speed) => {
    const all = await ready()
    all.player.setSpeed(speed)
    all.player.play()
    await run(all, 2000)
    const expected = 2_000_000 * speed
    expect(all.player.shownUs()).toBeGreaterThan(expected * 0.93)
    expect(all.player.shownUs()).toBeLessThanOrEqual(expected)
    expect(all.player.state().reachedSpeed).toBeNull()
  })

  it('draws only moments inside the frame it shows, and never goes back', async () => {
    const all = await ready()
    all.player.play()
    let before = -1
    for (let t = 0; t < 1000; t += 13) {
      all.player.tick(t)
      if (t % 3 === 0) await all.drain()
      const now = all.player.frames.current()
      expect(now).not.toBeNull()
      if (!now) return
      expect(now.atUs).toBeGreaterThanOrEqual(now.frame.fromUs)
      expect(now.atUs).toBeLessThanOrEqual(now.frame.atUs)
      expect(now.atUs).toBeGreaterThanOrEqual(before)
      before = now.atUs
    }
  })

  it('says what speed it reaches when the engine cannot keep the asked one', async () => {
    const all = await ready(100_000)
    all.player.setSpeed(1000)
    all.player.play()
    await run(all, 2500)
    const reached = all.player.state().reachedSpeed
    expect(reached).toBeGreaterThan(3)
    expect(reached).toBeLessThan(10)
    all.player.setSpeed(1)
    expect(all.player.state().reachedSpeed).toBeNull()
  })

  it('asks for digests about ten times a second', async () => {
    const all = await ready()
    all.player.play()
    all.asks.length = 0
    await run(all, 2000)
    const wanted = all.asks.filter((ask) => ask.wantDigests).length
    expect(wanted).toBeGreaterThan(12)
    expect(wanted).toBeLessThanOrEqual(21)
  })

  it('does not make up for a hidden tab', async () => {
    const all = await ready()
    all.player.play()
    await run(all, 500)
    const before = all.player.shownUs()
    all.player.tick(3_600_000)
    await all.drain()
    expect(all.player.shownUs() - before).toBeLessThanOrEqual(250_000)
  })

  it('on pause agrees with the engine, and stays', async () => {
    const all = await ready()
    all.player.play()
    await run(all, 500)
    all.player.pause()
    await all.drain()
    const at = all.player.shownUs()
    expect(at).toBe(all.player.engineUs())
    expect(all.player.digests.get('q')?.figures.sent).toBe(at)
    await run(all, 500, 500)
    expect(all.player.shownUs()).toBe(at)
    all.player.play()
    await run(all, 500, 1000)
    expect(all.player.shownUs()).toBeGreaterThan(at + 400_000)
  })

  it('keeps the digests of a frame that was in the air when paused', async () => {
    const all = await ready()
    all.player.play()
    all.next({ digests: [digest('only-once', 1)] })
    all.player.tick(0)
    all.player.pause()
    const settled = all.drain()
    all.next({})
    await settled
    await all.drain()
    expect(all.player.digests.get('only-once')?.figures.sent).toBe(1)
  })

  it('steps one event and pauses, also while playing', async () => {
    const all = await ready()
    all.player.play()
    await run(all, 300)
    const step = all.player.step()
    await all.drain()
    expect(await step).toBe(true)
    expect(all.player.state().status).toBe('paused')
    expect(all.player.shownUs()).toBe(all.player.engineUs())
    expect(all.player.shownUs() % 1000).toBe(7)
  })

  it('an intervention while paused refreshes what is shown without moving time', async () => {
    const all = await ready()
    const intervention: Intervention = {
      atUs: 0,
      type: 'action',
      node: 'q',
      action: 'send',
      args: {},
    }
    all.next({ digests: [digest('q', 41)] })
    const done = all.player.intervene(intervention)
    await all.drain()
    expect((await done)?.intervention.atUs).toBe(0)
    expect(all.player.digests.get('q')?.figures.sent).toBe(41)
    expect(all.player.shownUs()).toBe(0)
  })

  it('catches up to a moment in slices and stops there, paused', async () => {
    const engine = fakeEngine(300_000)
    const seen: number[] = []
    const player = createPlayer(engine.client, (state) => {
      if (state.status === 'catchingUp') seen.push(state.progress)
    })
    const load = player.load(emptyScenario(), [], 1_000_000)
    await engine.drain()
    expect(await load).toBe(true)
    expect(player.shownUs()).toBe(1_000_000)
    expect(player.state().status).toBe('paused')
    expect(seen.some((progress) => progress > 0 && progress < 1)).toBe(true)
  })

  it('catches up bin by bin: the timeline is as if it had been watched', async () => {
    const engine = fakeEngine()
    const player = createPlayer(engine.client, () => undefined)
    const load = player.load(emptyScenario(), [], 1_100_000)
    await engine.drain()
    await load
    expect(engine.asks.slice(0, 5).map(({ toUs }) => toUs)).toEqual([
      250_000, 500_000, 750_000, 1_000_000, 1_100_000,
    ])
    expect(player.timeline().density).toEqual([250, 250, 250, 250, 100])
  })

  it('goes bin by bin to a moment that was not seen before, and at once to one that was', async () => {
    const { player, asks, drain } = await ready()
    asks.length = 0
    const ahead = player.seek(10_000_000)
    await drain()
    expect(await ahead).toBe(true)
    expect(player.shownUs()).toBe(10_000_000)
    expect(asks.map(({ toUs }) => toUs)).toEqual(
      Array.from({ length: 40 }, (_, n) => (n + 1) * 250_000).concat(10_000_000),
    )
    asks.length = 0
    const back = player.seek(5_000_000)
    await drain()
    expect(await back).toBe(true)
    expect(asks).toEqual([])
  })

  it('a second load replaces the first', async () => {
    const engine = fakeEngine()
    const player = createPlayer(engine.client, () => undefined)
    const first = player.load(emptyScenario(), [], 5_000_000)
    const second = player.load(emptyScenario(), [])
    await engine.drain()
    expect(await first).toBe(false)
    expect(await second).toBe(true)
    expect(player.shownUs()).toBe(0)
  })

  it('plays as soon as it is loaded when play was pressed meanwhile', async () => {
    const engine = fakeEngine()
    const player = createPlayer(engine.client, () => undefined)
    const load = player.load(emptyScenario(), [])
    player.play()
    player.tick(0)
    await engine.drain()
    await load
    await run({ ...engine, player }, 1000)
    expect(player.shownUs()).toBeGreaterThan(800_000)
  })

  it('stops at a broken book and will not play on', async () => {
    const all = await ready()
    all.player.play()
    all.next({ violation: 'q: sent 5 = 4' })
    await run(all, 200)
    expect(all.player.state().violation).toBe('q: sent 5 = 4')
    expect(all.player.state().status).toBe('paused')
    all.player.play()
    expect(all.player.state().status).toBe('paused')
  })

  it('tells only the listeners of the node that changed', async () => {
    const all = await ready()
    let q = 0
    let other = 0
    const stop = all.player.digests.subscribe('q', () => (q += 1))
    all.player.digests.subscribe('other', () => (other += 1))
    all.player.play()
    await run(all, 1000)
    expect(q).toBeGreaterThan(3)
    expect(other).toBe(0)
    stop()
    const before = q
    await run(all, 500, 1000)
    expect(q).toBe(before)
  })
})
