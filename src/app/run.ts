/**
 * One run and its recording: the scenario it began with and everything done to it since. Edits of
 * the document become interventions, so that settings change while it runs and a link can replay it.
 */
import type { SimUs } from '../base/units.ts'
import { applyDiff, diffScenarios } from '../scenario/diff.ts'
import type { Intervention, Scenario, SharedDocument } from '../scenario/scenario.ts'
import { createEngineClient, type EngineClient, type StartWorker } from '../worker/client.ts'
import { createPlayer, type Player, type PlayState } from './player.ts'

export interface RunEvents {
  onPlay(state: PlayState): void
  /** What is asked of the engine may have changed although time did not run on. */
  onMoment(): void
  /** The engine died and a new one has caught up to where it was. */
  onRestarted(reason: string): void
  /** The engine fails at the same place again; the run is over. */
  onFailed(message: string, atUs: SimUs): void
  /** AWS's text for an action or call that was refused. */
  onRefused(message: string): void
}

export interface Run {
  readonly player: Player
  readonly ask: EngineClient['ask']
  /** Begins anew. With interventions: replays them, up to `untilUs` before anything is shown. */
  begin(scenario: Scenario, interventions?: readonly Intervention[], untilUs?: SimUs): Promise<void>
  /** The document is now this one. Sent to the engine a moment later, once for a whole gesture. */
  edited(next: Scenario): void
  /** A button on a node. */
  act(node: string, action: string, args: Readonly<Record<string, unknown>>): Promise<void>
  step(): Promise<boolean>
  play(): void
  /** The recording up to now: who opens it sees exactly this moment. */
  recording(): Promise<SharedDocument>
  close(): void
}

/** Edits within this wall time become one intervention (a slider being dragged). */
export const EDIT_DELAY_MS = 120

/** The document a recording ends with: its scenario after every recorded edit. */
export const documentAfter = ({ scenario, interventions }: SharedDocument): Scenario =>
  interventions.reduce(
    (design, step) => (step.type === 'edit' ? applyDiff(design, step.diff) : design),
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

  const client = createEngineClient(startWorker, (failure) => {
    const atUs = failure.atUs ?? player.engineUs()
    if (failure.atUs !== null || restarting || !base) {
      restarting = false
      events.onFailed(failure.message, atUs)
      return
    }
    restarting = true
    void player.load(base, interventions, atUs).then((done) => {
      if (!done) return
      restarting = false
      events.onRestarted(failure.message)
    })
  })
  const player = createPlayer(client, events.onPlay)

  const isFresh = () => player.engineUs() === 0 && interventions.length === 0

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
    latest = documentAfter({ scenario, interventions })
    known = latest
    await player.load(scenario, interventions, untilUs)
    events.onMoment()
  }

  async function intervene(intervention: Intervention): Promise<void> {
    const done = await player.intervene(intervention)
    if (!done) return
    interventions.push(done.intervention)
    if (done.error) events.onRefused(done.error.message)
    events.onMoment()
  }

  /** Tells the engine of edits it has not heard of. */
  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (!known || !latest || known === latest) return
    if (latest.seed !== known.seed || isFresh()) {
      const resume = isFresh() && player.state().status === 'playing'
      const begun = begin(latest)
      if (resume) player.play()
      return begun
    }
    const next = withPlacesOf(known, latest)
    const diff = diffScenarios(known, next)
    known = next
    if (diff) await intervene({ atUs: player.engineUs(), type: 'edit', diff })
  }

  return {
    player,
    ask: client.ask,
    begin,
    edited(next) {
      if (next === latest) return
      latest = next
      timer ??= setTimeout(() => void flush(), EDIT_DELAY_MS)
    },
    async act(node, action, args) {
      await flush()
      await intervene({ atUs: player.engineUs(), type: 'action', node, action, args })
    },
    async step() {
      await flush()
      const stepped = await player.step()
      events.onMoment()
      return stepped
    },
    play() {
      void flush()
      player.play()
    },
    async recording() {
      await flush()
      const design = latest ?? base
      if (!base || !design) throw new Error('There is no run yet')
      const scenario = {
        ...withPlacesOf(design, base),
        title: design.title,
        description: design.description,
      }
      return { scenario, interventions: [...interventions], momentUs: player.engineUs() }
    },
    close() {
      clearTimeout(timer)
      client.close()
    },
  }
}
