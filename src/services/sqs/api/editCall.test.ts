/** DESIGN, promise 3: what a person changes in the inspector is an API call, and the log says which. */
import { describe, expect, test } from 'vitest'
import { logEntry, logPage } from '../../../engine/views.ts'
import type { Config } from '../../../scenario/scenario.ts'
import { queueUrl } from '../names.ts'
import { Testbed } from '../testbed.ts'

function edit(bed: Testbed, change: Config): void {
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
    edit(bed, change)
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
    edit(bed, { duplicateChance: 0.5 })
    edit(bed, { VisibilityTimeout: 60 })
    expect(calls(bed)).toEqual([])
  })

  test('one that an API call made is logged once', () => {
    const bed = new Testbed({ queues: { q: {} } })
    bed.call('SetQueueAttributes', { QueueUrl: 'q', Attributes: { DelaySeconds: '5' } })
    expect(calls(bed)).toHaveLength(1)
  })
})
