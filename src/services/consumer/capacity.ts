/** A fleet whose number of instances an Auto Scaling group decides. */
import type { Operation } from '../../engine/behaviour.ts'
import { CODE } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { resize, terminate } from './instances.ts'
import { MOST_INSTANCES, stateOf } from './state.ts'

/** Ours: what a group tells a fleet. `arg` is how many instances, `arg2` 0 to end work abruptly. */
export const setCapacity: Operation = {
  name: 'SetCapacity',
  carries: 'nothing',
  run(sim, node, call) {
    const { arg, arg2 } = sim.world.calls
    const state = stateOf(sim, node)
    state.capacity = Math.min(MOST_INSTANCES, arg[call])
    if (arg2[call] === 0) {
      for (let i = state.capacity; i < state.settings.instances; i++) terminate(sim, node, i)
    }
    state.settings = { ...state.settings, instances: state.capacity }
    resize(sim, node)
    sim.answer(call, CODE.ok)
  },
  request: (sim, node, { arg }) => ({ Fleet: sim.world.nodes[node].name, Instances: arg }),
  response: () => ({}),
  gist: (_sim, { arg }) => ({ input: `${arg} instances`, output: '' }),
  parse: () => ({
    code: 'InvalidAction',
    status: 400,
    message: 'Only an Auto Scaling group can set the capacity of a fleet, along a wire.',
  }),
}

/** Its own number counts again when the last group lets go of it. */
export function releaseCapacity(sim: Simulation, node: number): void {
  const { nodes, wires } = sim.world
  const state = stateOf(sim, node)
  if (nodes[node].in.some((wire) => wires[wire].role === 'capacity')) return
  if (state.capacity < 0) return
  state.capacity = -1
  state.settings = { ...state.settings, instances: Number(nodes[node].config.instances) }
  resize(sim, node)
}
