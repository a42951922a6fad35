/** How the workers call the table and the stream: along the application's wires, with a token that says who. */
import { fromMs, type SimUs } from '../../base/units.ts'
import { ask } from '../../engine/asks.ts'
import type { OutsideCall } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { count, stateOf, tokenOf, type Worker } from './state.ts'

type Input = Readonly<Record<string, unknown>>

/** After a refusal. */
export const PATIENCE_US = 1_000_000

/** True while the application has both, a stream and a table. */
export function isWired(sim: Simulation, node: number): boolean {
  const { streamWire, tableWire } = stateOf(sim, node)
  return streamWire >= 0 && tableWire >= 0
}

export function askTable(
  sim: Simulation,
  node: number,
  worker: Worker,
  serial: number,
  operation: string,
  input: Input,
): void {
  askAlong(sim, node, stateOf(sim, node).tableWire, worker, serial, operation, input)
}

export function askStream(
  sim: Simulation,
  node: number,
  worker: Worker,
  serial: number,
  operation: string,
  input: Input,
): void {
  askAlong(sim, node, stateOf(sim, node).streamWire, worker, serial, operation, input)
}

function askAlong(
  sim: Simulation,
  node: number,
  wire: number,
  worker: Worker,
  serial: number,
  operation: string,
  input: Input,
): void {
  const { calls, wires } = sim.world
  const { from, to } = wires[wire]
  const call = ask(sim, node, from === node ? to : from, operation, input, wire)
  calls.token[call] = tokenOf(worker, serial)
}

/** The table's name. */
export const tableName = (sim: Simulation, node: number): string => {
  const { nodes, wires } = sim.world
  return nodes[wires[stateOf(sim, node).tableWire].to].name
}

/** Index of the stream's node. */
export const streamOf = (sim: Simulation, node: number): number =>
  sim.world.wires[stateOf(sim, node).streamWire].from

export const failoverUs = (sim: Simulation, node: number): SimUs =>
  fromMs(Number(sim.world.nodes[node].config.failoverTimeMillis))

/** Whether the table has refused a request for want of capacity; counts it. */
export function isThrottled(sim: Simulation, node: number, { error }: OutsideCall): boolean {
  if (error?.code !== 'ProvisionedThroughputExceededException') return false
  count(sim, node, 'writesThrottled')
  stateOf(sim, node).throttledUs = sim.nowUs
  return true
}
