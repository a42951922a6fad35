/** Aggregated records in a KCL application: user records, and checkpoints among them (FACTS 6.8, 6.9). */
import { expect, test } from 'vitest'
import { kclBed } from './testbed.ts'

const bed = (app = {}) =>
  kclBed({
    producer: {
      ratePerSecond: 400,
      recordsPerCall: 500,
      AggregationEnabled: true,
      recordWindowMs: 1000,
      keys: 4,
    },
    stream: { ShardCount: 1 },
    table: { BillingMode: 'PAY_PER_REQUEST' },
    app,
  })

test('FACTS 6.8: checkpoints stand between user records, with their sub-sequence number', () => {
  const application = bed({
    workers: 1,
    checkpointRecords: 30,
    recordMs: 2,
    failoverTimeMillis: 1000,
  })
  application.until(60)
  const { sub, checkpoint } = application.leases[0]
  expect(checkpoint).toMatch(/^\d{56}$/)
  expect(sub).toBeGreaterThan(0)
  expect(application.totals('app').processed).toBeGreaterThan(5_000)
  expect(application.totals('app').missed).toBe(0)
})

test('FACTS 6.8: who takes a lease over goes on with the user record behind the checkpoint', () => {
  const application = bed({ workers: 2, checkpointRecords: 30, recordMs: 2 })
  application.until(60).act('app', 'crashWorker').until(120)
  application.act('app', 'restartWorkers').act('app', 'crashWorker').until(200)
  const { processed, again, missed } = application.totals('app')
  expect(processed).toBeGreaterThan(10_000)
  expect(missed).toBe(0)
  // What was done after a checkpoint is done again, and not whole aggregated records.
  expect(again).toBeLessThan(200)
})
