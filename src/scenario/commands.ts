/**
 * Every edit as data. `applyCommand` makes the next document and returns the very same object when
 * the command changes nothing (or would break the document: a taken wire, a missing node, too many
 * parts), so that `history.ts` records no empty steps. Added parts stand at the end of their list.
 */
import {
  MAX_COORDINATE,
  MAX_DESCRIPTION_CHARS,
  MAX_NODES,
  MAX_SEED,
  MAX_TITLE_CHARS,
  MAX_WIRES,
} from './caps.ts'
import { nextNodeId, nextWireId, uniqueName } from './names.ts'
import { samePlain } from './plain.ts'
import { emptyScenario } from './scenario.ts'
import type {
  Config,
  NodeId,
  Scenario,
  ScenarioNode,
  ScenarioSettings,
  Wire,
  WireId,
} from './scenario.ts'

/** Canvas units; rounded to whole ones. */
export interface Point {
  readonly x: number
  readonly y: number
}

export type Command =
  /** The node gets `nextNodeId`, and a number behind its name where that is taken. */
  | {
      readonly type: 'addNode'
      readonly kind: string
      readonly name: string
      readonly x: number
      readonly y: number
      readonly config?: Config
    }
  /** By the same distance each: a nudge by keyboard. */
  | {
      readonly type: 'moveNodes'
      readonly nodes: readonly NodeId[]
      readonly dx: number
      readonly dy: number
    }
  /** To these places: a drag, or automatic layout. */
  | { readonly type: 'arrange'; readonly positions: Readonly<Record<NodeId, Point>> }
  | { readonly type: 'renameNode'; readonly node: NodeId; readonly name: string }
  /** Merges into the settings; null or undefined sets one back to its default. */
  | { readonly type: 'configureNode'; readonly node: NodeId; readonly config: Config }
  | { readonly type: 'configureWire'; readonly wire: WireId; readonly config: Config }
  /** With the wires of the nodes. */
  | {
      readonly type: 'removeParts'
      readonly nodes?: readonly NodeId[]
      readonly wires?: readonly WireId[]
    }
  /** The wire gets `nextWireId`. There is at most one wire in each direction between two nodes. */
  | {
      readonly type: 'connect'
      readonly from: NodeId
      readonly to: NodeId
      readonly config?: Config
    }
  /** Copies of the parts (`copyParts`), with fresh ids and names, shifted. */
  | {
      readonly type: 'paste'
      readonly parts: Pick<Scenario, 'nodes' | 'wires'>
      readonly dx: number
      readonly dy: number
    }
  | { readonly type: 'setTitle'; readonly title: string }
  | { readonly type: 'setDescription'; readonly description: string }
  | { readonly type: 'setSeed'; readonly seed: number }
  | { readonly type: 'setSettings'; readonly settings: Partial<ScenarioSettings> }
  /** Another document in place of this one, as a step that can be undone. */
  | { readonly type: 'replace'; readonly scenario: Scenario }

export function applyCommand(scenario: Scenario, command: Command): Scenario {
  switch (command.type) {
    case 'addNode':
      return addNode(scenario, command)
    case 'moveNodes': {
      const moved = new Set(command.nodes)
      return mapNodes(scenario, (node) =>
        moved.has(node.id) ? place(node, node.x + command.dx, node.y + command.dy) : node,
      )
    }
    case 'arrange':
      return mapNodes(scenario, (node) => {
        if (!Object.hasOwn(command.positions, node.id)) return node
        const { x, y } = command.positions[node.id]
        return place(node, x, y)
      })
    case 'renameNode':
      return renameNode(scenario, command.node, command.name)
    case 'configureNode':
      return mapNodes(scenario, (node) =>
        node.id === command.node ? configure(node, command.config) : node,
      )
    case 'configureWire':
      return withWires(
        scenario,
        scenario.wires.map((wire) =>
          wire.id === command.wire ? configure(wire, command.config) : wire,
        ),
      )
    case 'removeParts':
      return removeParts(scenario, new Set(command.nodes), new Set(command.wires))
    case 'connect':
      return connect(scenario, command.from, command.to, command.config ?? {})
    case 'paste':
      return paste(scenario, command.parts, command.dx, command.dy)
    case 'setTitle':
      return change(scenario, { title: command.title.slice(0, MAX_TITLE_CHARS) })
    case 'setDescription':
      return change(scenario, { description: command.description.slice(0, MAX_DESCRIPTION_CHARS) })
    case 'setSeed': {
      const { seed } = command
      const valid = Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED
      return valid ? change(scenario, { seed }) : scenario
    }
    case 'setSettings':
      return change(scenario, { settings: { ...scenario.settings, ...command.settings } })
    case 'replace':
      return samePlain(scenario, command.scenario) ? scenario : command.scenario
  }
}

