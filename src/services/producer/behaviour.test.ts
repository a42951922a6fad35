import { describe, expect, test } from 'vitest'
import { fromMs, fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { logPage } from '../../engine/views.ts'
import type { Config, Intervention } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'

const withQueue = (producer: Config, interventions: readonly Intervention[] = []): Simulation =>
  simulate(
    design({
      nodes: { source: ['producer', producer], queue: ['sqs', CERTAIN] },
      wires: [['source', 'queue']],
    }),
    interventions,
  )

function booksOf(sim: Simulation, name = 'source'): Record<string, number> {
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return nodes[name].totals
}

/** Times of calls, in seconds. */
function calls(sim: Simulation, operation: string): number[] {
  return logPage(sim, 0, 200, { operation })
    .rows.map(({ atUs }) => atUs / 1e6)
    .toReversed()
}

const action = (atS: number, name: string, args: Config = {}): Intervention => ({
  atUs: fromSeconds(atS),
  type: 'action',
  node: 'source',
  action: name,
  args,
})

const edit = (sim: Simulation, config: Config): void => {
  const node = sim.world.scenario.nodes.find(({ id }) => id === 'source')!
  const diff = { nodes: { source: { ...node, config } }, wires: {} }
  sim.intervene({ atUs: 0, type: 'edit', diff })
}

describe('when', () => {
  test.each([
    ['constant', { ratePerSecond: 0.5 }, [0, 2, 4, 6, 8]],
    ['burst', { burstSize: 2, burstEveryS: 4 }, [0, 0, 4, 4, 8, 8]],
    ['once', { onceAtS: 3, onceCount: 3 }, [3, 3, 3]],
    ['list', { times: '7 1,1 2.5 11' }, [1, 1, 2.5, 7]],
    ['constant', { ratePerSecond: 1, startAfterS: 7 }, [7, 8, 9]],
    ['constant', { ratePerSecond: 1, stopAfterCount: 2 }, [0, 1]],
    ['burst', { burstSize: 4, burstEveryS: 4, stopAfterCount: 6 }, [0, 0, 0, 0, 4, 4]],
  ])('%s %o', (pattern, config, expected) => {
    const sim = withQueue({ pattern, ...config })
    sim.advance(fromSeconds(9))
    expect(calls(sim, 'SendMessage')).toEqual(expected)
  })

  test('waves and Poisson arrivals have their mean', () => {
    for (const pattern of ['sine', 'poisson']) {
      const sim = withQueue({ pattern, ratePerSecond: 50, sinePeriodS: 10 })
      sim.advance(fromSeconds(200))
      // 10 000 arrivals have a standard deviation of 100.
      expect(Math.abs(booksOf(sim).sent - 10_000), pattern).toBeLessThan(400)
    }
  })

  test('a changed rate keeps the share of the gap that has passed', () => {
    const sim = withQueue({ ratePerSecond: 0.1 })
    sim.advance(fromSeconds(5))
    edit(sim, { ratePerSecond: 1 })
    sim.advance(fromSeconds(7))
    expect(calls(sim, 'SendMessage')).toEqual([0, 5.5, 6.5])
  })

  test('another pattern begins at once; a paused one goes on where it was', () => {
    const sim = withQueue({ ratePerSecond: 0.25 }, [action(5, 'pause'), action(10, 'resume')])
    sim.advance(fromSeconds(13))
    expect(calls(sim, 'SendMessage')).toEqual([0, 4, 13])
    edit(sim, { pattern: 'burst', burstSize: 1, burstEveryS: 10 })
    sim.advance(fromSeconds(24))
    expect(calls(sim, 'SendMessage')).toEqual([0, 4, 13, 13, 23])
  })

  test('a stop that is lifted lets the pattern go on', () => {
    const sim = withQueue({ ratePerSecond: 1, stopAfterCount: 2 })
    sim.advance(fromSeconds(10))
    edit(sim, { ratePerSecond: 1, stopAfterCount: 4 })
    sim.advance(fromSeconds(20))
    expect(booksOf(sim).made).toBe(4)
  })
})

describe('what', () => {
  test('size is the body and the attributes; words and size agree', () => {
    const attributes = '{"type":{"DataType":"String","StringValue":"{{choice order refund}}"}}'
    const sim = withQueue({ attributes, ratePerSecond: 10 })
    sim.advance(fromSeconds(5))
    const { messages } = sim.world
    for (let slot = 0; slot < messages.top; slot++) {
      const content = sim.contentOf(slot)
      const value = content.attributes.type.StringValue!
      expect(['order', 'refund']).toContain(value)
      const bytes = content.body.length + 'type'.length + 'String'.length + value.length
      expect(messages.sizeBytes[slot]).toBe(bytes)
    }
  })

  test.each([
    [{ sizeDistribution: 'fixed', sizeBytes: 300 }, 300, 300],
    [{ sizeDistribution: 'fixed', sizeBytes: 5 }, 5, 5],
    [{ sizeDistribution: 'uniform', sizeBytes: 100, sizeMaxBytes: 120 }, 100, 120],
    [{ sizeDistribution: 'lognormal', sizeBytes: 200, sizeMaxBytes: 900 }, 1, 900],
  ])('sizes %o', (config, least, most) => {
    const sim = withQueue({ ...config, ratePerSecond: 100 })
    sim.advance(fromSeconds(5))
    const sizes = Array.from(sim.world.messages.sizeBytes.subarray(0, sim.world.messages.top))
    expect(sizes).toHaveLength(501)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(least)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(most)
    sizes.forEach((size, slot) => expect(sim.contentOf(slot).body).toHaveLength(size))
  })

  test.each([
    ['uniform', 0.25],
    ['hot', 0.7],
    // 1 / (1 + 1/2 + 1/3 + 1/4)
    ['zipf', 0.48],
  ])('the first of four keys, %s: a share of %s', (keyDistribution, share) => {
    const sim = withQueue({ keyDistribution, keys: 4, pattern: 'once', onceCount: 10_000 })
    sim.advance(fromSeconds(2))
    const { hue, top } = sim.world.messages
    const keys = Array.from(hue.subarray(0, top))
    expect(Math.max(...keys)).toBe(3)
    // Four standard deviations are at most 2 %.
    expect(Math.abs(keys.filter((key) => key === 0).length / top - share)).toBeLessThan(0.02)
  })

  test('settings of messages changed and changed back make no third recipe', () => {
    const sim = withQueue({})
    edit(sim, { template: 'b' })
    edit(sim, {})
    expect(sim.world.recipes).toHaveLength(3)
    sim.advance(fromSeconds(1))
    expect(sim.contentOf(0).body).toContain('"order":1')
  })
})

describe('how', () => {
  test('each wire gets a copy of the same words and origin', () => {
    const sim = simulate(
      design({
        nodes: { source: ['producer', { stopAfterCount: 1 }], a: ['sqs'], b: ['sqs'] },
        wires: [
          ['source', 'a'],
          ['source', 'b'],
        ],
      }),
    )
    sim.advance(fromSeconds(1))
    expect(booksOf(sim)).toMatchObject({ made: 2, sent: 2 })
    const { origin, serial } = sim.world.messages
    expect([serial[0], serial[1], origin[0], origin[1]]).toEqual([1, 2, 1, 1])
    expect(sim.contentOf(1)).toEqual(sim.contentOf(0))
  })

  test('batches go when full or when their window ends', () => {
    const sim = withQueue({
      pattern: 'list',
      times: '1 1.1 1.2 5 20 20.1 20.2',
      batchSize: 3,
      batchWindowMs: 2000,
    })
    sim.advance(fromSeconds(6))
    expect(calls(sim, 'SendMessageBatch')).toEqual([1.2])
    expect(sim.behaviours[0]!.digest(sim, 0).figures.waiting).toBe(1)
    sim.advance(fromSeconds(30))
    expect(calls(sim, 'SendMessageBatch')).toEqual([1.2, 7, 20.2])
    expect(booksOf(sim)).toMatchObject({ made: 7, sent: 7 })
  })

  const refusing = (producer: Config) =>
    design({
      nodes: {
        source: ['producer', { pattern: 'once', onceAtS: 1, onceCount: 2, ...producer }],
        service: ['consumer', { serviceTimeMs: 500 }],
      },
      wires: [['source', 'service']],
    })

  test('a refusal that may pass is tried again after waits that double', () => {
    const sim = simulate(refusing({ retries: 3, backoffMs: 100 }))
    sim.advance(fromSeconds(10))
    // Refused at 1, 1.1 and 1.3 s; at 1.7 s the first is done.
    expect(calls(sim, 'Request')).toEqual([1, 1.1, 1.3, 1.5, 2.2])
    expect(booksOf(sim)).toMatchObject({ made: 2, sent: 2, failed: 0, retried: 3 })
    expect(sim.world.messages.live).toBe(0)
  })

  test('FACTS 6.5: what a PutRecords was refused goes out as one PutRecords again', () => {
    const burst = { pattern: 'once', onceAtS: 1, onceCount: 1_500, recordsPerCall: 500 }
    const sim = simulate(
      design({
        nodes: {
          source: ['producer', { ...burst, retries: 3, backoffMs: 1_000 }],
          stream: ['kinesis', { ShardCount: 1 }],
        },
        wires: [['source', 'stream']],
      }),
    )
    sim.advance(fromSeconds(10))
    expect(calls(sim, 'PutRecords')).toEqual([1, 1, 1, 2])
    expect(calls(sim, 'PutRecord')).toEqual([])
    expect(booksOf(sim)).toMatchObject({ made: 1_500, sent: 1_500, failed: 0, retried: 500 })
  })

  test('after the last try the message is lost, and counted', () => {
    const sim = simulate(refusing({ retries: 1, backoffMs: 100 }))
    sim.advance(fromSeconds(10))
    expect(booksOf(sim)).toMatchObject({ made: 2, sent: 1, failed: 1, retried: 1 })
    expect(sim.records.marks.filter(({ type }) => type === 'lost')).toHaveLength(1)
    expect(sim.world.messages.live).toBe(0)
  })

  test('a refusal for good is not tried again', () => {
    const sim = withQueue({ sizeDistribution: 'fixed', sizeBytes: 2_000_000, stopAfterCount: 1 })
    sim.advance(fromSeconds(10))
    expect(booksOf(sim)).toMatchObject({ made: 1, sent: 0, failed: 1, retried: 0 })
  })

  test('removed while messages wait, it leaves none behind', () => {
    const sim = simulate(refusing({ retries: 5, backoffMs: 60_000, onceCount: 5 }))
    sim.advance(fromSeconds(1) + fromMs(1))
    expect(sim.behaviours[0]!.digest(sim, 0).figures.waiting).toBe(5)
    const diff = { nodes: { source: null }, wires: { 'source-service': null } }
    sim.intervene({ atUs: 0, type: 'edit', diff })
    sim.advance(fromSeconds(10))
    expect(sim.world.messages.live).toBe(0)
  })

  test('buttons send at once; without a wire they say why not', () => {
    const sim = withQueue({ pattern: 'once', onceAtS: 500 })
    sim.intervene(action(0, 'sendOne'))
    sim.intervene(action(0, 'sendBurst', { count: 30 }))
    sim.advance(fromSeconds(1))
    expect(booksOf(sim).sent).toBe(31)
    const alone = simulate(design({ nodes: { source: ['producer'] }, wires: [] }))
    expect(alone.intervene(action(0, 'sendOne')).error?.code).toBe('NotConnected')
    alone.advance(fromSeconds(5))
    expect(booksOf(alone).made).toBe(0)
  })
})
