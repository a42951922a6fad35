/** Payloads of extended clients whose message is gone: deleted without them, expired, or never sent. */
import { holds } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { bucketOf } from './state.ts'

/** How many objects of the bucket a message once pointed to that is no more. S3 itself cannot tell. */
export function orphansIn(sim: Simulation, node: number): number {
  let orphans = 0
  for (const { pointer } of bucketOf(sim, node).objects.values()) {
    if (pointer && !holds(sim.world.messages, pointer.slot, pointer.serial)) orphans++
  }
  return orphans
}
