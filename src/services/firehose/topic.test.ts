/** A Firehose that subscribes to a topic. */
import { expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { totalsOf } from '../../engine/totals.ts'
import { logEntry, logPage } from '../../engine/views.ts'
import { design, simulate } from '../lab.ts'

test('FACTS 8: a topic puts what is published into it, in SNS’s envelope', () => {
  const sim = simulate(
    design({
      nodes: {
        orders: ['sns', {}],
        'to-lake': ['firehose', { IntervalInSeconds: 10, deliveryMs: 0 }],
      },
      wires: [['orders', 'to-lake']],
    }),
  )
  for (const Message of ['one', 'two']) {
    sim.callFromOutside('sns', 'Publish', {
      TopicArn: 'arn:aws:sns:us-east-1:000000000000:orders',
      Message,
    })
  }
  sim.advance(fromSeconds(30))
  expect(totalsOf(sim).nodes['to-lake'].totals).toMatchObject({ IncomingRecords: 2, delivered: 2 })
  const [{ row }] = logPage(sim, 0, 10, { operation: 'PutObject' }).rows
  const { Body } = logEntry(sim, row)!.request as { Body: string }
  expect(Body.match(/"Type"\s*:\s*"Notification"/g)).toHaveLength(2)
  expect(Body).toContain('one')
  expect(totalsOf(sim).invariants.broken).toEqual([])
})
