/**
 * The picture is a function of scenario, seed, interventions and time: however a run is cut into
 * steps, saved, restored or driven through the worker's protocol, it is the same run (ENGINE.md
 * part 8, X10-X12).
 */
import { describe, expect, test } from 'vitest'
import { US_PER_S, fromSeconds } from '../base/units.ts'
import type { Config, Intervention, Scenario } from '../scenario/scenario.ts'
import { kinds } from '../services/kinds.ts'
import { CERTAIN, design, simulate } from '../services/lab.ts'
import { createHost } from '../worker/host.ts'
import type { FromWorker, Totals } from '../worker/protocol.ts'
import { Simulation } from './simulation.ts'
import { hashWorld } from './snapshot.ts'
import { totalsOf } from './totals.ts'
import { logPage } from './views.ts'

const UNTIL_US = fromSeconds(90)

/** Everything that uses chance, timers and retries, in one design. */
const busy: Scenario = design({
  seed: 5,
  network: 'stretched',
  nodes: {
    shop: ['producer', { pattern: 'poisson', ratePerSecond: 6, keyDistribution: 'zipf' }],
    waves: ['producer', { pattern: 'sine', ratePerSecond: 4, sinePeriodS: 20, batchSize: 4 }],
    clicks: ['producer', { pattern: 'burst', burstSize: 9, burstEveryS: 7, backoffMs: 700 }],
    orders: ['sqs', { VisibilityTimeout: 4, duplicateChance: 0.05, reorderChance: 0.1 }],
    bulk: ['sqs', { DelaySeconds: 2, MessageRetentionPeriod: 60 }],
    dead: ['sqs'],
    done: ['sqs'],
    workers: [
      'consumer',
      {
        instances: 3,
        concurrency: 2,
        MaxNumberOfMessages: 3,
        serviceTime: 'lognormal',
        serviceTimeMs: 300,
        failureChance: 0.1,
        poison: 'share',
        poisonShare: 0.05,
        crashChance: 0.01,
        forgetDeleteChance: 0.02,
        heartbeatEveryS: 1,
        heartbeatToS: 3,
        batchDelete: true,
      },
    ],
    gate: ['consumer', { instances: 2, serviceTimeMs: 400, acceptQueue: 2 }],
  },
  wires: [
    ['shop', 'orders'],
    ['waves', 'bulk'],
    ['waves', 'orders'],
    ['clicks', 'gate'],
    ['orders', 'workers', { priority: 1 }],
    ['bulk', 'workers', { priority: 2 }],
    ['workers', 'done'],
    ['gate', 'done'],
    ['orders', 'dead', { maxReceiveCount: 2 }],
  ],
})

const orders = busy.nodes.find(({ id }) => id === 'orders')!
const interventions: readonly Intervention[] = [
  { atUs: fromSeconds(10), type: 'action', node: 'workers', action: 'crashOne', args: {} },
  { atUs: fromSeconds(20), type: 'action', node: 'shop', action: 'sendBurst', args: { count: 40 } },
  {
    atUs: fromSeconds(30.5),
    type: 'edit',
    diff: {
      nodes: { orders: { ...orders, config: { VisibilityTimeout: 2 } }, gate: null },
      wires: { 'clicks-gate': null, 'gate-done': null },
    },
  },
  {
    atUs: fromSeconds(40),
    type: 'call',
    service: 'sqs',
    operation: 'SendMessage',
    input: { QueueUrl: 'orders', MessageBody: '{"typed":"by hand"}' },
  },
]

const fingerprint = (sim: Simulation): string =>
  `${totalsOf(sim).logHash} ${sim.world.events} ${hashWorld(sim.world)}`

const whole = (() => {
  const sim = simulate(busy, interventions)
  sim.advance(UNTIL_US)
  return sim
})()

test('the design of these tests does a bit of everything, and its books add up', () => {
  const { nodes, invariants } = totalsOf(whole)
  expect(invariants.broken).toEqual([])
  const { totals } = nodes.workers
  for (const name of ['processed', 'failed', 'abandoned', 'forgotten', 'sentOn', 'crashed']) {
    expect(totals[name], name).toBeGreaterThan(0)
  }
  expect(nodes.orders.totals.duplicates).toBeGreaterThan(0)
  expect(nodes.dead.totals.movedIn).toBeGreaterThan(0)
  expect(nodes.clicks.totals.retried).toBeGreaterThan(0)
  expect(nodes.clicks.totals.failed).toBeGreaterThan(0)
})

