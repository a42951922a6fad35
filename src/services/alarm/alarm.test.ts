import { expect, test } from 'vitest'
import { US_PER_MINUTE, US_PER_S } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { Config } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'

const STATES = ['INSUFFICIENT_DATA', 'OK', 'ALARM']

const figures = (sim: Simulation, name: string): Readonly<Record<string, number>> => {
  const { index } = sim.world.nodes.find((node) => node.name === name)!
  return sim.behaviours[index]!.digest(sim, index).figures
}
const stateOf = (sim: Simulation): string => STATES[figures(sim, 'bell').state]

/** 100 messages at 90 s, and one that watches how many wait. */
const watching = (alarm: Config, metric = 'ApproximateNumberOfMessagesVisible') =>
  simulate(
    design({
      nodes: {
        source: ['producer', { pattern: 'once', onceAtS: 90, onceCount: 100 }],
        orders: ['sqs', CERTAIN],
        bell: ['alarm', { Threshold: 50, ...alarm }],
      },
      wires: [
        ['source', 'orders'],
        ['orders', 'bell', { metric }],
      ],
    }),
  )

test('FACTS 14: without data it is INSUFFICIENT_DATA, then OK, and ALARM at the end of a breaching period', () => {
  const sim = watching({ Statistic: 'Maximum' })
  sim.advance(59 * US_PER_S)
  expect(stateOf(sim)).toBe('INSUFFICIENT_DATA')
  sim.advance(US_PER_MINUTE)
  expect(stateOf(sim)).toBe('OK')
  sim.advance(2 * US_PER_MINUTE - US_PER_S)
  expect(stateOf(sim)).toBe('OK')
  sim.advance(2 * US_PER_MINUTE)
  expect(stateOf(sim)).toBe('ALARM')
  expect(sim.records.marks.filter(({ type }) => type === 'alarm')).toHaveLength(1)
})

test('FACTS 14: the statistic makes one datapoint of a period', () => {
  const average = watching({ Statistic: 'Average' })
  average.advance(2 * US_PER_MINUTE)
  // Sent just after the look at second 90, they are seen by 30 of 60.
  expect(figures(average, 'bell').value).toBeCloseTo((100 * 30) / 60)
  const least = watching({ Statistic: 'Minimum' })
  least.advance(2 * US_PER_MINUTE)
  expect(figures(least, 'bell').value).toBe(0)
})

test('a counted metric’s datapoint is what happened within the period', () => {
  const sim = watching({ Statistic: 'Sum' }, 'NumberOfMessagesSent')
  sim.advance(2 * US_PER_MINUTE)
  expect([stateOf(sim), figures(sim, 'bell').value]).toEqual(['ALARM', 100])
  sim.advance(3 * US_PER_MINUTE)
  expect([stateOf(sim), figures(sim, 'bell').value]).toEqual(['OK', 0])
})

test('an alarm that watches nothing says so and lets the world rest', () => {
  const sim = simulate(design({ nodes: { bell: ['alarm'] }, wires: [] }))
  expect(sim.nextUs()).toBe(Infinity)
  const advice = sim.behaviours[0]!.digest(sim, 0).advice
  expect(advice).toEqual(['Watches nothing: draw a wire from a part to this alarm.'])
})

test('a look at the world by an alarm changes no other part', () => {
  const nodes = {
    source: ['producer', { pattern: 'poisson', ratePerSecond: 5 }],
    orders: ['sqs'],
    workers: ['consumer', { serviceTime: 'exponential', serviceTimeMs: 300 }],
  } as const
  const wires = [
    ['source', 'orders'],
    ['orders', 'workers'],
  ] as const
  const plain = simulate(design({ nodes, wires }))
  const watched = simulate(
    design({
      nodes: { ...nodes, bell: ['alarm', { Threshold: 1e9 }] },
      wires: [...wires, ['orders', 'bell']],
    }),
  )
  for (const sim of [plain, watched]) sim.advance(10 * US_PER_MINUTE)
  expect(figures(watched, 'workers')).toEqual(figures(plain, 'workers'))
  expect(figures(watched, 'orders')).toEqual(figures(plain, 'orders'))
})

test('FACTS 2.10, 14: an alarm publishes as cloudwatch.amazonaws.com, whom the topic’s policy must let in', () => {
  const allow = (Service: string) =>
    JSON.stringify({
      Statement: [
        { Effect: 'Allow', Principal: { Service }, Action: 'SNS:Publish', Resource: '*' },
      ],
    })
  const told = (Policy: string) => {
    const sim = simulate(
      design({
        nodes: {
          source: ['producer', { pattern: 'once', onceAtS: 90, onceCount: 100 }],
          orders: ['sqs', CERTAIN],
          bell: ['alarm', { Threshold: 50, Statistic: 'Maximum' }],
          news: ['sns', { Policy }],
        },
        wires: [
          ['source', 'orders'],
          ['orders', 'bell', { metric: 'ApproximateNumberOfMessagesVisible' }],
          ['bell', 'news'],
        ],
      }),
    )
    sim.advance(3 * US_PER_MINUTE)
    return [figures(sim, 'bell').actions, figures(sim, 'bell').actionsFailed]
  }
  expect(told('')).toEqual([1, 0])
  expect(told(allow('cloudwatch.amazonaws.com'))).toEqual([1, 0])
  expect(told(allow('s3.amazonaws.com'))).toEqual([1, 1])
})

test('FACTS 14: what is told is CloudWatch’s JSON: who, why, since when, and what triggered it', () => {
  const sim = simulate(
    design({
      nodes: {
        source: ['producer', { pattern: 'once', onceAtS: 90, onceCount: 100 }],
        orders: ['sqs', CERTAIN],
        bell: ['alarm', { Threshold: 50, Statistic: 'Maximum' }],
        news: ['sns'],
        inbox: ['sqs', CERTAIN],
      },
      wires: [
        ['source', 'orders'],
        ['orders', 'bell', { metric: 'ApproximateNumberOfMessagesVisible' }],
        ['bell', 'news'],
        ['news', 'inbox'],
      ],
    }),
  )
  sim.advance(3 * US_PER_MINUTE)
  const { output } = sim.callFromOutside('sqs', 'ReceiveMessage', { QueueUrl: 'inbox' })
  const [{ Body }] = (output as { Messages: { Body: string }[] }).Messages
  const { Subject, Message } = JSON.parse(Body) as { Subject: string; Message: string }
  expect(Subject).toBe('ALARM: "bell" in US East (N. Virginia)')
  expect(JSON.parse(Message)).toMatchObject({
    AlarmName: 'bell',
    AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:bell',
    AlarmConfigurationUpdatedTimestamp: '2026-01-01T00:00:00.000+0000',
    NewStateValue: 'ALARM',
    StateChangeTime: '2026-01-01T00:02:00.000+0000',
    OldStateValue: 'OK',
    AlarmActions: ['arn:aws:sns:us-east-1:000000000000:news'],
    OKActions: [],
    Trigger: {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Namespace: 'AWS/SQS',
      Statistic: 'MAXIMUM',
      Dimensions: [{ value: 'orders', name: 'QueueName' }],
      Period: 60,
      Threshold: 50,
    },
  })
})
