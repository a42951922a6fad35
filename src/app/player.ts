/**
 * The clock of the screen. Displayed time runs at speed x wall time, one frame behind the engine:
 * while one frame is shown the next is being simulated, so any moment between can be drawn.
 * Frames never meet React: the canvas and the cards read `frames` and `digests` directly.
 */
import type { SimUs } from '../base/units.ts'
import type { Intervention, Scenario } from '../scenario/scenario.ts'
import type { BreakpointHit, Mark, Saved } from '../worker/protocol.ts'
import type { EngineClient, Intervened, Shot } from '../worker/client.ts'
import type { DigestSource } from '../canvas/digests.ts'
import { createDigests } from './digests.ts'
import { addFrame, cutTimeline, emptyTimeline, nextStopUs, type Timeline } from './timeline.ts'

export const MIN_SPEED = 0.1
export const MAX_SPEED = 10_000

/** `idle`: at time 0. `catchingUp`: simulating to a moment without showing what lies between. */
export type PlayStatus = 'idle' | 'playing' | 'paused' | 'catchingUp'

export interface PlayState {
  readonly status: PlayStatus
  readonly speed: number
  /** The engine cannot keep the asked speed; it reaches about this one. Null: it keeps up. */
  readonly reachedSpeed: number | null
  /** Nothing will ever happen again without an intervention. */
  readonly nothingLeft: boolean
  /** 0 .. 1 while catching up. */
  readonly progress: number
  /** The wires that the shown frame's hops count by. */
  readonly wireIds: readonly string[]
  /** A broken book; the picture is not to be trusted. */
  readonly violation: string | null
}

/** What the hop layer draws: a frame and the moment within [frame.fromUs, frame.atUs]. */
export interface FrameSource {
  current(): (Shot & { readonly atUs: SimUs }) | null
}

export interface Player {
  readonly frames: FrameSource
  readonly digests: DigestSource
  state(): PlayState
  timeline(): Timeline
  /** Displayed time. */
  shownUs(): SimUs
  /** How far the engine is; interventions take effect here. */
  engineUs(): SimUs
  /** When the run began: 0, but for a world that keeps another clock. */
  originUs(): SimUs
  /**
   * Begins a run and simulates to `untilUs` before showing anything. False: replaced or failed.
   * @param kept of the run that is shown, whose engine died: a short way to where it was
   */
  load(
    scenario: Scenario,
    interventions: readonly Intervention[],
    untilUs?: SimUs,
    kept?: Saved,
  ): Promise<boolean>
  play(): void
  /** Also moves the display on to the engine's time (at most two frames), so that both agree. */
  pause(): void
  /** Pauses and simulates one event. False: could not. */
  step(): Promise<boolean>
  /** Pauses and goes back by one event. False: could not. */
  stepBack(): Promise<boolean>
  /**
   * Pauses and shows another moment, back or on; asked again before it is there, it goes to the one
   * asked last. False: replaced, or time is not ours.
   */
  seek(toUs: SimUs): Promise<boolean>
  /** Where `seek` is going, or displayed time. */
  headedUs(): SimUs
  /** How far the run was ever seen; what lies between now and then is known to come. */
  frontierUs(): SimUs
  /** The future that is known is another one; null: none is known from now on. */
  setFuture(timeline: Timeline | null): void
  /**
   * From the next `load` on: time is not ours, the engine says how late it is. Shown time follows it
   * at the pace of the wall clock, at most `lagUs` behind, and cannot be paused. Null: ours again.
   */
  follow(lagUs: SimUs | null): void
  /** While following: asks the engine to move on. */
  moveBy(byUs: SimUs): Promise<void>
  /** Clamped to MIN_SPEED .. MAX_SPEED. */
  setSpeed(speed: number): void
  intervene(intervention: Intervention): Promise<Intervened | null>
  /**
   * To be called once per animation frame. `nowMs` is wall time.
   * @param limitUs displayed time goes no further
   */
  tick(nowMs: number, limitUs?: SimUs): void
  /** While it plays, in place of `tick`: another clock says what to show. Only on. */
  moveTo(dueUs: SimUs, nowMs: number): void
  /** The latest moment that can be shown now. */
  reachUs(): SimUs
}

