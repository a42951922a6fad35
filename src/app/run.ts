/**
 * One run and its recording: the scenario it began with and everything done to it since. Edits of
 * the document become interventions, so that settings change while it runs and a link can replay it.
 */
import type { SimUs } from '../base/units.ts'
import { applyDiff, diffScenarios } from '../scenario/diff.ts'
import type { Intervention, Scenario, SharedDocument } from '../scenario/scenario.ts'
import {
  createEngineClient,
  type EngineClient,
  type Intervened,
  type StartWorker,
} from '../worker/client.ts'
import type {
  Breakpoint,
  BreakpointHit,
  CallAnswer,
  Mark,
  Notable,
  NotableType,
  Saved,
} from '../worker/protocol.ts'
import { createPlayer, type Player, type PlayState } from './player.ts'
import type { Timeline } from './timeline.ts'

export interface RunEvents {
  onPlay(state: PlayState): void
  /** Notable things, as they come while the run plays. */
  onMarks?(marks: readonly Mark[]): void
  /** What is asked of the engine may have changed although time did not run on. */
  onMoment(): void
  /** An action or call replaces a future that was seen already. */
  onBranch?(replaced: Branch): void
  /** A breakpoint paused the run. */
  onHit?(hit: BreakpointHit): void
  /** The engine died and a new one has caught up to where it was. */
  onRestarted(reason: string): void
  /** The engine fails at the same place again; the run is over. */
  onFailed(message: string, atUs: SimUs): void
  /** AWS's text for an action that was refused. */
  onRefused(message: string): void
  /**
   * An API call changed the document (CreateQueue), and this is what it is now. Not `live`: the call
   * was one of a recording that is being opened, so it is nothing to undo.
   */
  onDocument(document: Scenario, live: boolean): void
}

/** A future of a run, from the moment on at which another one began. */
export interface Branch {
  readonly base: Scenario
  readonly interventions: readonly Intervention[]
  readonly timeline: Timeline
  readonly atUs: SimUs
}

/** A world that is not only ours. */
export interface SharedWorld {
  /** Reaches its engine. */
  readonly start: StartWorker
  /** How far behind it is shown at most. */
  readonly lagUs: SimUs
}

