/** UpdateDestination: changes the destination of a stream, for who knows its present version. */
import { DESTINATION } from '../destinations.ts'
import { invalidArgument, required, staleVersion } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { stateOf } from '../state.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { DESTINATION_ID, destinationIn, settingsIn, type Given } from './destination.ts'
import { processingIn, transformWires } from './processing.ts'
import { plainOperation, type Input } from '../../plainOperation.ts'

export const updateDestination = plainOperation({
  name: 'UpdateDestination',
  check: readUpdate,
  run(sim, node, input) {
    const given = readUpdate(sim, node, input)
    const { id } = sim.world.nodes[node]
    const drawn = sim.world.scenario.nodes.find((each) => each.id === id)!
    const state = stateOf(sim, node)
    const { carried } = state
    sim.edit({
      nodes: {
        [id]: {
          ...drawn,
          config: { ...drawn.config, destination: given.type, ...settingsIn(given) },
        },
      },
      wires: transformWires(sim, id, processingIn(sim, given.value)),
    })
    const before = drawn.config.destination === given.type ? carried.destination : {}
    state.carried = {
      ...carried,
      destination: { ...before, ...given.value },
      version: carried.version + 1,
      updatedUs: sim.nowUs,
    }
  },
})

/** @throws Refusal */
function readUpdate(sim: Simulation, node: number, input: Input): Given {
  const { name, config } = sim.world.nodes[node]
  const { CurrentDeliveryStreamVersionId: version, DestinationId } = input
  if (typeof version !== 'string') throw new Refusal(required('currentDeliveryStreamVersionId'))
  if (typeof DestinationId !== 'string') throw new Refusal(required('destinationId'))
  const current = String(stateOf(sim, node).carried.version)
  if (version !== current) throw new Refusal(staleVersion(name, current, version))
  if (DestinationId !== DESTINATION_ID) {
    throw new Refusal(
      invalidArgument(`Destination Id ${DestinationId} not found for firehose ${name}`),
    )
  }
  const given = destinationIn(input, 'Update')
  settingsIn(given)
  processingIn(sim, given.value)
  const [off] = DESTINATION[given.type].backupModes
  if (given.value.S3BackupMode === off && config.backsUpAll === true) {
    throw new Refusal(invalidArgument('S3BackupMode cannot be switched off once it is on.'))
  }
  return given
}
