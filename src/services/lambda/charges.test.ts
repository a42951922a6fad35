/** What AWS bills for functions (FACTS 16). */
import { describe, expect, test } from 'vitest'
import { Bed } from './testbed.ts'

describe('FACTS 16: what a function is billed for', () => {
  const bill = ({ sim }: Bed): number[] => {
    const node = sim.world.nodes.findIndex(({ kind }) => kind === 'lambda')
    return sim.behaviours[node]!.charges!(sim, node).map(({ quantity }) => quantity)
  }

  test('each execution is a request, and its time counts with 128 MB; throttled ones are none', () => {
    const bed = new Bed({ ReservedConcurrentExecutions: 1, serviceTimeMs: 100 })
    bed.invoke({ Payload: '{}' })
    bed.invoke({ Payload: '{}' })
    bed.until(1)
    const [requests, gigabyteSeconds] = bill(bed)
    expect(requests).toBe(1)
    expect(gigabyteSeconds).toBeCloseTo(0.1 / 8, 12)
  })
})
