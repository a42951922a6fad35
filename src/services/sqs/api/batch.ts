/** What the four batch operations share: each entry succeeds or fails by itself. */
import { CODE, ITEMS_PER_CALL, addItem, type ApiError } from '../../../engine/calls.ts'
import type { CallView, ItemView } from '../../../engine/behaviour.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { RESULT } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import type { Input } from './input.ts'

/**
 * Puts an item on the call for every entry; one that `add` refuses stays in its place without a
 * message, and fails alone.
 */
export function addEntries(
  sim: Simulation,
  call: number,
  entries: readonly Input[],
  add: (entry: Input) => void,
): void {
  const { calls } = sim.world
  const failures: Record<number, ApiError> = {}
  entries.forEach((entry, index) => {
    try {
      add(entry)
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      refuseEntry(sim, call, index)
      failures[index] = problem.error
    }
  })
  calls.outside[call]!.failures = failures
}

function refuseEntry(sim: Simulation, call: number, index: number): void {
  const { calls } = sim.world
  const item = addItem(calls, call, -1, 0)
  calls.codes[call * ITEMS_PER_CALL + item] = RESULT.refusedEntry
  if (item !== index) throw new Error('an entry put more than one message on the call')
}

/** The Id of an entry: the outside caller's own, or its number for calls of actors. */
export const entryId = (call: CallView, index: number): string => {
  const entries = call.outside?.input.Entries
  return Array.isArray(entries) ? String(entries[index].Id) : String(index + 1)
}

/** AWS's output of a batch: Successful and Failed, each only when it has entries. */
export function batchOutput(
  sim: Simulation,
  node: number,
  call: CallView,
  success: (item: ItemView, index: number) => Record<string, unknown>,
): Record<string, unknown> {
  const Successful: unknown[] = []
  const Failed: unknown[] = []
  call.items.forEach((item, index) => {
    const Id = entryId(call, index)
    if (item.code === CODE.ok) {
      Successful.push({ Id, ...success(item, index) })
    } else {
      const error = call.outside?.failures?.[index] ?? sim.errorFor(node, item.code, call, item)!
      Failed.push({
        Id,
        SenderFault: true,
        Code: error.legacyCode ?? error.code,
        Message: error.message,
      })
    }
  })
  return {
    ...(Successful.length > 0 && { Successful }),
    ...(Failed.length > 0 && { Failed }),
  }
}