describe('the same run, whether', () => {
  test('in steps of 1 ms', () => {
    const sim = simulate(busy, interventions)
    for (let us = 1000; us <= UNTIL_US; us += 1000) sim.advance(us)
    expect(fingerprint(sim)).toBe(fingerprint(whole))
  })

  test('in portions of 7 events, with a look at every card between them', () => {
    const sim = simulate(busy, interventions)
    while (!sim.advance(UNTIL_US, 7)) {
      for (const { alive, index } of sim.world.nodes) {
        if (alive) sim.behaviours[index]!.digest(sim, index)
      }
    }
    expect(fingerprint(sim)).toBe(fingerprint(whole))
  })

  test('one visible event at a time', () => {
    const sim = simulate(busy, interventions)
    while (sim.nextUs() <= UNTIL_US) sim.step()
    const at = sim.nowUs
    const other = simulate(busy, interventions)
    other.advance(Math.max(at, UNTIL_US))
    sim.advance(Math.max(at, UNTIL_US))
    expect(fingerprint(sim)).toBe(fingerprint(other))
  })

  test('interventions are live or recorded', () => {
    const sim = simulate(busy)
    for (const intervention of interventions) {
      sim.advance(intervention.atUs)
      sim.intervene(intervention)
    }
    sim.advance(UNTIL_US)
    expect(sim.interventions).toEqual(interventions)
    expect(fingerprint(sim)).toBe(fingerprint(whole))
  })

  test.each([0, 9.999, 10, 23.4567, 31, 65])('X11: saved and restored at %s s', (seconds) => {
    const sim = simulate(busy, interventions)
    sim.advance(fromSeconds(seconds))
    const saved = sim.snapshot()
    const savedHash = hashWorld(saved)
    sim.advance(UNTIL_US)
    expect(fingerprint(sim)).toBe(fingerprint(whole))
    expect(hashWorld(saved), 'going on leaves the snapshot alone').toBe(savedHash)

    sim.restore(saved)
    sim.advance(UNTIL_US)
    expect(fingerprint(sim)).toBe(fingerprint(whole))

    const fresh = simulate(busy, interventions)
    fresh.restore(structuredClone(saved))
    fresh.advance(UNTIL_US)
    expect(fingerprint(fresh)).toBe(fingerprint(whole))
  })

  test('in process or through the protocol of the worker', () => {
    const answers: FromWorker[] = []
    let wallMs = 0
    // Each look at the clock is 5 ms later: frames come back before they are there.
    const ask = createHost(
      kinds,
      (message) => answers.push(message),
      () => (wallMs += 5),
    )
    const last = () => answers.at(-1)!
    ask({ type: 'load', run: 1, scenario: busy, interventions })
    for (let us = 0; us < UNTIL_US;) {
      ask({ type: 'advance', run: 1, toUs: Math.min(UNTIL_US, us + 700_000), wantDigests: true })
      const frame = last()
      if (frame.type !== 'frame') throw new Error(JSON.stringify(frame))
      us = frame.frame.atUs
    }
    ask({ type: 'ask', run: 1, id: 1, question: { about: 'totals' } })
    const answer = last()
    let totals: Totals | undefined
    if (answer.type === 'answer' && answer.answer.about === 'totals') totals = answer.answer.totals
    expect(totals).toEqual(totalsOf(whole))
  })
})

test('another seed is another run', () => {
  const sim = simulate({ ...busy, seed: 6 }, interventions)
  sim.advance(UNTIL_US)
  expect(totalsOf(sim).logHash).not.toBe(totalsOf(whole).logHash)
})

describe('X12: what a node does is not moved by', () => {
  const base = (fleet: Config = {}): Scenario =>
    design({
      nodes: {
        source: ['producer', { pattern: 'poisson', ratePerSecond: 5 }],
        queue: ['sqs', { VisibilityTimeout: 3 }],
        fleet: ['consumer', { serviceTime: 'exponential', serviceTimeMs: 150, ...fleet }],
      },
      wires: [
        ['source', 'queue'],
        ['queue', 'fleet'],
      ],
    })

  /** Calls and news that concern the first three nodes. */
  function trace(scenario: Scenario, operation?: string): string[] {
    const sim = simulate(scenario)
    const lines: string[] = []
    for (let s = 1; s <= 60; s++) {
      const before = sim.records.log.rows
      sim.advance(s * US_PER_S)
      const { rows } = logPage(
        sim,
        0,
        sim.records.log.rows - before,
        operation ? { operation } : {},
      )
      for (const row of rows.filter(({ row }) => row >= before).toReversed()) {
        if (!row.from.startsWith('other') && !row.to.startsWith('other')) {
          lines.push([row.atUs, row.from, row.operation, row.to, row.input, row.output].join(' '))
        }
      }
    }
    return lines
  }

  const more = (scenario: Scenario): Scenario => {
    const extra = design({
      nodes: {
        'other-producer': ['producer', { pattern: 'poisson' }],
        'other-queue': ['sqs', CERTAIN],
        'other-fleet': ['consumer', { WaitTimeSeconds: 0, pollPauseMs: 333 }],
      },
      wires: [['other-queue', 'other-fleet']],
    })
    return {
      ...scenario,
      nodes: [...scenario.nodes, ...extra.nodes],
      wires: [...scenario.wires, ...extra.wires],
    }
  }

  test('nodes elsewhere', () => {
    const alone = trace(base())
    expect(alone.length).toBeGreaterThan(600)
    expect(trace(more(base()))).toEqual(alone)
  })

  test('a setting that has nothing to do with it', () => {
    const sends = trace(base(), 'SendMessage')
    expect(sends.length).toBeGreaterThan(200)
    expect(trace(base({ failureChance: 0.5, crashChance: 0.1 }), 'SendMessage')).toEqual(sends)
    // The first failure changes what is received when, but not how long the n-th work takes.
    const works = (fleet: Config): number[] => {
      const sim = simulate(base({ ...fleet, instances: 50 }))
      const state = sim.world.nodes[2].state as {
        workers: { startedUs: Float64Array; doneUs: Float64Array }
      }
      sim.advance(fromSeconds(2))
      return Array.from(state.workers.doneUs, (us, w) => us - state.workers.startedUs[w])
    }
    expect(works({ failureChance: 0.5 })).toEqual(works({}))
  })
})
