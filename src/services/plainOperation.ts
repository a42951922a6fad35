/** Operations that only outside callers ask for: answered at once, no message rides on them. */
import type { Operation } from '../engine/behaviour.ts'
import { CODE } from '../engine/calls.ts'
import type { Simulation } from '../engine/simulation.ts'
import { reading } from './refusal.ts'

export type Input = Readonly<Record<string, unknown>>

interface Plain {
  readonly name: string
  /** Reads the input before anything changes. @throws Refusal with AWS's error */
  check?(sim: Simulation, node: number, input: Input): unknown
  /** Does it. */
  run?(sim: Simulation, node: number, input: Input): void
  /** AWS's output; absent = nothing. */
  output?(sim: Simulation, node: number, input: Input): unknown
}

export const plainOperation = ({ name, check, run, output }: Plain): Operation => ({
  name,
  carries: 'nothing',
  parse: (sim, node, _call, input) => reading(() => check?.(sim, node, input)),
  run(sim, node, call) {
    run?.(sim, node, sim.world.calls.outside[call]!.input)
    sim.answer(call, CODE.ok)
  },
  request: (_sim, _node, call) => call.outside?.input ?? {},
  response: (sim, node, call) => output?.(sim, node, call.outside?.input ?? {}) ?? {},
  gist: () => ({ input: '', output: '' }),
})