/** Wall time one frame covers at the asked speed. */
const SPAN_MS = 50
/** Digests at about 10 Hz. */
const DIGEST_EVERY_MS = 100
/** A longer gap between two ticks (hidden tab, debugger) is not made up for. */
const LONGEST_TICK_MS = 250
const SPEED_WINDOW_MS = 1000
/** Below this part of the asked speed the screen says so. */
const KEEPING_UP = 0.9

export const INITIAL_PLAY: PlayState = {
  status: 'idle',
  speed: 1,
  reachedSpeed: null,
  nothingLeft: false,
  progress: 0,
  wireIds: [],
  violation: null,
}

/**
 * @param onMarks hears what was notable in each frame that arrives while the run plays
 * @param onHit the run was paused by a breakpoint
 */
export function createPlayer(
  client: EngineClient,
  onState: (state: PlayState) => void,
  onMarks: (marks: readonly Mark[]) => void = () => undefined,
  onHit: (hit: BreakpointHit) => void = () => undefined,
): Player {
  const digests = createDigests()
  let state = INITIAL_PLAY
  let timeline = emptyTimeline
  let shown: Shot | null = null
  let next: Shot | null = null
  let shownUs = 0
  let engineUs = 0
  let originUs = 0
  let followLagUs: SimUs | null = null
  let lastTickMs: number | null = null
  let lastRequestMs = -Infinity
  let lastDigestMs = -Infinity
  /** Counts loads, so that what an older one was waiting for is left alone. */
  let era = 0
  /** Asked for, not there yet; play may be pressed meanwhile. */
  let loading = false
  let inAir: Promise<unknown> = Promise.resolve()
  let wantedUs = 0
  let seeking: Promise<boolean> | null = null
  let windowMs = 0
  let askedUs = 0
  let madeUs = 0

  function change(part: Partial<PlayState>): void {
    const entries = Object.entries(part) as [keyof PlayState, unknown][]
    if (entries.every(([key, value]) => state[key] === value)) return
    state = { ...state, ...part }
    onState(state)
  }

  const isPlaying = () => state.status === 'playing'

  function arrived(shot: Shot): void {
    engineUs = shot.frame.atUs
    timeline = addFrame(timeline, shot.frame)
    if (isPlaying() && shot.frame.marks.length > 0) onMarks(shot.frame.marks)
    if (shot.frame.violation && state.violation === null) {
      change({ violation: shot.frame.violation, status: 'paused' })
    }
  }

  function show(shot: Shot): void {
    if (shown?.frame.digests) digests.apply(shown.frame.digests)
    shown = shot
    change({ nothingLeft: shot.frame.idle, wireIds: shot.wires })
  }

  /** Brings the display to the engine's time. */
  function settle(): void {
    if (next) show(next)
    next = null
    if (shown?.frame.digests) digests.apply(shown.frame.digests)
    shownUs = shown ? shown.frame.atUs : 0
  }

  /** A frame of no length: fetches the digests of now. */
  async function refresh(): Promise<void> {
    const mine = era
    await inAir
    if (mine !== era || client.busy || isPlaying()) return
    settle()
    await request(engineUs, true)
    if (mine === era && !isPlaying()) settle()
  }

  const request = (toUs: SimUs, wantDigests: boolean): Promise<Shot | null> =>
    requested(() => client.advance(toUs, wantDigests))

  function requested(ask: () => Promise<Shot | null>): Promise<Shot | null> {
    const mine = era
    const answer = ask().then((shot) => {
      if (!shot || mine !== era) return null
      arrived(shot)
      next = shot
      return shot
    })
    inAir = answer
    return answer
  }

  async function catchUp(untilUs: SimUs, mine: number): Promise<boolean> {
    for (;;) {
      if (mine !== era) return false
      if (engineUs >= untilUs) return true
      const shot = await request(nextStopUs(originUs, engineUs, untilUs), false)
      if (!shot) return false
      settle()
      change({ progress: Math.min(1, engineUs / untilUs) })
    }
  }

  const isBlocked = () =>
    state.status === 'catchingUp' || loading || state.violation !== null || !shown

  /** Makes an engine's answer that is about another moment the one that is shown. */
  async function jump(ask: () => Promise<Shot | null>): Promise<boolean> {
    const mine = era
    if (followLagUs === null) change({ status: 'paused', reachedSpeed: null })
    await inAir
    if (mine !== era || client.busy) return false
    settle()
    const answer = ask()
    inAir = answer
    const shot = await answer
    if (!shot || mine !== era) return false
    arrived(shot)
    next = shot
    settle()
    return true
  }

  async function seekOn(): Promise<boolean> {
    const mine = era
    for (;;) {
      const targetUs = wantedUs
      // What was never seen is gone through, not jumped over.
      const seenUs = Math.max(engineUs, timeline.untilUs)
      if (!(await jump(() => client.seek(Math.min(targetUs, seenUs))))) return false
      const fromUs = engineUs
      let isSpan = false
      for (;;) {
        if (engineUs >= targetUs || wantedUs !== targetUs) break
        isSpan = true
        change({ status: 'catchingUp', progress: (engineUs - fromUs) / (targetUs - fromUs) })
        const shot = await request(nextStopUs(originUs, engineUs, targetUs), true)
        if (!shot || mine !== era) return false
        settle()
        if (shot.hit) {
          stopAtHit(shot)
          return true
        }
      }
      // A long way there may have had more on the wires than a frame holds; the moment itself has not.
      if (isSpan && wantedUs === targetUs) await refresh()
      if (mine !== era) return false
      change({ status: 'paused' })
      if (wantedUs === targetUs) return true
    }
  }

  /** A breakpoint held at the end of what is shown. */
  function stopAtHit({ hit }: Shot): void {
    change({ status: 'paused', reachedSpeed: null })
    if (hit) onHit(hit)
    void refresh()
  }

  function measure(wallMs: number, asked: SimUs, made: SimUs): void {
    if (followLagUs !== null) return
    windowMs += wallMs
    askedUs += asked
    madeUs += made
    if (windowMs < SPEED_WINDOW_MS) return
    const behind = madeUs < askedUs * KEEPING_UP
    change({ reachedSpeed: behind ? madeUs / (windowMs * 1000) : null })
    resetMeasure()
  }

  /** No earlier moment is worth showing. */
  const earliestShown = () => (followLagUs === null ? 0 : engineUs - followLagUs)

  /** Shows this moment, or as near to it as the engine is, and asks for what comes next. False: it does not play. */
  function moveTo(dueUs: SimUs, nowMs: number): boolean {
    if (state.status !== 'playing' || !shown || loading) return false
    if (dueUs >= shown.frame.atUs && next) {
      show(next)
      next = null
    }
    shownUs = Math.min(dueUs, shown.frame.atUs)
    if (shown.hit && shownUs >= shown.frame.atUs) {
      stopAtHit(shown)
      return false
    }
    const isDue = followLagUs === null || nowMs - lastRequestMs >= SPAN_MS
    if (!next && !shown.hit && !client.busy && isDue) {
      lastRequestMs = nowMs
      const wantDigests = nowMs - lastDigestMs >= DIGEST_EVERY_MS
      if (wantDigests) lastDigestMs = nowMs
      const ownUs = Math.max(1, Math.round(SPAN_MS * 1000 * state.speed))
      void request(engineUs + (followLagUs === null ? ownUs : 0), wantDigests)
    }
    return true
  }

  function resetMeasure(): void {
    windowMs = 0
    askedUs = 0
    madeUs = 0
  }

  return {
    frames: { current: () => (shown ? { ...shown, atUs: shownUs } : null) },
    digests,
    state: () => state,
    timeline: () => timeline,
    shownUs: () => shownUs,
    engineUs: () => engineUs,
    originUs: () => originUs,

    async load(scenario, interventions, untilUs = 0, kept) {
      era += 1
      const mine = era
      loading = true
      change({ status: untilUs > 0 ? 'catchingUp' : 'idle', progress: 0 })
      const shot = await client.load(scenario, interventions, kept)
      if (mine !== era) return false
      loading = false
      if (!shot) return false
      shown = null
      next = null
      shownUs = 0
      originUs = shot.frame.fromUs
      if (!kept) timeline = { ...emptyTimeline, originUs, untilUs: originUs }
      digests.clear()
      resetMeasure()
      arrived(shot)
      show(shot)
      settle()
      change({
        nothingLeft: shot.frame.idle,
        violation: shot.frame.violation ?? null,
        reachedSpeed: null,
      })
      if (kept) await requested(() => client.seek(untilUs))
      if (untilUs > 0) {
        if (!(await catchUp(untilUs, mine))) return false
        change({ status: 'paused' })
      }
      await refresh()
      if (mine !== era) return false
      if (followLagUs !== null) change({ status: 'playing' })
      return true
    },

    play() {
      if (state.status !== 'idle' && state.status !== 'paused') return
      if (state.violation !== null) return
      lastTickMs = null
      resetMeasure()
      change({ status: 'playing' })
    },

    pause() {
      if (state.status !== 'playing' || followLagUs !== null) return
      change({ status: 'paused', reachedSpeed: null })
      settle()
      void refresh()
    },

    async step() {
      return isBlocked() ? false : jump(() => client.step())
    },

    async stepBack() {
      if (isBlocked() || followLagUs !== null) return false
      return jump(() => client.stepBack())
    },

    seek(toUs) {
      if (followLagUs !== null || (isBlocked() && !seeking)) return Promise.resolve(false)
      wantedUs = Math.max(originUs, Math.round(toUs))
      seeking ??= seekOn().finally(() => (seeking = null))
      return seeking
    },

    headedUs: () => (seeking ? wantedUs : shownUs),

    frontierUs: () => timeline.untilUs,

    setFuture(future) {
      timeline = future ?? cutTimeline(timeline, engineUs, shown?.frame.events ?? 0)
    },

    follow(lagUs) {
      followLagUs = lagUs
      if (lagUs !== null) change({ speed: 1, reachedSpeed: null })
    },

    async moveBy(byUs) {
      const mine = era
      await inAir
      if (mine !== era || client.busy || followLagUs === null) return
      // What it brought is not to be passed over.
      if (next) show(next)
      next = null
      await request(engineUs + byUs, true)
    },

    setSpeed(speed) {
      resetMeasure()
      change({ speed: Math.min(MAX_SPEED, Math.max(MIN_SPEED, speed)), reachedSpeed: null })
    },

    async intervene(intervention) {
      const mine = era
      const answer = await client.intervene(intervention)
      if (!answer || mine !== era) return null
      change({ nothingLeft: false })
      if (state.status !== 'playing') await refresh()
      return answer
    },

    reachUs: () => (next ?? shown)?.frame.atUs ?? 0,

    tick(nowMs, limitUs = Infinity) {
      const wallMs = lastTickMs === null ? 0 : Math.min(LONGEST_TICK_MS, nowMs - lastTickMs)
      lastTickMs = nowMs
      const beforeUs = shownUs
      const dueUs = Math.max(shownUs + wallMs * 1000 * state.speed, earliestShown())
      if (!moveTo(Math.min(dueUs, limitUs), nowMs)) return
      measure(wallMs, dueUs - beforeUs, shownUs - beforeUs)
    },

    moveTo: (dueUs, nowMs) => void moveTo(dueUs, nowMs),
  }
}
