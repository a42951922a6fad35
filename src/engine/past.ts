/**
 * The way back: snapshots of a run at intervals that adapt to how large its world is, within a
 * budget of memory. Any moment is the snapshot before it and the run from there, which is the same
 * run again.
 */
import type { SimUs } from '../base/units.ts'
import type { SavedRecords } from './records.ts'
import type { Simulation } from './simulation.ts'
import { weighedSnapshot } from './snapshot.ts'
import type { World } from './world.ts'

export interface PastOptions {
  /** Snapshots are thinned out beyond it. */
  readonly budgetBytes: number
  /** Events between two snapshots of a small world at the beginning. */
  readonly eventsBetween: number
}

const USUAL: PastOptions = { budgetBytes: 192e6, eventsBetween: 16_384 }

/** A world so large that copying it would cost more than about a tenth of the run is copied less often. */
const BYTES_AN_EVENT = 128
/** Between two looks for the last thing before a moment. */
const EVENTS_A_STRIDE = 256

/** A moment of a run, whole: plain data, which may outlive the run's engine. */
export interface Saved {
  readonly world: World
  readonly records: SavedRecords
  readonly bytes: number
}

export interface Past {
  /** How many snapshots there are, and how much they take. */
  readonly size: { readonly snapshots: number; readonly bytes: number }
  /** The snapshot that was taken last. To be kept, it is copied at once: its memory may be used again. */
  latest(): Saved
  /** A snapshot of this very run that another engine took is a way to what follows it. */
  adopt(one: Saved): void
  /** To be called now and then while the run goes on: takes a snapshot when one is due. */
  note(): void
  /**
   * Puts the run back to the latest snapshot up to `toUs`, when that is behind it or spares it a
   * long way. The run is then at `toUs` or before: `advance` does the rest.
   */
  approach(toUs: SimUs): void
  /** One step back: to the last thing that could be seen or, when it happened just now, to the one before. */
  stepBack(): void
  /** The future is another one from now on. */
  cut(): void
}

/** @param sim a run at its beginning */
export function createPast(sim: Simulation, options: Partial<PastOptions> = {}): Past {
  const { budgetBytes, eventsBetween } = { ...USUAL, ...options }
  const originUs = sim.nowUs
  /** In order of time. The first is the beginning. */
  let saved: Saved[] = []
  /** Thinned out: the next snapshots take their memory, as new memory takes longer to get than to fill. */
  let discarded: Saved[] = []
  /** Taken on the last step back, since the next one is likely to be nearby. */
  let nearby: Saved | null = null
  let interval = eventsBetween
  let bytes = 0

  function take(): Saved {
    const records = sim.records.save(sim.nowUs)
    const copy = weighedSnapshot(sim.world, discarded.pop()?.world)
    return { ...copy, records, bytes: copy.bytes + records.hops.times.byteLength * 2 }
  }

  function keep(one: Saved): void {
    saved.push(one)
    bytes += one.bytes
    if (bytes > budgetBytes && saved.length > 2) thinOut()
  }

  function thinOut(): void {
    discarded = saved.filter((_, n) => n % 2 === 1)
    saved = saved.filter((_, n) => n % 2 === 0)
    bytes = saved.reduce((sum, one) => sum + one.bytes, 0)
    interval *= 2
  }

  function goTo({ world, records }: Saved): void {
    sim.restore(world)
    sim.records.moveTo(records, world.nowUs)
  }

  /** The latest that `isBefore` takes; the beginning if there is no other. */
  function latestOf(isBefore: (one: Saved) => boolean): Saved {
    const found = saved.findLast(isBefore) ?? saved[0]
    if (!nearby || !isBefore(nearby)) return found
    return nearby.world.events > found.world.events ? nearby : found
  }

  const seen = (): number => sim.records.log.rows + sim.records.hops.count
  const seenBy = ({ records }: Saved): number => records.rows + records.hops.count

  keep(take())
  return {
    get size() {
      return { snapshots: saved.length, bytes }
    },
    latest: () => saved[saved.length - 1],
    adopt: keep,
    note() {
      const last = saved[saved.length - 1]
      const due = Math.max(interval, last.bytes / BYTES_AN_EVENT)
      if (sim.world.events - last.world.events >= due) keep(take())
    },
    approach(toUs) {
      const from = latestOf(({ world }) => world.nowUs <= toUs)
      const isBehind = toUs < sim.nowUs
      if (isBehind || from.world.events > sim.world.events) goTo(from)
    },
    stepBack() {
      const present = seen()
      const presentUs = sim.nowUs
      const isBefore = (one: Saved): boolean => seenBy(one) < present
      goTo(latestOf(isBefore))
      // Close to it in strides, then again with a snapshot at the last stride, then by steps.
      let strides = 0
      while (seen() < present) {
        sim.advance(Infinity, EVENTS_A_STRIDE)
        strides++
      }
      goTo(latestOf(isBefore))
      for (let n = 1; n < strides; n++) sim.advance(Infinity, EVENTS_A_STRIDE)
      nearby = take()
      let steps = 0
      while (seen() < present && sim.step()) steps++
      if (steps > 0 && sim.nowUs < presentUs) return
      goTo(nearby)
      for (let n = 1; n < steps; n++) sim.step()
      if (seen() === 0) goTo(saved[0])
    },
    cut() {
      const { events, nowUs, interventionsDone } = sim.world
      const isPast = ({ world }: Saved): boolean =>
        world.nowUs <= nowUs &&
        world.events <= events &&
        world.interventionsDone <= interventionsDone
      saved = saved.filter(isPast)
      bytes = saved.reduce((sum, one) => sum + one.bytes, 0)
      nearby = null
      if (saved.length === 0) throw new Error(`No way back to ${originUs}`)
    },
  }
}
