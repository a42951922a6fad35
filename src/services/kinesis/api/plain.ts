/** Operations that carry no records: answered at once. */
import type { Operation } from '../../../engine/behaviour.ts'
import { CODE } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { resourceInUse } from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { streamOf, type StreamState } from '../stream.ts'
import { ACCOUNT } from '../../aws.ts'
import type { Input, Rules } from './validate.ts'

/** Its input is checked before its stream is looked for (`locate.ts`). */
export interface CheckedOperation extends Operation {
  readonly rules: Rules | ((sim: Simulation, input: Input) => Rules)
  /** Members that must look like shard ids. */
  readonly shardIds?: readonly string[]
}

interface Plain {
  readonly name: string
  readonly rules: Rules
  readonly shardIds?: readonly string[]
  /** Reads the input before anything changes. @throws Refusal with AWS's error */
  check?(sim: Simulation, node: number, input: Input): unknown
  /** Does it. */
  run?(sim: Simulation, node: number, input: Input): void
  /** AWS's output; absent = nothing. */
  output?(sim: Simulation, node: number, input: Input): unknown
  /** After the answer is told. */
  done?(sim: Simulation, node: number, input: Input): void
  /** After the answer, when it went outside. */
  told?(sim: Simulation, node: number, input: Input): void
}

export const plainOperation = ({
  name,
  rules,
  shardIds,
  check: read,
  run,
  output,
  done,
  told,
}: Plain): CheckedOperation => ({
  name,
  rules,
  ...(shardIds && { shardIds }),
  carries: 'nothing',
  parse: (sim, node, _call, input) => reading(() => read?.(sim, node, input)),
  run(sim, node, call) {
    const { calls } = sim.world
    const { input } = calls.outside[call]!
    const fromOutside = calls.from[call] < 0
    run?.(sim, node, input)
    sim.answer(call, CODE.ok)
    done?.(sim, node, input)
    if (fromOutside) told?.(sim, node, input)
  },
  request: (sim, node) => ({ StreamName: sim.world.nodes[node].name }),
  response: (sim, node, call) => output?.(sim, node, call.outside?.input ?? {}) ?? {},
  gist: (sim, call) => ({ input: gistOf(sim, call.outside?.input), output: '' }),
})

/** The input's short values, but for those that name the stream. */
function gistOf(_sim: Simulation, input: Input = {}): string {
  return Object.entries(input)
    .filter(([name, value]) => !/^Stream(Name|ARN)$/.test(name) && typeof value !== 'object')
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ')
    .slice(0, 80)
}

/** What changes a stream needs it to be ACTIVE. @throws Refusal */
export function activeStream(sim: Simulation, node: number): StreamState {
  const state = streamOf(sim, node)
  if (state.status === 'ACTIVE') return state
  const { name } = sim.world.nodes[node]
  throw new Refusal(
    resourceInUse(
      `Stream ${name} under account ${ACCOUNT} not ACTIVE, instead in state ${state.status}`,
    ),
  )
}
