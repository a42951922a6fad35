/**
 * Whether the parts of a document fit together: ids and names are unique, wires end at nodes, and
 * all of this stays so after every recorded edit, so that the engine never meets a broken document.
 */
import { MAX_NODES, MAX_WIRES } from './caps.ts'
import type { Config, Intervention, Scenario, ScenarioNode, Wire } from './scenario.ts'

/** What other layers know about settings, and this one may not import (`services/validate.ts`). */
export interface Checks {
  /** Problems of a node's settings, each one sentence; none for kinds it does not know. */
  checkConfig?(kind: string, config: Config): readonly string[]
  /** Problems of a wire's settings. */
  checkWire?(from: ScenarioNode, to: ScenarioNode, config: Config): readonly string[]
}

type Changes = Extract<Intervention, { type: 'edit' }>['diff']
type Parts = Pick<Changes, 'nodes' | 'wires'>

/** The first thing wrong, as one sentence; null when all fits. */
export function findMisfit(
  scenario: Scenario,
  interventions: readonly Intervention[],
  checks: Checks = {},
): string | null {
  const nodeTwice = firstTwice(scenario.nodes.map((node) => node.id))
  if (nodeTwice) return `The part with the id “${nodeTwice}” occurs twice.`
  const wireTwice = firstTwice(scenario.wires.map((wire) => wire.id))
  if (wireTwice) return `The wire with the id “${wireTwice}” occurs twice.`

  const design = new Design(checks)
  const start = design.change({ nodes: byId(scenario.nodes), wires: byId(scenario.wires) })
  if (start) return start
  for (const intervention of interventions) {
    if (intervention.type !== 'edit') continue
    const misfit = design.change(intervention.diff)
    if (misfit) return `In the edit at ${intervention.atUs / 1_000_000} s: ${misfit}`
  }
  return null
}

function firstTwice(ids: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return ids.find((id) => seen.size === seen.add(id).size)
}

const byId = <T extends { readonly id: string }>(parts: readonly T[]): Record<string, T> =>
  Object.fromEntries(parts.map((part) => [part.id, part]))

/** The design as edits go by; each costs only what it touches. */
class Design {
  private readonly nodes = new Map<string, ScenarioNode>()
  private readonly wires = new Map<string, Wire>()
  private readonly names = new Set<string>()
  /** Wires that begin or end at a node. */
  private readonly wiresAt = new Map<string, Set<Wire>>()

  constructor(private readonly checks: Checks) {}

  /** Applies the changes; returns what does not fit afterwards, or null. */
  change(parts: Parts): string | null {
    const nodes = Object.entries(parts.nodes)
    const wires = Object.entries(parts.wires)
    for (const [id] of wires) this.removeWire(id)
    for (const [id] of nodes) this.removeNode(id)
    return (
      first(nodes, ([id, node]) => node && this.addNode(id, node)) ??
      first(wires, ([id, wire]) => wire && this.addWire(id, wire)) ??
      first(nodes, ([id]) => this.checkEnds(id)) ??
      (this.nodes.size > MAX_NODES ? `There are more than ${MAX_NODES} parts.` : null) ??
      (this.wires.size > MAX_WIRES ? `There are more than ${MAX_WIRES} wires.` : null)
    )
  }

  private removeNode(id: string): void {
    const node = this.nodes.get(id)
    if (node) this.names.delete(node.name)
    this.nodes.delete(id)
  }

  private removeWire(id: string): void {
    const wire = this.wires.get(id)
    if (!wire) return
    this.wiresAt.get(wire.from)?.delete(wire)
    this.wiresAt.get(wire.to)?.delete(wire)
    this.wires.delete(id)
  }

  private addNode(id: string, node: ScenarioNode): string | null {
    if (node.id !== id) return `The part “${node.name}” is filed under another id.`
    if (this.names.has(node.name)) return `Two parts are called “${node.name}”.`
    this.nodes.set(id, node)
    this.names.add(node.name)
    const problem = this.checks.checkConfig?.(node.kind, node.config)[0]
    return problem === undefined ? null : `“${node.name}”: ${problem}`
  }

  private addWire(id: string, wire: Wire): string | null {
    if (wire.id !== id) return `The wire “${wire.id}” is filed under another id.`
    for (const end of [wire.from, wire.to]) {
      if (!this.nodes.has(end)) return nowhere(wire, end)
      if (!this.wiresAt.has(end)) this.wiresAt.set(end, new Set())
      this.wiresAt.get(end)!.add(wire)
    }
    this.wires.set(id, wire)
    return this.checkWire(wire)
  }

  /** After a node has changed or gone: do the wires that touch it still have both ends and fit? */
  private checkEnds(id: string): string | null {
    return first([...(this.wiresAt.get(id) ?? [])], (wire) =>
      this.nodes.has(id) ? this.checkWire(wire) : nowhere(wire, id),
    )
  }

  private checkWire(wire: Wire): string | null {
    const from = this.nodes.get(wire.from)
    const to = this.nodes.get(wire.to)
    if (!from || !to) return null
    const problem = this.checks.checkWire?.(from, to, wire.config)[0]
    return problem === undefined ? null : `Wire from “${from.name}” to “${to.name}”: ${problem}`
  }
}

const nowhere = (wire: Wire, end: string): string =>
  `The wire “${wire.id}” leads to “${end}”, a part that is not there.`

/** The first answer that is a problem. */
function first<T>(items: readonly T[], ask: (item: T) => string | null): string | null {
  for (const item of items) {
    const problem = ask(item)
    if (problem) return problem
  }
  return null
}
