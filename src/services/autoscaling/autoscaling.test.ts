import { expect, test } from 'vitest'
import { US_PER_MINUTE, US_PER_S } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { Config } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'

const figures = (sim: Simulation, name: string): Readonly<Record<string, number>> => {
  const { index } = sim.world.nodes.find((node) => node.name === name)!
  return sim.behaviours[index]!.digest(sim, index).figures
}

/** 1 000 messages at once for a fleet that needs 10 s for each. */
const scaled = (group: Config, alarm?: Config) =>
  simulate(
    design({
      nodes: {
        source: ['producer', { pattern: 'once', onceAtS: 0, onceCount: 1000 }],
        orders: ['sqs', { ...CERTAIN, VisibilityTimeout: 60 }],
        workers: ['consumer', { serviceTimeMs: 10_000 }],
        group: ['autoscaling', { launchS: 60, EstimatedInstanceWarmup: 120, ...group }],
        ...(alarm && { bell: ['alarm', alarm] as const }),
      },
      wires: [
        ['source', 'orders'],
        ['orders', 'workers'],
        ['group', 'workers'],
        ...(alarm
          ? ([
              ['orders', 'bell'],
              ['bell', 'group'],
            ] as const)
          : ([['orders', 'group']] as const)),
      ],
    }),
  )

test('FACTS 14: target tracking scales out after three minutes, and instances serve after their launch', () => {
  const sim = scaled({ TargetValue: 200 })
  sim.advance(3 * US_PER_MINUTE - US_PER_S)
  expect(figures(sim, 'group')).toMatchObject({ desired: 1, inService: 1 })
  sim.advance(3 * US_PER_MINUTE)
  expect(figures(sim, 'group')).toMatchObject({ desired: 5, inService: 1 })
  expect(figures(sim, 'workers').workers).toBe(1)
  sim.advance(4 * US_PER_MINUTE)
  expect(figures(sim, 'group')).toMatchObject({ desired: 5, inService: 5 })
  expect(figures(sim, 'workers').workers).toBe(5)
})

test('FACTS 14: instances that warm up do not count in the metric', () => {
  const sim = scaled({ TargetValue: 200 })
  sim.advance(5 * US_PER_MINUTE)
  const { visible } = figures(sim, 'orders')
  expect(figures(sim, 'group').inService).toBe(5)
  // Still per one instance, that of the beginning.
  expect(figures(sim, 'group').metric).toBeGreaterThan(visible)
})

test('FACTS 14: minimum and maximum bound whatever the policy wants', () => {
  const sim = scaled({ TargetValue: 1, MaxSize: 4 })
  sim.advance(10 * US_PER_MINUTE)
  expect(figures(sim, 'group').desired).toBe(4)
})

test('FACTS 14: simple scaling makes one change and then hears no alarm until the cooldown is over', () => {
  const group = { policy: 'SimpleScaling', ScalingAdjustment: 1, Cooldown: 300 }
  const sim = scaled(group, { Threshold: 100 })
  sim.advance(US_PER_MINUTE)
  expect(figures(sim, 'group').desired).toBe(2)
  sim.advance(5 * US_PER_MINUTE)
  expect(figures(sim, 'group').desired).toBe(2)
  sim.advance(6 * US_PER_MINUTE)
  expect(figures(sim, 'group').desired).toBe(3)
})

test('FACTS 14: an alarm’s Auto Scaling action repeats while the state lasts; warming instances are not launched twice', () => {
  const group = { policy: 'StepScaling', StepAdjustments: '0: 1, 500: 2' }
  const sim = scaled(group, { Threshold: 100 })
  sim.advance(3 * US_PER_MINUTE)
  expect(figures(sim, 'bell').actions).toBe(3)
  expect(figures(sim, 'group').desired).toBe(3)
  sim.advance(4 * US_PER_MINUTE)
  expect(figures(sim, 'group').desired).toBe(5)
})

test('FACTS 14: a terminated instance’s message comes back after its visibility timeout, unless it may finish', () => {
  const back = (protect: boolean): number => {
    const sim = scaled({ DesiredCapacity: 2, TargetValue: 1e6, protect })
    sim.advance(5 * US_PER_S)
    sim.intervene({ atUs: 0, type: 'action', node: 'group', action: 'scaleIn', args: {} })
    sim.advance(2 * US_PER_MINUTE)
    expect(figures(sim, 'workers').workers).toBe(1)
    const { index, counters } = sim.world.nodes.find((node) => node.name === 'orders')!
    return counters[sim.behaviours[index]!.counters.indexOf('timedOut')]
  }
  expect([back(true), back(false)]).toEqual([0, 1])
})

test('without a group the fleet has its own number again', () => {
  const sim = scaled({ DesiredCapacity: 3, TargetValue: 1e6 })
  sim.advance(US_PER_S)
  expect(figures(sim, 'workers').workers).toBe(3)
  const diff = { nodes: {}, wires: { 'group-workers': null } }
  sim.intervene({ atUs: 0, type: 'edit', diff })
  sim.advance(30 * US_PER_S)
  expect(figures(sim, 'workers').workers).toBe(1)
})
