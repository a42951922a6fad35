/** What a gallery scenario is, and how its parts are put down. */
import {
  DEFAULT_SETTINGS,
  SCENARIO_FORMAT,
  type Config,
  type Scenario,
  type ScenarioNode,
  type Wire,
} from '../scenario/scenario.ts'

export interface GalleryEntry {
  /** Part of addresses and of the command line; never changed. */
  readonly id: string
  readonly title: string
  /** One sentence: what it is. */
  readonly summary: string
  /** One or two sentences: what to look at, and what it shows. */
  readonly watchFor: string
  /** Heading in the gallery. */
  readonly group: string
  readonly scenario: Scenario
  /** Another variant, which it is compared with: A, where `scenario` is B. */
  readonly reference?: Scenario
}

interface Drawn extends Omit<GalleryEntry, 'scenario' | 'reference'> {
  /** Longer text, kept in the document. */
  readonly description: string
  readonly nodes: readonly ScenarioNode[]
  readonly wires: readonly Wire[]
  /** What it is compared with. */
  readonly reference?: Pick<Scenario, 'title' | 'nodes' | 'wires'>
}

/** Left edges of the columns that messages pass from left to right: producers, queues, fleets. */
export const COLUMN = { producer: 60, queue: 340, fleet: 720 } as const
/** Height of a row. */
export const ROW = 200

/** A part named as its id, which must fit the kind's rule for names. */
export const part = (
  kind: string,
  id: string,
  [x, y]: readonly [number, number],
  config: Config = {},
): ScenarioNode => ({ id, kind, name: id, x, y, config })

export const wire = (from: string, to: string, config: Config = {}): Wire => ({
  id: `${from}-${to}`,
  from,
  to,
  config,
})

export function entry({ description, nodes, wires, reference, ...about }: Drawn): GalleryEntry {
  const scenario: Scenario = {
    format: SCENARIO_FORMAT,
    title: about.title,
    description,
    seed: 1,
    settings: DEFAULT_SETTINGS,
    nodes,
    wires,
  }
  return { ...about, scenario, ...(reference && { reference: { ...scenario, ...reference } }) }
}
