/** Questions about wires that need the whole scenario: may this one be drawn, where does it attach. */
import type { NodeId, Scenario, ScenarioNode } from '../scenario/scenario.ts'
import type { Connection, KindSchema } from '../services/schema.ts'
import { connectionOf, schemas } from '../services/schemas.ts'

/** The role whose wires leave a card at the bottom, dashed, instead of at the right. */
export const REDRIVE = 'redrive'

const gone: Connection = { ok: false, reason: 'That part is no longer there.', instead: '' }

/** What a new wire would mean, or why there can be none: the kinds' rules plus what is drawn already. */
export function wireVerdict(scenario: Scenario, from: NodeId, to: NodeId): Connection {
  const source = scenario.nodes.find((node) => node.id === from)
  const target = scenario.nodes.find((node) => node.id === to)
  if (!source || !target) return gone
  const connection = connectionOf(source, target)
  if (!connection.ok) return connection
  const leaving = scenario.wires.filter((wire) => wire.from === from)
  if (leaving.some((wire) => wire.to === to)) {
    return {
      ok: false,
      reason: `“${source.name}” and “${target.name}” are connected already.`,
      instead: 'Select the wire to change its settings.',
    }
  }
  const { role, maxFrom = Infinity } = connection
  const roles = leaving.map((wire) => roleOfWire(scenario, wire.from, wire.to))
  if (roles.filter((other) => other === role).length >= maxFrom) {
    return {
      ok: false,
      reason: `“${source.name}” has a ${role} wire already, and can have only ${maxFrom}.`,
      instead: 'Remove that wire first.',
    }
  }
  return connection
}

/** What a drawn wire means; '' where a part is unknown to this version. */
export function roleOfWire(scenario: Scenario, from: NodeId, to: NodeId): string {
  const source = scenario.nodes.find((node) => node.id === from)
  const target = scenario.nodes.find((node) => node.id === to)
  if (!source || !target) return ''
  const connection = connectionOf(source, target)
  return connection.ok ? connection.role : ''
}

export interface Outlets {
  readonly rolesOut: ReadonlySet<string>
  readonly rolesIn: ReadonlySet<string>
}

/** A part with every default, and one of each palette entry: what it connects to may follow from it. */
const samples = ({ kind, presets }: KindSchema, id: string): readonly ScenarioNode[] =>
  [{}, ...presets.map(({ config }) => config)].map((config) => ({
    id,
    kind,
    name: id,
    x: 0,
    y: 0,
    config,
  }))

const sources = [...schemas.values()].flatMap((schema) => samples(schema, 'a'))

function findOutlets(): ReadonlyMap<string, Outlets> {
  const kinds = [...schemas.values()]
  const outlets = new Map(
    kinds.map((schema) => [
      schema.kind,
      { rolesOut: new Set<string>(), rolesIn: new Set<string>() },
    ]),
  )
  const targets = kinds.flatMap((schema) => samples(schema, 'b'))
  for (const source of sources) {
    for (const target of targets) {
      const connection = connectionOf(source, target)
      if (!connection.ok) continue
      outlets.get(source.kind)?.rolesOut.add(connection.role)
      outlets.get(target.kind)?.rolesIn.add(connection.role)
    }
  }
  return outlets
}

const outlets = findOutlets()
const NONE: Outlets = { rolesOut: new Set(), rolesIn: new Set() }

/** Which roles could leave or reach a part of this kind; asked once of all pairs of kinds. */
export const outletsOf = (kind: string): Outlets => outlets.get(kind) ?? NONE

const asked = new WeakMap<ScenarioNode, boolean>()

/** Whether a wire from the left could reach this part as it is set now; asked once of each version of it. */
export function takesWires(part: ScenarioNode): boolean {
  let takes = asked.get(part)
  if (takes === undefined) {
    takes = sources.some((source) => {
      const connection = connectionOf(source, { ...part, id: 'b' })
      return connection.ok && connection.role !== REDRIVE
    })
    asked.set(part, takes)
  }
  return takes
}