export interface Run {
  readonly player: Player
  readonly ask: EngineClient['ask']
  /** Begins anew. With interventions: replays them, up to `untilUs` before anything is shown. */
  begin(scenario: Scenario, interventions?: readonly Intervention[], untilUs?: SimUs): Promise<void>
  /** From the next `begin` on, the run is that of a shared world; null: of an own engine again. */
  share(world: SharedWorld | null): void
  /**
   * The document is now this one. Sent to the engine a moment later, once for a whole gesture. Returns
   * the future that this replaces, if it does.
   */
  edited(next: Scenario): Branch | null
  /** A button on a node. */
  act(node: string, action: string, args: Readonly<Record<string, unknown>>): Promise<void>
  /** An AWS API call from the console. Null: the run ended before the answer. */
  call(
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<CallAnswer | null>
  step(): Promise<boolean>
  stepBack(): Promise<boolean>
  /** Shows another moment, and the document as it was or will be then. */
  seek(toUs: SimUs): Promise<boolean>
  /** To the nearest notable thing of a type (null: of any); null: none is known. */
  jump(direction: 'next' | 'previous', type: NotableType | null): Promise<Notable | null>
  /** What was notable nearest to a moment; null: nothing, as far as is known. */
  near(atUs: SimUs, withinUs: SimUs): Promise<Notable | null>
  /** What is to pause the run, from now on and in runs to come. */
  breakAt(breakpoints: readonly Breakpoint[]): void
  /** Brings a replaced future back. @param document as it was at the branch */
  rejoin(branch: Branch, document: Scenario): Promise<void>
  play(): void
  /** The recording up to now: who opens it sees exactly this moment. */
  recording(): Promise<SharedDocument>
  close(): void
}

/** Edits within this wall time become one intervention (a slider being dragged). */
export const EDIT_DELAY_MS = 120

/** The document of a recording at a moment: its scenario after every edit recorded until then. */
export const documentAt = (
  { scenario, interventions }: Pick<SharedDocument, 'scenario' | 'interventions'>,
  atUs: SimUs,
): Scenario =>
  interventions.reduce(
    (design, step) =>
      step.type === 'edit' && step.atUs <= atUs ? applyDiff(design, step.diff) : design,
    scenario,
  )

/** `next` with the places of `before`: where a card stands is nothing to the engine. */
function withPlacesOf(before: Scenario, next: Scenario): Scenario {
  const places = new Map(before.nodes.map((node) => [node.id, node]))
  const nodes = next.nodes.map((node) => {
    const old = places.get(node.id)
    return old ? { ...node, x: old.x, y: old.y } : node
  })
  return { ...next, nodes, title: before.title, description: before.description }
}

export function createRun(startWorker: StartWorker, events: RunEvents): Run {
  let base: Scenario | null = null
  let interventions: Intervention[] = []
  /** What the engine believes the document to be. */
  let known: Scenario | null = null
  /** What the screen shows. */
  let latest: Scenario | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let restarting = false
  /** While a run is begun or caught up, documents are those of its past; the last one counts. */
  let catchingUp = false
  let replayed: Scenario | null = null

  let shared: SharedWorld | null = null
  let breakpoints: readonly Breakpoint[] = []
  /** The edit that waits to be sent begins another future; told already. */
  let branching = false

  const client = createEngineClient(
    (hear, broke) => (shared ? shared.start : startWorker)(hear, broke),
    (failure) => {
      const atUs = failure.atUs ?? player.engineUs()
      if (failure.atUs !== null || restarting || !base) {
        restarting = false
        events.onFailed(failure.message, atUs)
        return
      }
      restarting = true
      void load(base, atUs, failure.kept).then((done) => {
        if (!done) return
        restarting = false
        events.onRestarted(failure.message)
      })
    },
    (scenario, live) => {
      if (catchingUp) replayed = scenario
      else adopt(scenario, live)
    },
  )
  const player = createPlayer(client, events.onPlay, events.onMarks, events.onHit)

  /** Only who shares a world needs to hear where cards stand. */
  const seenFrom = (before: Scenario, next: Scenario): Scenario =>
    shared ? next : withPlacesOf(before, next)

  const isFresh = () => !shared && player.engineUs() === 0 && interventions.length === 0

  /** False: replaced or failed. */
  async function load(scenario: Scenario, untilUs: SimUs, kept?: Saved): Promise<boolean> {
    replayed = null
    const done = await elsewhere(() => player.load(scenario, interventions, untilUs, kept))
    if (done && breakpoints.length > 0) client.breakAt(breakpoints)
    return done
  }

  /** Of all the documents on the way to another moment only the last one counts. */
  async function elsewhere(go: () => Promise<boolean>): Promise<boolean> {
    catchingUp = true
    if (!(await go())) return false
    catchingUp = false
    if (replayed) adopt(replayed, false)
    replayed = null
    return true
  }

  async function travel(go: () => Promise<boolean>): Promise<boolean> {
    await flush()
    const there = await elsewhere(go)
    catchingUp = false
    events.onMoment()
    return there
  }

  async function nearest(
    fromUs: SimUs,
    direction: 'next' | 'previous',
    type: NotableType | null,
  ): Promise<Notable | null> {
    const answer = await client.ask({ about: 'notable', fromUs, direction, type })
    return answer.about === 'notable' ? answer.notable : null
  }

  /** The future that whatever is done now replaces; null when the present is the latest moment. */
  function branch(): Branch | null {
    const isPast = !shared && player.engineUs() < player.frontierUs()
    if (!base || !isPast) return null
    return { base, interventions, timeline: player.timeline(), atUs: player.engineUs() }
  }

  /** Takes over what the engine changed by itself, and only that: edits under way stay. */
  function adopt(scenario: Scenario, live: boolean): void {
    if (!known || !latest) return
    const now = seenFrom(known, scenario)
    const diff = diffScenarios(known, now)
    known = now
    if (!diff) return
    latest = seenFrom(latest, applyDiff(latest, diff))
    events.onDocument(latest, live)
  }

  async function begin(
    scenario: Scenario,
    replay: readonly Intervention[] = [],
    untilUs: SimUs = 0,
  ): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    restarting = false
    base = scenario
    interventions = [...replay]
    latest = documentAt({ scenario, interventions }, untilUs)
    known = latest
    await load(scenario, untilUs)
    events.onMoment()
  }

