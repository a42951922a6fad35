/** Fresh ids and names, made from the document alone: the same edit gives the same document. */
import { MAX_NAME_CHARS } from './caps.ts'
import type { NodeId, Scenario, WireId } from './scenario.ts'

/** Names that had to be numbered stay within what every AWS service allows. */
const MAX_NUMBERED_CHARS = 63

/** "n4": the first free number from the count of nodes on. What the next `addNode` will use. */
export const nextNodeId = (scenario: Pick<Scenario, 'nodes'>): NodeId => free('n', scenario.nodes)

/** "w4", likewise; what the next `connect` will use. */
export const nextWireId = (scenario: Pick<Scenario, 'wires'>): WireId => free('w', scenario.wires)

function free(letter: string, parts: readonly { readonly id: string }[]): string {
  const taken = new Set(parts.map((part) => part.id))
  let number = parts.length + 1
  while (taken.has(letter + number)) number++
  return letter + number
}

/**
 * `wanted` if nobody has it, else with the first free number from 2: "orders-2". A number it already
 * ends with counts on ("orders-2" becomes "orders-3"), and a ".fifo" stays last.
 */
export function uniqueName(names: Iterable<string>, wanted: string): string {
  const taken = new Set(names)
  const name = wanted.slice(0, MAX_NAME_CHARS)
  if (!taken.has(name)) return name
  const [, base, , suffix] = /^(.*?)(-\d{1,6})?(\.fifo)?$/s.exec(name)!
  for (let number = 2; ; number++) {
    const end = `-${number}${suffix ?? ''}`
    const candidate = base.slice(0, MAX_NUMBERED_CHARS - end.length) + end
    if (!taken.has(candidate)) return candidate
  }
}
