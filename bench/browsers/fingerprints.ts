/** What every engine must agree about to the last bit: worlds after so many events (ENGINE.md part 8, X10). */
import { kindsIn, prepare } from '../../src/engine/prepare.ts'
import { hashWorld } from '../../src/engine/snapshot.ts'
import { Simulation } from '../../src/engine/simulation.ts'
import { gallery } from '../../src/lessons/gallery.ts'
import { kinds } from '../../src/services/kinds.ts'

/** A scenario that never comes to rest, for the long runs. */
const ENDLESS = 'competing-consumers'

/** By what was run. `quick` leaves out the run of a million events. */
export async function fingerprints(quick: boolean): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  const endless = gallery.find(({ id }) => id === ENDLESS)!
  for (const events of quick ? [1e3, 1e5] : [1e3, 1e5, 1e6]) {
    all[`${ENDLESS}, ${events} events`] = await fingerprint(endless.scenario, events)
  }
  for (const { id, scenario } of gallery) all[id] = await fingerprint(scenario, 5e3)
  return all
}

async function fingerprint(
  scenario: (typeof gallery)[number]['scenario'],
  events: number,
): Promise<string> {
  await prepare(kinds, kindsIn(scenario, []))
  const sim = new Simulation(scenario, [], kinds)
  sim.advance(Infinity, events)
  return `${hashWorld(sim.world)} at ${sim.nowUs} us after ${sim.world.events} events`
}
