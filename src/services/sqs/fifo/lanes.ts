/** The rows of a FIFO queue's card: a lane for each of the first few groups. */
import type { Token, TokenRow } from '../../../engine/frame.ts'
import type { MessageTable } from '../../../engine/messages.ts'
import { isLocked, type Group, type Groups } from './groups.ts'

/** A row for each lane, and one for the groups that have none. */
export function laneRows(
  groups: Groups,
  messages: MessageTable,
  tokenOf: (slot: number) => Token,
): TokenRow[] {
  const { lanes } = groups
  const rows = lanes.map(({ id }, place): TokenRow => {
    const index = groups.byId.get(id)
    const group = index === undefined ? undefined : groups.all[index]
    return {
      name: `lane${place}`,
      label: id,
      total: group ? visibleOrOut(group) : 0,
      tokens: group ? firstOf(messages, group).map(tokenOf) : [],
      locked: group !== undefined && isLocked(messages, group),
    }
  })
  const shown = rows.reduce((sum, row) => sum + row.total, 0)
  const all = groups.all.reduce((sum, group) => sum + visibleOrOut(group), 0)
  const others = groups.byId.size - lanes.filter(({ id }) => groups.byId.has(id)).length
  if (others > 0) {
    rows.push({ name: 'others', label: `+ ${others} groups`, total: all - shown, tokens: [] })
  }
  return rows
}

const visibleOrOut = ({ visible, inFlight }: Group): number => visible.count + inFlight.length

const TOKENS = 8

/** The group's first messages in their order, in flight or visible. */
function firstOf(messages: MessageTable, group: Group): number[] {
  const slots = [...group.inFlight]
  let slot = group.visible.head
  for (let n = 0; n < TOKENS && slot >= 0; n++) {
    slots.push(slot)
    slot = messages.next[slot]
  }
  const { sequence } = messages
  return slots.sort((a, b) => sequence[a] - sequence[b]).slice(0, TOKENS)
}
