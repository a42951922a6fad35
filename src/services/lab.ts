/** For tests: designs in few words, and a look at every message that a fleet receives. */
import type { Behaviour } from '../engine/behaviour.ts'
import type { Kinds } from '../engine/build.ts'
import { ITEMS_PER_CALL } from '../engine/calls.ts'
import { Simulation } from '../engine/simulation.ts'
import {
  DEFAULT_SETTINGS,
  emptyScenario,
  type Config,
  type Intervention,
  type Scenario,
  type ScenarioSettings,
} from '../scenario/scenario.ts'
import { kinds } from './kinds.ts'

interface Drawn {
  /** Kind and settings by name, which is the id too. */
  readonly nodes: Readonly<Record<string, readonly [kind: string, config?: Config]>>
  readonly wires: readonly (readonly [from: string, to: string, config?: Config])[]
  readonly seed?: number
  readonly network?: ScenarioSettings['network']
}

/** A queue without chance. */
export const CERTAIN: Config = { duplicateChance: 0, reorderChance: 0, servers: 1 }

/** On an instant network unless it says otherwise. */
export function design({ nodes, wires, seed = 1, network = 'instant' }: Drawn): Scenario {
  return {
    ...emptyScenario('lab'),
    seed,
    settings: { ...DEFAULT_SETTINGS, network },
    nodes: Object.entries(nodes).map(([name, [kind, config = {}]], i) => ({
      id: name,
      kind,
      name,
      x: 300 * i,
      y: 0,
      config,
    })),
    wires: wires.map(([from, to, config = {}]) => ({ id: `${from}-${to}`, from, to, config })),
  }
}

export const simulate = (
  scenario: Scenario,
  interventions: readonly Intervention[] = [],
): Simulation => new Simulation(scenario, interventions, kinds)

/** Told of each message that arrives at a fleet from a queue. */
export type Watcher = (sim: Simulation, slot: number, serial: number) => void

/** As `simulate`, with a watcher between the queues' answers and the fleets. */
export function simulateWatched(scenario: Scenario, watcher: Watcher): Simulation {
  const consumer = kinds.behaviour('consumer')!
  const watched: Behaviour = {
    ...consumer,
    answered(sim, node, call) {
      const { calls } = sim.world
      const operation = sim.behaviours[calls.to[call]]!.operations[calls.operation[call]]
      if (operation.name === 'ReceiveMessage') {
        for (let n = 0; n < calls.count[call]; n++) {
          const place = call * ITEMS_PER_CALL + n
          watcher(sim, calls.slots[place], calls.serials[place])
        }
      }
      consumer.answered!(sim, node, call)
    },
  }
  const watching: Kinds = {
    ...kinds,
    behaviour: (kind) => (kind === 'consumer' ? watched : kinds.behaviour(kind)),
  }
  return new Simulation(scenario, [], watching)
}
