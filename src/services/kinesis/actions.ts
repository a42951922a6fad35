/** Buttons: a record by hand, and resharding by one step. */
import type { Action } from '../../engine/behaviour.ts'
import type { ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { toBase64 } from '../../base/base64.ts'
import { begin } from './changes.ts'
import { resourceInUse, validation } from './errors.ts'
import { compareKeys, middleOf } from './hashKeys.ts'
import { heatOf } from './limits.ts'
import { streamOf, type Shard, type StreamState } from './stream.ts'

const encoder = new TextEncoder()

export const actions: Readonly<Record<string, Action>> = {
  putOne(sim, node) {
    const { name } = sim.world.nodes[node]
    const n = sim.world.messages.nextSerial
    const input = {
      StreamName: name,
      Data: toBase64(encoder.encode(`{"test":${n}}`)),
      PartitionKey: `test-${n}`,
    }
    return sim.callFromOutside('kinesis', 'PutRecord', input).error
  },
  splitHottest(sim, node) {
    const state = streamOf(sim, node)
    const problem = notNow(state)
    if (problem) return problem
    const [hottest] = openByHeat(sim, state)
    if (compareKeys(hottest.start, hottest.end) === 0) return NO_ROOM
    const at = middleOf(hottest.start, hottest.end)
    begin(sim, node, { type: 'split', shard: hottest.index, at })
    return undefined
  },
  mergeColdest(sim, node) {
    const state = streamOf(sim, node)
    const problem = notNow(state)
    if (problem) return problem
    if (state.open.length < 2) return ONLY_ONE
    const shards = state.open.map((index) => state.shards[index])
    const heats = shards.map(({ meter }) => heatOf(meter, sim.nowUs).share)
    let coldest = 1
    for (let n = 1; n < shards.length; n++) {
      if (heats[n] + heats[n - 1] < heats[coldest] + heats[coldest - 1]) coldest = n
    }
    const shard = shards[coldest - 1].index
    begin(sim, node, { type: 'merge', shard, other: shards[coldest].index })
    return undefined
  },
}

const NO_ROOM = validation('The shard covers one hash key only, so it cannot be split.')
const ONLY_ONE = validation('There is only one shard.')

function notNow({ status, settings }: StreamState): ApiError | null {
  if (settings.onDemand) {
    return validation('Request is invalid. Resharding is not supported for on-demand streams.')
  }
  return status === 'ACTIVE' ? null : resourceInUse(`The stream is ${status}; wait until ACTIVE.`)
}

function openByHeat(sim: Simulation, state: StreamState): Shard[] {
  const shards = state.open.map((index) => state.shards[index])
  const share = new Map(shards.map((shard) => [shard, heatOf(shard.meter, sim.nowUs).share]))
  return shards.sort((a, b) => share.get(b)! - share.get(a)! || a.index - b.index)
}
