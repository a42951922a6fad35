/** What a bucket holds. */
import type { SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { createRecent, type Recent } from '../recent.ts'

/** Frozen: snapshots share it. */
export interface StoredObject {
  readonly key: string
  readonly body: string
  readonly sizeBytes: number
  /** MD5 of the body, in hexadecimal. */
  readonly eTag: string
  /** Serial and colour of the message that it came with, or a serial of its own. */
  readonly message: number
  readonly hue: number
  readonly lastModifiedUs: SimUs
}

/** The message that was made to point to an object. Frozen. */
export interface Pointer {
  readonly slot: number
  readonly serial: number
  /** Shared by all its copies. */
  readonly origin: number
}

export interface Bucket {
  /** By key, oldest first. */
  readonly objects: Map<string, StoredObject>
  /** Of those that are payloads of an extended client: what points there, by key. */
  readonly pointers: Map<string, Pointer>
  /** Keys of the latest puts; some may be gone. */
  readonly lately: string[]
  /** Of all changes so far; events carry it as `sequencer`. */
  sequence: number
  /** Notifications that wait or are on calls. */
  underway: number
  /** Slots of notifications that wait to be sent. */
  readonly waiting: number[]
  /** Wires that have had their s3:TestEvent. */
  readonly tested: number[]
  readonly delay: number
  readonly duplicates: number
  readonly recent: Recent
}

export function createBucket(sim: Simulation, node: number): Bucket {
  const here = sim.world.nodes[node]
  return {
    objects: new Map(),
    pointers: new Map(),
    lately: [],
    sequence: 0,
    underway: 0,
    waiting: [],
    tested: [],
    delay: sim.stream(here, 'event delay'),
    duplicates: sim.stream(here, 'event duplicate'),
    recent: createRecent(1),
  }
}

/** The object that was put last, of those that are here. */
export function newestOf({ objects }: Bucket): StoredObject | undefined {
  let newest: StoredObject | undefined
  for (const one of objects.values()) newest = one
  return newest
}

export const bucketOf = (sim: Simulation, node: number): Bucket =>
  sim.world.nodes[node].state as Bucket
