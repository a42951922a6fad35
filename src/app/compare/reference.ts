/**
 * Another variant on the same clock: a second run, with an engine of its own, that always shows the
 * moment that the first one shows. The first leads, and waits where the second is slower.
 */
import type { Recording } from '../../scenario/scenario.ts'
import type { StartWorker } from '../../worker/client.ts'
import type { FrameSource, Player } from '../player.ts'
import { createRun, type Run } from '../run.ts'
import type { DigestSource } from '../../canvas/digests.ts'

/** Displayed moments are whole microseconds when time stands, and any number in between when it runs. */
const SAME_US = 1

export interface Reference {
  readonly recording: Recording
  readonly frames: FrameSource
  readonly digests: DigestSource
  readonly ask: Run['ask']
  /** In place of the leader's `tick`: moves both. */
  tick(nowMs: number): void
  /** It shows what the leader shows. */
  isTogether(): boolean
  /** Begins anew with another seed. */
  reseed(seed: number): void
  close(): void
}

export interface ReferenceEvents {
  /** The wires that the hops of its frames count by. */
  onWires(wireIds: readonly string[]): void
  /** Its engine failed; for people. */
  onFailed(message: string): void
}

/** @param leader the player whose moments it shows */
export function createReference(
  startWorker: StartWorker,
  leader: Player,
  recording: Recording,
  events: ReferenceEvents,
): Reference {
  const run = createRun(startWorker, {
    onPlay: ({ wireIds, violation }) => {
      events.onWires(wireIds)
      if (violation) events.onFailed(violation)
    },
    onMoment: () => undefined,
    onRestarted: () => undefined,
    onFailed: events.onFailed,
    onRefused: () => undefined,
    onDocument: () => undefined,
  })
  const { player } = run

  const isTogether = () => Math.abs(player.shownUs() - leader.shownUs()) < SAME_US

  function follow(): void {
    const { status } = player.state()
    if (status === 'playing') player.pause()
    const toUs = Math.round(leader.shownUs())
    if (!isTogether() && player.headedUs() !== toUs) void player.seek(toUs)
  }

  const begin = (seed: number) =>
    void run.begin(
      { ...recording.scenario, seed },
      recording.interventions,
      Math.round(leader.shownUs()),
    )

  begin(recording.scenario.seed)
  return {
    recording,
    frames: player.frames,
    digests: player.digests,
    ask: run.ask,
    isTogether,
    reseed: begin,
    tick(nowMs) {
      const { status, speed } = leader.state()
      if (player.state().speed !== speed) player.setSpeed(speed)
      if (status === 'playing' && isTogether()) {
        player.play()
        leader.tick(nowMs, Math.min(leader.reachUs(), player.reachUs()))
        player.moveTo(leader.shownUs(), nowMs)
        return
      }
      // Time stands still until the other one is there.
      leader.tick(nowMs, leader.shownUs())
      follow()
    },
    close: run.close,
  }
}
