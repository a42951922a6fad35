/** Payloads of extended clients whose message is gone: deleted without them, expired, or never sent. */
import { holds } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { bucketOf, type Pointer } from './state.ts'

/** How many payloads in the bucket no message points to any more. S3 itself cannot tell. */
export function orphansIn(sim: Simulation, node: number): number {
  const left: { readonly key: string; readonly pointer: Pointer }[] = []
  for (const [key, pointer] of bucketOf(sim, node).pointers) {
    if (!holds(sim.world.messages, pointer.slot, pointer.serial)) left.push({ key, pointer })
  }
  if (left.length === 0) return 0
  const bodies = bodiesOf(sim, new Set(left.map(({ pointer }) => pointer.origin)))
  return left.filter(
    ({ key, pointer }) => !bodies.get(pointer.origin)?.some((body) => body.includes(key)),
  ).length
}

/** What copies of these messages say: one that was redriven or passed on is another message. */
function bodiesOf(sim: Simulation, origins: ReadonlySet<number>): ReadonlyMap<number, string[]> {
  const { literals, origin, serial } = sim.world.messages
  const bodies = new Map<number, string[]>()
  literals.forEach((content, slot) => {
    if (!content || serial[slot] === 0 || !origins.has(origin[slot])) return
    const known = bodies.get(origin[slot])
    if (known) known.push(content.body)
    else bodies.set(origin[slot], [content.body])
  })
  return bodies
}
