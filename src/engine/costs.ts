/** What the run would cost at AWS: the charges of every part, added up. */
import { US_PER_S, type SimUs } from '../base/units.ts'
import type { Charge, Cost, Costs, PartCosts } from './frame.ts'
import type { Simulation } from './simulation.ts'

/** AWS's prices by the month go by 730 hours. */
export const HOURS_A_MONTH = 730
const US_PER_MONTH = HOURS_A_MONTH * 3600 * US_PER_S

/** What AWS would bill until now, and in a month that goes on like that. */
export function costsOf(sim: Simulation): Costs {
  const { nodes, nowUs, startUs } = sim.world
  const elapsedUs = nowUs - startUs
  const parts: PartCosts[] = []
  const notCounted: string[] = []
  for (const { index, id, name, kind, alive } of nodes) {
    const charges = sim.behaviours[index]?.charges?.(sim, index)
    if (charges) {
      const priced = charges.map((charge) => ({ ...charge, ...costOf(usdOf(charge), elapsedUs) }))
      const sum = costOf(sumOf(priced), elapsedUs)
      const isBilled = priced.some(({ quantity }) => quantity > 0)
      if (alive || isBilled) {
        parts.push({ node: index, id, name, kind, removed: !alive, charges: priced, ...sum })
      }
    } else if (alive) {
      notCounted.push(name)
    }
  }
  return { elapsedUs, parts, notCounted, ...costOf(sumOf(parts), elapsedUs) }
}

const usdOf = ({ quantity, price }: Charge): number => (quantity / price.per) * price.usd

const sumOf = (costs: readonly Cost[]): number => costs.reduce((sum, { usd }) => sum + usd, 0)

const costOf = (usd: number, elapsedUs: SimUs): Cost => ({
  usd,
  monthUsd: elapsedUs > 0 ? (usd * US_PER_MONTH) / elapsedUs : null,
})
