import { describe, expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import { logPage } from '../../engine/views.ts'
import type { Config, Intervention } from '../../scenario/scenario.ts'
import { CERTAIN, design, simulate } from '../lab.ts'

const once = (count: number): Config => ({ pattern: 'once', onceAtS: 1, onceCount: count })

interface Parts {
  readonly count?: number
  readonly queue?: Config
  readonly network?: 'stretched' | 'instant'
}

/** `count` messages at 1 s, a queue, and a fleet. */
const fleetOf = (config: Config, { count = 1, queue, network }: Parts = {}): Simulation =>
  simulate(
    design({
      ...(network && { network }),
      nodes: {
        source: ['producer', once(count)],
        queue: ['sqs', { ...CERTAIN, ...queue }],
        fleet: ['consumer', config],
      },
      wires: [
        ['source', 'queue'],
        ['queue', 'fleet'],
      ],
    }),
  )

function booksOf(sim: Simulation, name = 'fleet'): Record<string, number> {
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return nodes[name].totals
}

function booksAt(sim: Simulation, seconds: number, name = 'fleet'): Record<string, number> {
  sim.advance(fromSeconds(seconds))
  return booksOf(sim, name)
}

const act = (sim: Simulation, action: string): unknown =>
  sim.intervene({ atUs: 0, type: 'action', node: 'fleet', action, args: {} } as Intervention)

function reconfigure(sim: Simulation, config: Config): void {
  const node = sim.world.scenario.nodes.find(({ id }) => id === 'fleet')!
  const diff = { nodes: { fleet: { ...node, config } }, wires: {} }
  sim.intervene({ atUs: 0, type: 'edit', diff })
}

const figures = (sim: Simulation): Readonly<Record<string, number>> => {
  const { index } = sim.world.nodes.find(({ name }) => name === 'fleet')!
  return sim.behaviours[index]!.digest(sim, index).figures
}

const looks = (sim: Simulation): string[] => {
  const { index } = sim.world.nodes.find(({ name }) => name === 'fleet')!
  return sim.behaviours[index]!.digest(sim, index).rows[0].tokens.map(({ look }) => look)
}

/** Calls of the log, oldest first: [seconds, caller, operation]. */
const calls = (sim: Simulation, operation: string) =>
  logPage(sim, 0, 200, { operation }).rows.toReversed()

describe('receiving', () => {
  test('an idle fleet on long polls costs one call a worker and 20 s', () => {
    const sim = fleetOf({ instances: 2, concurrency: 3 }, { count: 1 })
    sim.advance(fromSeconds(0.5))
    const before = sim.world.events
    sim.advance(fromSeconds(0.9))
    expect(sim.world.events).toBe(before)
    // Five ended at 20, 40 and 60 s; the one that had worked at 22 and 42 s.
    expect(booksAt(sim, 61).emptyReceives).toBe(5 * 3 + 2)
  })

  test('short polls of an empty queue pause as set, and never stop the clock', () => {
    const sim = fleetOf({ WaitTimeSeconds: 0, pollPauseMs: 250 }, { count: 1 })
    expect(booksAt(sim, 0.999).emptyReceives).toBe(4)
    const eager = fleetOf({ WaitTimeSeconds: 0 })
    expect(booksAt(eager, 0.5).emptyReceives).toBe(501)
  })

  test('the messages of one receive are worked on one after the other', () => {
    const sim = fleetOf({ MaxNumberOfMessages: 10, serviceTimeMs: 1000 }, { count: 12 })
    // The first long poll is answered as soon as there is one message.
    expect(booksAt(sim, 1.5).received).toBe(1)
    expect(booksAt(sim, 2.5).received).toBe(11)
    expect(booksAt(sim, 6.5).processed).toBe(5)
    expect(booksAt(sim, 13).processed).toBe(12)
    expect(calls(sim, 'DeleteMessage')).toHaveLength(12)
  })

  test('deletes in batches: one call for a receive', () => {
    const sim = fleetOf(
      {
        MaxNumberOfMessages: 5,
        serviceTimeMs: 100,
        batchDelete: true,
        WaitTimeSeconds: 0,
        pollPauseMs: 999,
      },
      { count: 10, queue: { VisibilityTimeout: 30 } },
    )
    expect(booksAt(sim, 20, 'queue')).toMatchObject({ deleted: 10 })
    expect(calls(sim, 'DeleteMessage')).toHaveLength(0)
    expect(calls(sim, 'DeleteMessageBatch')).toHaveLength(2)
  })

  test('priority: the lower number first; equals take turns', () => {
    const three = (priorities: readonly number[]): string => {
      const sim = simulate(
        design({
          nodes: {
            pa: ['producer', once(4)],
            pb: ['producer', once(4)],
            a: ['sqs', CERTAIN],
            b: ['sqs', CERTAIN],
            fleet: ['consumer', { serviceTimeMs: 100, WaitTimeSeconds: 0, pollPauseMs: 300 }],
          },
          wires: [
            ['pa', 'a'],
            ['pb', 'b'],
            ['a', 'fleet', { priority: priorities[0] }],
            ['b', 'fleet', { priority: priorities[1] }],
          ],
        }),
      )
      sim.advance(fromSeconds(5))
      return calls(sim, 'DeleteMessage')
        .map(({ to }) => to)
        .join('')
    }
    expect(three([1, 2])).toBe('aaaabbbb')
    expect(three([2, 1])).toBe('bbbbaaaa')
    expect(['abababab', 'babababa']).toContain(three([3, 3]))
  })
})

describe('trouble', () => {
  test('a failed message is not deleted and comes back', () => {
    const sim = fleetOf(
      { failureChance: 1, serviceTimeMs: 100 },
      { queue: { VisibilityTimeout: 10 } },
    )
    expect(booksAt(sim, 22)).toMatchObject({ received: 3, processed: 0, failed: 3 })
    expect(looks(sim)).toEqual(['failed'])
    sim.advance(fromSeconds(25))
    expect(looks(sim)).toEqual(['faded'])
  })

  test('a forgotten delete: processed again and again', () => {
    const sim = fleetOf(
      { forgetDeleteChance: 1, serviceTimeMs: 100 },
      { queue: { VisibilityTimeout: 10 } },
    )
    expect(booksAt(sim, 22)).toMatchObject({ received: 3, processed: 3, forgotten: 3 })
  })

  test('a crash takes the whole instance and what it holds; it restarts; the message returns', () => {
    const sim = fleetOf(
      { instances: 2, concurrency: 2, serviceTimeMs: 5000, restartAfterS: 3 },
      { count: 4, queue: { VisibilityTimeout: 20 } },
    )
    sim.advance(fromSeconds(2))
    expect(figures(sim)).toMatchObject({ workers: 4, busy: 4 })
    act(sim, 'crashOne')
    expect(looks(sim)).toEqual(['off', 'off', 'outline', 'outline'])
    expect(booksOf(sim)).toMatchObject({ crashed: 1, abandoned: 2 })
    sim.advance(fromSeconds(5.5))
    expect(looks(sim)).toEqual(['faded', 'faded', 'outline', 'outline'])
    expect(booksAt(sim, 20).processed).toBe(2)
    expect(booksAt(sim, 30).processed).toBe(4)
  })

  test('crashing by chance goes on for ever and loses nothing', () => {
    const sim = fleetOf(
      { crashChance: 1, restartAfterS: 0, serviceTimeMs: 0 },
      { queue: { VisibilityTimeout: 0 } },
    )
    expect(booksAt(sim, 1.001).crashed).toBeGreaterThan(100)
    expect(booksOf(sim, 'queue')).toMatchObject({ sent: 1, deleted: 0 })
  })

  test('all crash, all restart', () => {
    const sim = fleetOf({ instances: 3, restartAfterS: 3600 }, { count: 9 })
    sim.advance(fromSeconds(1.5))
    act(sim, 'crashAll')
    expect(looks(sim)).toEqual(['off', 'off', 'off'])
    const { index } = sim.world.nodes[2]
    expect(sim.behaviours[index]!.digest(sim, index).advice).toHaveLength(1)
    act(sim, 'restartAll')
    expect(booksAt(sim, 60).processed).toBe(9)
    expect(booksOf(sim).abandoned).toBe(3)
  })

  test('an answer that comes after the crash is counted as abandoned', () => {
    const sim = fleetOf({ restartAfterS: 1 }, { network: 'stretched' })
    // Sent at 1 s, on its way to the worker from 1.4 to 1.8 s.
    sim.advance(fromSeconds(1.6))
    act(sim, 'crashOne')
    expect(booksAt(sim, 5)).toMatchObject({ received: 1, abandoned: 1, processed: 0 })
    expect(booksAt(sim, 40)).toMatchObject({ received: 2, processed: 1 })
  })
})

describe('changing while it runs', () => {
  test('more workers begin at once; too many finish what they do', () => {
    const sim = fleetOf({ serviceTimeMs: 10_000 }, { count: 20, queue: { VisibilityTimeout: 99 } })
    sim.advance(fromSeconds(2))
    expect(figures(sim)).toMatchObject({ workers: 1, busy: 1 })
    reconfigure(sim, { serviceTimeMs: 10_000, instances: 2, concurrency: 3 })
    sim.advance(fromSeconds(3))
    expect(figures(sim)).toMatchObject({ workers: 6, busy: 6 })
    reconfigure(sim, { serviceTimeMs: 10_000, instances: 1, concurrency: 2 })
    expect(figures(sim).busy).toBe(6)
    sim.advance(fromSeconds(13))
    expect(figures(sim)).toMatchObject({ workers: 2, busy: 2 })
    reconfigure(sim, { serviceTimeMs: 10_000, instances: 1, concurrency: 3 })
    expect(booksAt(sim, 14).abandoned).toBe(0)
    expect(figures(sim)).toMatchObject({ workers: 3, busy: 3 })
  })

  test('a queue wired later is polled; a removed one is let go, its message finished', () => {
    const sim = fleetOf({ serviceTimeMs: 4000 }, { count: 2 })
    sim.advance(fromSeconds(2))
    const wire = sim.world.scenario.wires[1]
    sim.intervene({ atUs: 0, type: 'edit', diff: { nodes: {}, wires: { [wire.id]: null } } })
    expect(booksAt(sim, 60, 'queue')).toMatchObject({ deleted: 1 })
    expect(figures(sim)).toMatchObject({ busy: 0, processed: 1 })
    sim.intervene({ atUs: 0, type: 'edit', diff: { nodes: {}, wires: { [wire.id]: wire } } })
    expect(booksAt(sim, 70, 'queue')).toMatchObject({ deleted: 2 })
  })
})

describe('passing on', () => {
  const chain = (second: Config, fleet: Config = {}): Simulation =>
    simulate(
      design({
        nodes: {
          source: ['producer', once(5)],
          queue: ['sqs', { ...CERTAIN, VisibilityTimeout: 5 }],
          fleet: ['consumer', { serviceTimeMs: 100, ...fleet }],
          done: ['sqs', { ...CERTAIN, ...second }],
        },
        wires: [
          ['source', 'queue'],
          ['queue', 'fleet'],
          ['fleet', 'done'],
        ],
      }),
    )

  test('the result has the same words and origin, and a name of its own', () => {
    const sim = chain({})
    expect(booksAt(sim, 10)).toMatchObject({ processed: 5, sentOn: 5 })
    const { messages } = sim.world
    const done = sim.behaviours[3]!.page!(sim, 3, 'visible', 0, 10).slots
    expect(done).toHaveLength(5)
    expect(done.map((slot) => messages.origin[slot])).toEqual([1, 2, 3, 4, 5])
    expect(sim.contentOf(done[2]).body).toContain('"order":3,')
  })

  test('words typed by a person go on too', () => {
    const sim = chain({})
    const input = { QueueUrl: 'queue', MessageBody: 'by hand' }
    sim.callFromOutside('sqs', 'SendMessage', input)
    sim.advance(fromSeconds(0.5))
    const [slot] = sim.behaviours[3]!.page!(sim, 3, 'visible', 0, 10).slots
    expect(sim.contentOf(slot).body).toBe('by hand')
  })

  test('a refused result fails the message, which comes back', () => {
    const sim = chain({ MaximumMessageSize: 1024 })
    const input = { QueueUrl: 'queue', MessageBody: 'x'.repeat(2000) }
    sim.callFromOutside('sqs', 'SendMessage', input)
    expect(booksAt(sim, 0.9)).toMatchObject({ processed: 0, failed: 1, sentOn: 0 })
    expect(booksAt(sim, 8).failed).toBe(2)
    expect(sim.world.messages.live).toBe(1 + 5)
  })
})

describe('when called', () => {
  const called = (fleet: Config, count: number): Simulation =>
    simulate(
      design({
        nodes: {
          source: ['producer', { ...once(count), retries: 0 }],
          fleet: ['consumer', { serviceTimeMs: 1000, ...fleet }],
        },
        wires: [['source', 'fleet']],
      }),
    )

  test('free workers take calls, so many may wait, the rest is refused', () => {
    const sim = called({ instances: 2, acceptQueue: 3 }, 9)
    sim.advance(fromSeconds(1.5))
    expect(figures(sim)).toMatchObject({ busy: 2, waiting: 3, refused: 4 })
    expect(booksAt(sim, 2.5).processed).toBe(2)
    expect(booksAt(sim, 10)).toMatchObject({ received: 5, processed: 5 })
    expect(booksOf(sim, 'source')).toMatchObject({ sent: 5, failed: 4 })
    expect(sim.world.messages.live).toBe(0)
    const refused = logPage(sim, 0, 20, { failedOnly: true }).rows
    expect(refused).toHaveLength(4)
    expect(refused[0]).toMatchObject({
      operation: 'Request',
      status: 503,
      error: 'ServiceUnavailable',
    })
  })

  test('what fails or crashes is answered with an error', () => {
    const failing = called({ failureChance: 1 }, 1)
    expect(booksAt(failing, 5, 'source')).toMatchObject({ sent: 0, failed: 1 })
    const [given, answered] = logPage(failing, 0, 2, {}).rows
    expect(answered).toMatchObject({ status: 500 })
    expect(given).toMatchObject({ operation: '(given up)', to: 'source' })
    const crashing = called({ acceptQueue: 1, restartAfterS: 2 }, 2)
    crashing.advance(fromSeconds(1.5))
    act(crashing, 'crashOne')
    expect(booksAt(crashing, 1.6, 'source')).toMatchObject({ failed: 1 })
    // The call that waited is taken by the restarted instance.
    expect(booksAt(crashing, 5, 'source')).toMatchObject({ sent: 1, failed: 1 })
  })

  test('removed with calls in hand and waiting, it answers all of them', () => {
    const sim = called({ acceptQueue: 10 }, 4)
    sim.advance(fromSeconds(1.5))
    const diff = { nodes: { fleet: null }, wires: { 'source-fleet': null } }
    sim.intervene({ atUs: 0, type: 'edit', diff })
    expect(booksAt(sim, 2, 'source')).toMatchObject({ made: 4, failed: 4 })
    expect(sim.world.messages.live).toBe(0)
  })

  test('the same workers poll and answer', () => {
    const sim = simulate(
      design({
        nodes: {
          source: ['producer', { ...once(3), retries: 0 }],
          jobs: ['producer', { ratePerSecond: 5 }],
          queue: ['sqs', CERTAIN],
          fleet: ['consumer', { serviceTimeMs: 100, acceptQueue: 5 }],
        },
        wires: [
          ['jobs', 'queue'],
          ['queue', 'fleet'],
          ['source', 'fleet'],
        ],
      }),
    )
    expect(booksAt(sim, 10, 'source')).toMatchObject({ sent: 3 })
    expect(booksOf(sim).processed).toBeGreaterThan(40)
  })
})
