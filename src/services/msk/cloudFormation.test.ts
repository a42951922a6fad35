import { expect, test } from 'vitest'
import { problemsOf, written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

test('FACTS 12: a topic is made in a cluster that a parameter names', async () => {
  const { template, resources, notes } = await written(
    design({
      nodes: { purchases: ['msk', { partitions: 6, unlimited: true }], g: ['mskgroup'] },
      wires: [['purchases', 'g']],
    }),
  )
  expect(problemsOf(template)).toEqual([])
  expect(template.parameters.map(({ id }) => id)).toEqual(['PurchasesClusterArn'])
  expect(resources.Purchases).toEqual({
    type: 'AWS::MSK::Topic',
    ClusterArn: { Ref: 'PurchasesClusterArn' },
    TopicName: 'purchases',
    PartitionCount: 6,
    ReplicationFactor: 3,
  })
  expect(notes.join()).toContain('retention.ms')
})
