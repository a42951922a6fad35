/** A trace tells what the log holds, in order, with causes that are true. */
import { describe, expect, it } from 'vitest'
import { fromSeconds } from '../base/units.ts'
import { design, simulate } from '../services/lab.ts'
import { traceOf } from './trace.ts'
import { logPage } from './views.ts'

const shop = (queue: Record<string, number>, work: Record<string, number | string>) =>
  design({
    network: 'instant',
    nodes: {
      shop: ['producer', { pattern: 'constant', ratePerSecond: 0.01 }],
      orders: ['sqs', { duplicateChance: 0, reorderChance: 0, ...queue }],
      dead: ['sqs'],
      workers: ['consumer', { instances: 3, ...work }],
    },
    wires: [
      ['shop', 'orders'],
      ['orders', 'workers'],
      ['orders', 'dead', { maxReceiveCount: 2 }],
    ],
  })

describe('the life of a message', () => {
  it('FACTS 2.2, 2.5: fails twice and goes to the dead-letter queue, each step with its cause', () => {
    const sim = simulate(shop({ VisibilityTimeout: 5 }, { failureChance: 1, serviceTimeMs: 100 }))
    sim.advance(fromSeconds(150))
    const { steps, isWhole } = traceOf(sim, 1)
    expect(isWhole).toBe(true)
    expect(steps.map(({ operation }) => operation)).toEqual([
      'SendMessage',
      'ReceiveMessage',
      '(visibility timeout expired)',
      'ReceiveMessage',
      '(visibility timeout expired)',
      '(moved to the dead-letter queue)',
    ])
    expect(steps[2].because).toMatch(/^5 s passed since workers\/\d received it/)
    expect(steps[5].because).toContain('Received 2 times')
    const inLog = logPage(sim, 0, 200, { message: 1 }).rows.map(({ row }) => row)
    expect(steps.map(({ row }) => row)).toEqual(inLog.toReversed())
  })

  it('FACTS 2.2: a delete after the timeout ended says that it came too late', () => {
    const sim = simulate(
      shop({ VisibilityTimeout: 4 }, { serviceTimeMs: 6_000, serviceTime: 'constant' }),
    )
    sim.advance(fromSeconds(150))
    const { steps } = traceOf(sim, 1)
    const deleted = steps.filter(({ operation }) => operation === 'DeleteMessage')
    expect(deleted[0].because).toMatch(/^Too late: workers\/\d worked for 6 s/)
  })

  it('of a message nobody knows is empty', () => {
    const sim = simulate(shop({}, {}))
    expect(traceOf(sim, 99)).toEqual({ steps: [], isWhole: true })
  })
})
