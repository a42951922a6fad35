/** An MSK topic that Firehose reads by itself (FACTS 8, 12). */
import { expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { totalsOf } from '../../engine/totals.ts'
import { design, simulate } from '../lab.ts'

const ROLE = 'arn:aws:iam::000000000000:role/firehose'

test('FACTS 8: reads an MSK topic in all its partitions, and may not be put to', () => {
  const sim = simulate(
    design({
      nodes: {
        p: ['producer', { ratePerSecond: 10, keys: 9 }],
        t: ['msk', { partitions: 3 }],
        'to-lake': ['firehose', { IntervalInSeconds: 0, deliveryMs: 0 }],
      },
      wires: [
        ['p', 't'],
        ['t', 'to-lake'],
      ],
    }),
  )
  sim.advance(fromSeconds(30))
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  const { delivered, ...totals } = nodes['to-lake'].totals
  expect(delivered).toBeGreaterThan(270)
  expect(totals['DataReadFromSource.Records']).toBe(totals.IncomingRecords)
  const ask = (operation: string, input: object) =>
    sim.callFromOutside('firehose', operation, { DeliveryStreamName: 'to-lake', ...input })
  expect(ask('PutRecord', { Record: { Data: 'eA==' } }).error).toMatchObject({
    code: 'InvalidArgumentException',
    message: 'This operation is not permitted on MSKAsSource delivery stream type.',
  })
  expect(JSON.stringify(ask('DescribeDeliveryStream', {}).output)).toContain(
    '"DeliveryStreamType":"MSKAsSource"',
  )
  const { error } = ask('CreateDeliveryStream', {
    DeliveryStreamName: 'second',
    DeliveryStreamType: 'MSKAsSource',
    MSKSourceConfiguration: { TopicName: 't' },
    ExtendedS3DestinationConfiguration: { RoleARN: ROLE, BucketARN: 'arn:aws:s3:::lake' },
  })
  expect(error).toBeUndefined()
  expect(sim.world.scenario.wires.filter(({ from }) => from === 't')).toHaveLength(2)
})
