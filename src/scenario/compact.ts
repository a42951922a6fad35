/**
 * A document as short JSON for links: lists instead of objects, defaults left out. FORMAT.md has the
 * layout. It belongs to codec 1 and never changes; another layout is another codec (`share.ts`).
 */
import {
  DEFAULT_SETTINGS,
  emptyScenario,
  type Config,
  type Recording,
  type ScenarioNode,
  type SharedDocument,
  type View,
  type Wire,
} from './scenario.ts'

const blank = emptyScenario()

export const toCompact = ({ momentUs, view, reference, ...recording }: SharedDocument): unknown[] =>
  trim([
    ...compactRecording(recording),
    momentUs ?? null,
    view ? compactView(view) : null,
    reference ? trim(compactRecording(reference)) : null,
  ])

function compactRecording({ scenario, interventions }: Recording): unknown[] {
  const { format, title, description, seed, settings, nodes, wires } = scenario
  const indices = new Map(nodes.map((node, i) => [node.id, i]))
  return [
    format,
    seed,
    nodes.map(compactNode),
    wires.map((wire, i) => compactWire(wire, i, indices)),
    title === blank.title ? null : title,
    description === blank.description ? null : description,
    filled({
      ...(settings.network !== DEFAULT_SETTINGS.network && { network: settings.network }),
      ...(settings.limits !== DEFAULT_SETTINGS.limits && { limits: settings.limits }),
    }),
    interventions.length === 0 ? null : interventions,
  ]
}

const compactNode = ({ kind, name, x, y, config, id }: ScenarioNode, i: number): unknown[] =>
  trim([kind, name, x, y, filled(config), id === usualNodeId(i) ? null : id])

const compactWire = (
  { from, to, config, id }: Wire,
  i: number,
  indices: ReadonlyMap<string, number>,
): unknown[] =>
  trim([indices.get(from), indices.get(to), filled(config), id === usualWireId(i) ? null : id])

const compactView = ({ x, y, width, height, nodes, wires }: View): unknown[] =>
  trim([x, y, width, height, listed(nodes), listed(wires)])

const listed = (ids: readonly string[]): readonly string[] | null => (ids.length > 0 ? ids : null)

const usualNodeId = (index: number): string => `n${index + 1}`
const usualWireId = (index: number): string => `w${index + 1}`

const filled = (config: Config): Config | null => (Object.keys(config).length > 0 ? config : null)

function trim(values: readonly unknown[]): unknown[] {
  let length = values.length
  while (length > 0 && values[length - 1] === null) length--
  return values.slice(0, length)
}

/**
 * The way back. The input is from outside, so the result is only arranged like a document; `parse`
 * decides whether it is one. Null when not even the outline is right.
 */
export function fromCompact(compact: unknown): unknown {
  if (!Array.isArray(compact)) return null
  const recording = fullRecording(compact)
  if (!recording) return null
  const [momentUs, view, reference] = compact.slice(RECORDING_LENGTH).map(absentIfNull)
  return {
    ...recording,
    momentUs,
    view: Array.isArray(view) ? fullView(view) : view,
    reference: Array.isArray(reference) ? (fullRecording(reference) ?? {}) : reference,
  }
}

/** How many places of the list a recording takes. */
const RECORDING_LENGTH = 8

function fullRecording(compact: readonly unknown[]): Record<string, unknown> | null {
  const [format, seed, nodes, wires, title, description, settings, interventions] =
    compact.map(absentIfNull)
  if (!isListOfLists(nodes) || !isListOfLists(wires)) return null
  const fullNodes = nodes.map((node, i) => {
    const [kind, name, x, y, config, id] = node.map(absentIfNull)
    return { id: id ?? usualNodeId(i), kind, name, x, y, config }
  })
  const fullWires = wires.map((wire, i) => {
    const [from, to, config, id] = wire.map(absentIfNull)
    return {
      id: id ?? usualWireId(i),
      from: idAt(fullNodes, from),
      to: idAt(fullNodes, to),
      config,
    }
  })
  return {
    scenario: { format, seed, title, description, settings, nodes: fullNodes, wires: fullWires },
    interventions,
  }
}

function fullView(compact: unknown[]): unknown {
  const [x, y, width, height, nodes, wires] = compact.map(absentIfNull)
  return { x, y, width, height, nodes, wires }
}

const absentIfNull = (value: unknown): unknown => value ?? undefined

const isListOfLists = (value: unknown): value is unknown[][] =>
  Array.isArray(value) && value.every((item) => Array.isArray(item))

/** The id of the node at an index; the index itself, as a name nobody has, where there is none. */
function idAt(nodes: readonly { readonly id: unknown }[], index: unknown): unknown {
  return typeof index === 'number' && nodes[index] ? nodes[index].id : `#${String(index)}`
}
