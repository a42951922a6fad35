/** How a delivery stream is named at AWS, and found in the design. */
import type { Simulation } from '../../engine/simulation.ts'
import { arn } from '../aws.ts'

export const streamArn = (name: string): string => arn('firehose', `deliverystream/${name}`)

/** Index of the living delivery stream with this name, or -1. */
export const streamNamed = (sim: Simulation, name: string): number =>
  sim.world.nodes.findIndex((node) => node.alive && node.kind === 'firehose' && node.name === name)
