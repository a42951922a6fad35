/**
 * What a delivery stream took in, for SQL applications that read it (FACTS 9): kept as it came, while one is
 * wired to it. AWS has no public operation for that; the permission it asked for is `firehose:Get*`.
 */
import { counted } from '../../base/format.ts'
import { fromSeconds } from '../../base/units.ts'
import type { Operation } from '../../engine/behaviour.ts'
import { CODE } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { appendRecord, arrivalAt, copyRecords, createLog, trim } from '../recordLog.ts'
import { LIMITS } from '../records.ts'
import { unknownOperation } from './errors.ts'
import { stateOf } from './state.ts'

/** No longer than Firehose keeps anything. */
const KEPT_US = fromSeconds(24 * 3600)
const MAX_BYTES = 10 * 1_048_576

/** Begins to keep records when an application is wired to it, and ends with the last. */
export function connectReaders(sim: Simulation, node: number): void {
  const { nodes, wires } = sim.world
  const state = stateOf(sim, node)
  const isRead = nodes[node].out.some((wire) => wires[wire].role === 'readIngested')
  state.ingested = isRead ? (state.ingested ?? createLog()) : null
}

export function keepIngested(sim: Simulation, node: number, slot: number): void {
  const { ingested } = stateOf(sim, node)
  if (!ingested) return
  const { messages } = sim.world
  const recipe = messages.recipe[slot]
  appendRecord(
    ingested,
    sim.nowUs,
    messages.serial[slot],
    recipe,
    messages.ordinal[slot],
    messages.sizeBytes[slot],
    messages.hue[slot],
    recipe === 0 ? sim.contentOf(slot) : undefined,
  )
}

/** `arg2` = position, `arg3` = limit, and answered LIMITS * count more. */
export const getRecords: Operation = {
  name: 'GetRecords',
  carries: 'records',
  isInternal: true,
  run(sim, node, call) {
    const { calls } = sim.world
    const log = stateOf(sim, node).ingested ?? createLog()
    trim(log, sim.nowUs - KEPT_US)
    const from = Math.min(log.end, Math.max(calls.arg2[call], log.trimmed))
    const limit = calls.arg3[call]
    const records = copyRecords(log, from, limit, MAX_BYTES)
    const next = from + records.count
    const behindUs = next >= log.end ? 0 : sim.nowUs - arrivalAt(log, next)
    const where = { shard: 0, shardCreatedUs: 0, first: from, next, behindUs, childShards: [] }
    calls.arg3[call] = limit + records.count * LIMITS
    calls.batches.set(call, Object.freeze({ ...records, ...where }))
    sim.answer(call, CODE.ok)
  },
  parse: unknownOperation,
  request: (sim, node, call) => ({
    DeliveryStreamName: sim.world.nodes[node].name,
    Limit: call.arg3 % LIMITS,
  }),
  response: (_sim, _node, call) => ({ Records: countOf(call) }),
  gist: (_sim, call) => ({ input: `from ${call.arg2}`, output: counted(countOf(call), 'record') }),
}

const countOf = ({ arg3 }: { readonly arg3: number }): number => Math.floor(arg3 / LIMITS)
