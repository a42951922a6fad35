/** Makes a world from a document, and changes it when the document is edited while it runs. */
import { applyDiff } from '../scenario/diff.ts'
import type { Scenario, ScenarioDiff, ScenarioNode, Wire } from '../scenario/scenario.ts'
import type { AccountOperation, Behaviour } from './behaviour.ts'
import type { ApiError } from './calls.ts'
import type { Simulation } from './simulation.ts'
import { NETWORKS, type NodeState, type WireState, type World } from './world.ts'

/** What the engine must ask about kinds; `src/services/kinds.ts` answers. */
export interface Kinds {
  behaviour(kind: string): Behaviour | undefined
  /** The kind that fulfils a service's API, by the AWS CLI's name of the service. */
  service(name: string): Behaviour | undefined
  /** A node's config with every default filled in. */
  config(node: ScenarioNode, limits: Scenario['settings']['limits']): Record<string, unknown>
  /** A wire's meaning and full config; null when the two cannot be connected. */
  wire(
    wire: Wire,
    from: ScenarioNode,
    to: ScenarioNode,
  ): { role: string; config: Record<string, unknown> } | null
  /** Which node and operation an outside call means, which operation on no node, or AWS's error. */
  locate(
    sim: Simulation,
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): { node: number; operation: number } | { account: AccountOperation } | { error: ApiError }
}

/** Puts the document's nodes and wires into a new, empty world. */
export function populate(sim: Simulation): void {
  const { world } = sim
  const { nodes, wires } = world.scenario
  const added = nodes.map((node) => addNode(sim, world, node)).filter((node) => node !== null)
  for (const wire of wires) addWire(sim, world, wire)
  relink(world)
  for (const node of added) sim.behaviours[node.index]!.started?.(sim, node.index)
}

export function applyEdit(sim: Simulation, diff: ScenarioDiff): void {
  const { world } = sim
  const before = world.scenario
  world.scenario = Object.freeze(applyDiff(before, diff))
  world.network = NETWORKS[world.scenario.settings.network]
  const touched = new Set<number>()
  const started: NodeState[] = []

  for (const wire of world.wires) {
    if (!wire.alive || diff.wires[wire.id] === undefined) continue
    touched.add(wire.from).add(wire.to)
    const now = diff.wires[wire.id]
    if (now && reconfigureWire(sim, world, wire, now)) continue
    wire.alive = false
  }
  for (const [id, node] of Object.entries(diff.nodes)) {
    const present = world.nodes.find((candidate) => candidate.alive && candidate.id === id)
    if (!present) {
      const added = node && addNode(sim, world, node)
      if (added) started.push(added)
    } else if (!node || node.kind !== present.kind) {
      removeNode(sim, world, present, touched)
      const added = node && addNode(sim, world, node)
      if (added) started.push(added)
    } else {
      present.name = node.name
    }
  }
  for (const wire of world.scenario.wires) {
    if (world.wires.some((present) => present.alive && present.id === wire.id)) continue
    const added = addWire(sim, world, wire)
    if (added) touched.add(added.from).add(added.to)
  }
  relink(world)
  for (const node of started) sim.behaviours[node.index]!.started?.(sim, node.index)
  reconfigureNodes(sim, world, diff)
  for (const index of touched) {
    if (world.nodes[index].alive) sim.behaviours[index]!.wired?.(sim, index)
  }
}

/** Settings may follow from the document's limits too: when these changed, every node is compared. */
function reconfigureNodes(sim: Simulation, world: World, diff: ScenarioDiff): void {
  const drawnById = new Map(world.scenario.nodes.map((drawn) => [drawn.id, drawn]))
  for (const node of world.nodes) {
    if (!node.alive || (!diff.settings && !diff.nodes[node.id])) continue
    const drawn = drawnById.get(node.id)!
    const config = sim.kinds.config(drawn, world.scenario.settings.limits)
    const before = node.config
    if (sameConfig(before, config)) continue
    node.config = Object.freeze(config)
    sim.behaviours[node.index]!.configured?.(sim, node.index, before)
  }
}

function addNode(sim: Simulation, world: World, drawn: ScenarioNode): NodeState | null {
  const behaviour = sim.kinds.behaviour(drawn.kind)
  if (!behaviour) return null
  const node: NodeState = {
    index: world.nodes.length,
    id: drawn.id,
    kind: drawn.kind,
    name: drawn.name,
    config: Object.freeze(sim.kinds.config(drawn, world.scenario.settings.limits)),
    alive: true,
    addedUs: world.nowUs,
    removedUs: -1,
    state: null,
    counters: new Float64Array(behaviour.counters.length),
    out: [],
    in: [],
  }
  world.nodes.push(node)
  sim.bindNode(node)
  node.state = behaviour.create(sim, node.index)
  return node
}

function removeNode(sim: Simulation, world: World, node: NodeState, touched: Set<number>): void {
  sim.behaviours[node.index]!.removed?.(sim, node.index)
  node.alive = false
  node.removedUs = world.nowUs
  sim.bindNode(node)
  for (const wire of world.wires) {
    if (!wire.alive || (wire.from !== node.index && wire.to !== node.index)) continue
    wire.alive = false
    touched.add(wire.from).add(wire.to)
  }
}

function addWire(sim: Simulation, world: World, drawn: Wire): WireState | null {
  const meaning = meaningOf(sim, world, drawn)
  const from = world.nodes.find((node) => node.alive && node.id === drawn.from)
  const to = world.nodes.find((node) => node.alive && node.id === drawn.to)
  if (!meaning || !from || !to) return null
  const wire: WireState = {
    index: world.wires.length,
    id: drawn.id,
    from: from.index,
    to: to.index,
    role: meaning.role,
    config: Object.freeze(meaning.config),
    alive: true,
  }
  world.wires.push(wire)
  return wire
}

/** False when the wire now runs between other nodes or means something else. */
function reconfigureWire(sim: Simulation, world: World, wire: WireState, drawn: Wire): boolean {
  const meaning = meaningOf(sim, world, drawn)
  const sameEnds = world.nodes[wire.from].id === drawn.from && world.nodes[wire.to].id === drawn.to
  if (!meaning || !sameEnds || meaning.role !== wire.role) return false
  wire.config = Object.freeze(meaning.config)
  return true
}

function meaningOf(sim: Simulation, world: World, drawn: Wire) {
  const from = world.scenario.nodes.find((node) => node.id === drawn.from)
  const to = world.scenario.nodes.find((node) => node.id === drawn.to)
  return from && to ? sim.kinds.wire(drawn, from, to) : null
}

/** Rebuilds every node's wire lists. */
function relink(world: World): void {
  for (const node of world.nodes) {
    node.out = []
    node.in = []
  }
  for (const wire of world.wires) {
    if (!wire.alive) continue
    world.nodes[wire.from].out.push(wire.index)
    world.nodes[wire.to].in.push(wire.index)
  }
}

function sameConfig(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): boolean {
  const keys = Object.keys(b)
  return keys.length === Object.keys(a).length && keys.every((key) => Object.is(a[key], b[key]))
}