/** The nodes and the wires between them as a document of their own: what goes on the clipboard. */
export function copyParts(scenario: Scenario, nodes: readonly NodeId[]): Scenario {
  const chosen = new Set(nodes)
  return {
    ...emptyScenario(),
    nodes: scenario.nodes.filter((node) => chosen.has(node.id)),
    wires: scenario.wires.filter((wire) => chosen.has(wire.from) && chosen.has(wire.to)),
  }
}

function addNode(
  scenario: Scenario,
  { kind, name, x, y, config = {} }: Extract<Command, { type: 'addNode' }>,
): Scenario {
  if (scenario.nodes.length >= MAX_NODES) return scenario
  const node = {
    id: nextNodeId(scenario),
    kind,
    name: uniqueName(namesOf(scenario), name.trim() || kind),
    x: coordinate(x),
    y: coordinate(y),
    config: merge({}, config),
  }
  return { ...scenario, nodes: [...scenario.nodes, node] }
}

function renameNode(scenario: Scenario, id: NodeId, name: string): Scenario {
  const others = scenario.nodes.filter((node) => node.id !== id)
  const wanted = name.trim()
  if (wanted === '') return scenario
  const unique = uniqueName(namesOf({ nodes: others }), wanted)
  return mapNodes(scenario, (node) =>
    node.id === id && node.name !== unique ? { ...node, name: unique } : node,
  )
}

function removeParts(
  scenario: Scenario,
  nodes: ReadonlySet<NodeId>,
  wires: ReadonlySet<WireId>,
): Scenario {
  const remaining = scenario.nodes.filter((node) => !nodes.has(node.id))
  return withWires(
    remaining.length === scenario.nodes.length ? scenario : { ...scenario, nodes: remaining },
    scenario.wires.filter(
      (wire) => !wires.has(wire.id) && !nodes.has(wire.from) && !nodes.has(wire.to),
    ),
  )
}

function connect(scenario: Scenario, from: NodeId, to: NodeId, config: Config): Scenario {
  const ids = new Set(scenario.nodes.map((node) => node.id))
  const taken = scenario.wires.some((wire) => wire.from === from && wire.to === to)
  if (from === to || taken || !ids.has(from) || !ids.has(to)) return scenario
  if (scenario.wires.length >= MAX_WIRES) return scenario
  const wire: Wire = { id: nextWireId(scenario), from, to, config: merge({}, config) }
  return { ...scenario, wires: [...scenario.wires, wire] }
}

function paste(
  scenario: Scenario,
  parts: Pick<Scenario, 'nodes' | 'wires'>,
  dx: number,
  dy: number,
): Scenario {
  if (scenario.nodes.length + parts.nodes.length > MAX_NODES) return scenario
  if (scenario.wires.length + parts.wires.length > MAX_WIRES) return scenario
  const copies = new Map<NodeId, NodeId>()
  let pasted = scenario
  for (const node of parts.nodes) {
    copies.set(node.id, nextNodeId(pasted))
    pasted = addNode(pasted, { ...node, type: 'addNode', x: node.x + dx, y: node.y + dy })
  }
  for (const { from, to, config } of parts.wires) {
    const [start, end] = [copies.get(from), copies.get(to)]
    if (start && end) pasted = connect(pasted, start, end, config)
  }
  return pasted
}

const namesOf = (scenario: Pick<Scenario, 'nodes'>): string[] =>
  scenario.nodes.map((node) => node.name)

/** Whole, within the canvas, and 0 where it is no number. */
const coordinate = (value: number): number =>
  Math.round(Math.min(MAX_COORDINATE, Math.max(-MAX_COORDINATE, value))) || 0

function place(node: ScenarioNode, x: number, y: number): ScenarioNode {
  const to = { x: coordinate(x), y: coordinate(y) }
  return to.x === node.x && to.y === node.y ? node : { ...node, ...to }
}

function configure<T extends { readonly config: Config }>(part: T, patch: Config): T {
  const config = merge(part.config, patch)
  return samePlain(config, part.config) ? part : { ...part, config }
}

const merge = (config: Config, patch: Config): Config =>
  Object.fromEntries(
    Object.entries({ ...config, ...patch }).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  )

/** The scenario with each node replaced; the same object when none was. */
function mapNodes(scenario: Scenario, replace: (node: ScenarioNode) => ScenarioNode): Scenario {
  const nodes = scenario.nodes.map(replace)
  return nodes.every((node, i) => node === scenario.nodes[i]) ? scenario : { ...scenario, nodes }
}

function withWires(scenario: Scenario, wires: readonly Wire[]): Scenario {
  const same =
    wires.length === scenario.wires.length && wires.every((wire, i) => wire === scenario.wires[i])
  return same ? scenario : { ...scenario, wires }
}

function change(scenario: Scenario, values: Partial<Scenario>): Scenario {
  const changed = { ...scenario, ...values }
  return samePlain(changed, scenario) ? scenario : changed
}
