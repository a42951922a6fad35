/** What AWS bills for a function: how often it runs, and for how long with how much memory (FACTS 16). */
import { US_PER_S } from '../../base/units.ts'
import type { Charge } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { PRICES, charge } from '../prices.ts'
import { counted } from './books.ts'

/** There is no such setting: how fast a function works does not depend on it here. */
const MEMORY_MB = 128
const MB_PER_GB = 1024

export const charges = (sim: Simulation, node: number): readonly Charge[] => [
  charge(
    'Requests',
    counted(sim, node, 'Invocations'),
    PRICES.lambdaRequest,
    'Each time that the function is executed, for a batch of records once. Throttled invocations are not counted. What it reads from a queue is billed there.',
  ),
  charge(
    `Duration, ${MEMORY_MB} MB of memory assumed`,
    ((counted(sim, node, 'durationUs') / US_PER_S) * MEMORY_MB) / MB_PER_GB,
    PRICES.lambdaDuration,
    `The time of its handler, times its memory. Memory is no setting here, so ${MEMORY_MB} MB are assumed: with twice as much, this costs twice as much. Cold starts and executions that still run are not counted.`,
  ),
]
