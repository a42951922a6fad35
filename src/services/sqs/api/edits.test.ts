/** DESIGN, promise 3: what a person changes in the inspector is an API call, and the log says which. */
import { describe, expect, test } from 'vitest'
import { logEntry, logPage } from '../../../engine/views.ts'
import type { Config, ScenarioDiff } from '../../../scenario/scenario.ts'
import { queueArn, queueUrl } from '../names.ts'
import { Testbed } from '../testbed.ts'

function editConfig(bed: Testbed, change: Config): void {
  const queue = bed.sim.world.scenario.nodes.find(({ name }) => name === 'q')!
  const config = { ...queue.config, ...change }
  const diff = { nodes: { [queue.id]: { ...queue, config } }, wires: {} }
  bed.sim.intervene({ atUs: 0, type: 'edit', diff })
}

const calls = (bed: Testbed) =>
  logPage(bed.sim, 0, 10, {}).rows.map(({ row }) => logEntry(bed.sim, row)!)

describe('an edit of a queue’s settings is SetQueueAttributes', () => {
  test.each<[Config, Record<string, string>]>([
    [{ VisibilityTimeout: 60 }, { VisibilityTimeout: '60' }],
    [
      { DelaySeconds: 5, Policy: '{"Statement":[]}' },
      { DelaySeconds: '5', Policy: '{"Statement":[]}' },
    ],
    [{ redriveAllow: 'denyAll' }, { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' }],
  ])('%j', (change, Attributes) => {
    const bed = new Testbed({ queues: { q: {} } })
    editConfig(bed, change)
    expect(calls(bed)).toMatchObject([
      {
        row: { operation: 'SetQueueAttributes', to: 'q', status: 200, isCall: true },
        request: { QueueUrl: queueUrl('q'), Attributes },
        response: {},
      },
    ])
  })

  test('what AWS does not know of is none, and neither is what changes nothing', () => {
    const bed = new Testbed({ queues: { q: { VisibilityTimeout: 60 } } })
    editConfig(bed, { duplicateChance: 0.5 })
    editConfig(bed, { VisibilityTimeout: 60 })
    expect(calls(bed)).toEqual([])
  })

  test('one that an API call made is logged once', () => {
    const bed = new Testbed({ queues: { q: {} } })
    bed.call('SetQueueAttributes', { QueueUrl: 'q', Attributes: { DelaySeconds: '5' } })
    expect(calls(bed)).toHaveLength(1)
  })
})

describe('FACTS 1.3: an edit of the design is an API call', () => {
  const byHand = (bed: Testbed, diff: Partial<ScenarioDiff>): void => {
    bed.sim.intervene({ atUs: 0, type: 'edit', diff: { nodes: {}, wires: {}, ...diff } })
  }
  const told = (bed: Testbed) =>
    calls(bed).map(({ row, request }): unknown[] => [row.operation, row.to, request])
  const idOf = (bed: Testbed, name: string): string =>
    bed.sim.world.scenario.nodes.find((node) => node.name === name)!.id
  const twoQueues = () => new Testbed({ queues: { q: {}, dead: {} } })
  const redriven = (bed: Testbed, maxReceiveCount: number) => {
    const wire = {
      id: 'w',
      from: idOf(bed, 'q'),
      to: idOf(bed, 'dead'),
      config: { maxReceiveCount },
    }
    byHand(bed, { wires: { w: wire } })
  }
  const policy = (count: number) =>
    JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: count })
  const setPolicy = (RedrivePolicy: string) => [
    'SetQueueAttributes',
    'q',
    { QueueUrl: queueUrl('q'), Attributes: { RedrivePolicy } },
  ]

  test('a redrive wire drawn, changed and removed is SetQueueAttributes', () => {
    const bed = twoQueues()
    redriven(bed, 3)
    redriven(bed, 5)
    byHand(bed, { wires: { w: null } })
    expect(told(bed).toReversed()).toEqual([
      setPolicy(policy(3)),
      setPolicy(policy(5)),
      setPolicy(''),
    ])
  })

  test('a queue drawn is CreateQueue with what is not AWS’s default', () => {
    const bed = twoQueues()
    const drawn = { id: 'n', kind: 'sqs', name: 'new', x: 0, y: 0, config: { DelaySeconds: 5 } }
    byHand(bed, { nodes: { n: drawn } })
    expect(calls(bed)).toMatchObject([
      {
        row: { operation: 'CreateQueue', to: 'new', status: 200 },
        request: { QueueName: 'new', Attributes: { DelaySeconds: '5' } },
        response: { QueueUrl: queueUrl('new') },
      },
    ])
    byHand(bed, { nodes: { n: { ...drawn, x: 500 } } })
    expect(calls(bed)).toHaveLength(1)
  })

  test('a queue removed is DeleteQueue; who named it in a redrive policy names it no more', () => {
    const bed = twoQueues()
    redriven(bed, 3)
    byHand(bed, { nodes: { [idOf(bed, 'dead')]: null }, wires: { w: null } })
    expect(told(bed).slice(0, 2)).toEqual([
      ['DeleteQueue', 'dead', { QueueUrl: queueUrl('dead') }],
      setPolicy(''),
    ])
  })
})
