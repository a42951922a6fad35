/** ListFunctions and GetFunction. */
import type { AccountOperation } from '../../../engine/behaviour.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { plainOperation } from '../../plainOperation.ts'
import { functionArn } from '../names.ts'

export const listFunctions: AccountOperation = {
  name: 'ListFunctions',
  run: (sim) => ({
    output: {
      Functions: sim.world.nodes
        .filter(({ alive, kind }) => alive && kind === 'lambda')
        .map(({ index }) => configurationOf(sim, index)),
    },
  }),
}

export const getFunction = plainOperation({
  name: 'GetFunction',
  output(sim, node) {
    const reserved = Number(sim.world.nodes[node].config.ReservedConcurrentExecutions)
    return {
      Configuration: configurationOf(sim, node),
      ...(reserved >= 0 && { Concurrency: { ReservedConcurrentExecutions: reserved } }),
    }
  },
})

function configurationOf(sim: Simulation, node: number) {
  const { name, config } = sim.world.nodes[node]
  return {
    FunctionName: name,
    FunctionArn: functionArn(name),
    Timeout: config.Timeout,
    Version: '$LATEST',
    State: 'Active',
  }
}
