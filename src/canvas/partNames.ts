/** How parts and wires are called, on cards and to screen readers. */
import { formatCount } from '../base/format.ts'
import type { Scenario, ScenarioNode, Wire } from '../scenario/scenario.ts'
import { connectionOf, schemas } from '../services/schemas.ts'
import { refusedWire } from '../services/wireAccess.ts'
import type { NodeDigest } from '../worker/protocol.ts'

/** The kind as people read it: "SQS queue"; an unknown kind by its id. */
export function kindTitle(node: ScenarioNode): string {
  const schema = schemas.get(node.kind)
  return schema?.titleOf?.(node) ?? schema?.title ?? node.kind
}

/** "inFlight" → "in flight". */
const words = (name: string): string => name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)

/** "SQS queue orders, 12 visible, 3 in flight". `title` is the card's heading where it differs. */
export function spokenName(
  node: ScenarioNode,
  digest: NodeDigest | undefined,
  title = kindTitle(node),
): string {
  const rows = (digest?.rows ?? []).map(
    (row) => `${formatCount(row.total)} ${row.label ?? words(row.name)}`,
  )
  return [`${title} ${node.name}`, ...rows].join(', ')
}

/** On a wire that a policy refuses. */
export const ACCESS_DENIED = 'access denied'

/** "orders to workers, poll, priority 2". */
export function spokenWire(scenario: Scenario, wire: Wire): string {
  const from = scenario.nodes.find((node) => node.id === wire.from)
  const to = scenario.nodes.find((node) => node.id === wire.to)
  if (!from || !to) return 'Wire'
  const connection = connectionOf(from, to)
  const meaning = connection.ok ? [connection.role, connection.label(wire.config)] : []
  const denied = refusedWire(from, to) ? [ACCESS_DENIED] : []
  const words = [...meaning, ...denied].filter((word) => word !== '')
  return [`${from.name} to ${to.name}`, ...words].join(', ')
}

/** "1 warning", "3 warnings". */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`
