/** Questions about wires that need the whole scenario: may this one be drawn, where does it attach. */
import type { NodeId, Scenario } from '../scenario/scenario.ts'
import type { Connection } from '../services/schema.ts'
import { connectionOf } from '../services/schemas.ts'

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
