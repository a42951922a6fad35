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
      const priced = charges.map((charge) => ({ ...charge, ...costOf(charge, elapsedUs) }))
      const isBilled = priced.some(({ quantity }) => quantity > 0)
      if (alive || isBilled) {
        parts.push({
          node: index,
          id,
          name,
          kind,
          removed: !alive,
          charges: priced,
          ...sum(priced),
        })
      }
    } else if (alive) {
      notCounted.push(name)
    }
  }
  return { elapsedUs, parts, notCounted, ...sum(parts) }
}

function costOf({ quantity, price }: Charge, elapsedUs: SimUs): Cost {
  const usd = (quantity / price.per) * price.usd
  return { usd, monthUsd: elapsedUs > 0 ? (usd * US_PER_MONTH) / elapsedUs : 0 }
}

const sum = (costs: readonly Cost[]): Cost => ({
  usd: costs.reduce((all, { usd }) => all + usd, 0),
  monthUsd: costs.reduce((all, { monthUsd }) => all + monthUsd, 0),
})
