/** Why a table refuses, in words for people (FACTS 15.4). */
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'

export function because(sim: Simulation, node: number, row: LogRow): string {
  const { ReadCapacityUnits, WriteCapacityUnits } = sim.world.nodes[node].config
  switch (row.error) {
    case 'ProvisionedThroughputExceededException':
      return `The table has ${Number(ReadCapacityUnits)} read and ${Number(WriteCapacityUnits)} write capacity units a second, and what it had saved is used up. The caller may try again later; more units or on-demand capacity make room.`
    case 'ConditionalCheckFailedException':
      return 'The item is not as the ConditionExpression says: somebody else wrote it before. Nothing was changed.'
    default:
      return ''
  }
}