  async function intervene(intervention: Intervention): Promise<Intervened | null> {
    const done = await player.intervene(intervention)
    if (!done) return null
    const before = interventions.slice(0, done.done === undefined ? undefined : done.done - 1)
    interventions = [...before, done.intervention]
    player.setFuture(null)
    if (done.error) events.onRefused(done.error.message)
    events.onMoment()
    return done
  }

  /** Something done that is no edit of the document. */
  async function act(intervention: Intervention): Promise<Intervened | null> {
    const replaced = branch()
    if (replaced) events.onBranch?.(replaced)
    return intervene(intervention)
  }

  /** Tells the engine of edits it has not heard of. */
  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    branching = false
    if (!known || !latest || known === latest) return
    if ((!shared && latest.seed !== known.seed) || isFresh()) {
      const resume = isFresh() && player.state().status === 'playing'
      const begun = begin(latest)
      if (resume) player.play()
      return begun
    }
    const next = seenFrom(known, latest)
    const diff = diffScenarios(known, next)
    known = next
    if (diff) await intervene({ atUs: player.engineUs(), type: 'edit', diff })
  }

  return {
    player,
    ask: client.ask,
    begin,
    share(world) {
      client.close()
      shared = world
      player.follow(world ? world.lagUs : null)
    },
    edited(next) {
      if (next === latest) return null
      latest = next
      timer ??= setTimeout(() => void flush(), EDIT_DELAY_MS)
      const changes = known && !branching && diffScenarios(known, seenFrom(known, next))
      const replaced = changes ? branch() : null
      branching ||= replaced !== null
      return replaced
    },
    async act(node, action, args) {
      await flush()
      await act({ atUs: player.engineUs(), type: 'action', node, action, args })
    },
    async call(service, operation, input) {
      await flush()
      const atUs = player.engineUs()
      const done = await act({ atUs, type: 'call', service, operation, input })
      return done?.answered ?? null
    },
    async step() {
      await flush()
      const stepped = await player.step()
      events.onMoment()
      return stepped
    },
    stepBack: () => travel(() => player.stepBack()),
    seek: (toUs) => travel(() => player.seek(toUs)),
    async jump(direction, type) {
      const notable = await nearest(player.shownUs(), direction, type)
      if (notable) await travel(() => player.seek(notable.atUs))
      return notable
    },
    async near(atUs, withinUs) {
      const found = await Promise.all([
        nearest(atUs + 1, 'previous', null),
        nearest(atUs, 'next', null),
      ])
      return found.reduce<Notable | null>((best, one) => {
        const farUs = one ? Math.abs(one.atUs - atUs) : Infinity
        return farUs <= (best ? Math.abs(best.atUs - atUs) : withinUs) ? one : best
      }, null)
    },
    breakAt(wanted) {
      breakpoints = wanted
      client.breakAt(wanted)
    },
    async rejoin(replaced, document) {
      clearTimeout(timer)
      timer = undefined
      base = replaced.base
      interventions = [...replaced.interventions]
      latest = document
      known = document
      if (await load(base, replaced.atUs)) player.setFuture(replaced.timeline)
      events.onMoment()
    },
    play() {
      void flush()
      player.play()
    },
    async recording() {
      await flush()
      const design = latest ?? base
      if (!base || !design) throw new Error('There is no run yet')
      // What others did is not known here, so there is no run to repeat.
      if (shared) return { scenario: design, interventions: [] }
      const scenario = {
        ...withPlacesOf(design, base),
        title: design.title,
        description: design.description,
      }
      const momentUs = player.engineUs()
      const past = interventions.filter(({ atUs }) => atUs <= momentUs)
      // Parts that calls made are in no edit, and those that moved since stand elsewhere in theirs.
      const diff = diffScenarios(documentAt({ scenario, interventions }, momentUs), design)
      const last: Intervention[] = diff ? [{ atUs: momentUs, type: 'edit', diff }] : []
      const future = interventions.slice(past.length)
      return { scenario, interventions: [...past, ...last, ...future], momentUs }
    },
    close() {
      clearTimeout(timer)
      client.close()
    },
  }
}
