/** What AWS bills for an alarm: that it is there (FACTS 16). */
import type { Charge } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { PRICES, US_PER_MONTH, charge, existedUs } from '../prices.ts'

export const charges = (sim: Simulation, node: number): readonly Charge[] => [
  charge(
    'Alarm, standard resolution',
    existedUs(sim, node) / US_PER_MONTH,
    PRICES.alarm,
    'An alarm costs the same whatever it watches and however often it goes off. For one with a period below 60 s there is no price here: it is counted like the others. What it calls is billed where it arrives.',
  ),
]
