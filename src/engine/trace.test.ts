/** A trace tells what the log holds, in order, with causes that are true. */
import { beforeAll, describe, expect, it } from 'vitest'
import { fromSeconds } from '../base/units.ts'
import { design, simulate } from '../services/lab.ts'
import { gallery } from '../lessons/gallery.ts'
import { kinds } from '../services/kinds.ts'
import { readRow } from './log.ts'
import { Simulation } from './simulation.ts'
import { traceOf, whyOf } from './trace.ts'
import { logPage } from './views.ts'
import { prepare } from './prepare.ts'
import { schemas } from '../services/schemas.ts'

beforeAll(() => prepare(kinds, schemas.keys()) ?? undefined)

const shop = (queue: Record<string, number>, work: Record<string, number | string>) =>
  design({
    network: 'instant',
    nodes: {
      shop: ['producer', { pattern: 'constant', ratePerSecond: 0.01 }],
      orders: ['sqs', { duplicateChance: 0, reorderChance: 0, ...queue }],
      dead: ['sqs'],
      workers: ['consumer', { instances: 3, ...work }],
    },
    wires: [
      ['shop', 'orders'],
      ['orders', 'workers'],
      ['orders', 'dead', { maxReceiveCount: 2 }],
    ],
  })

describe('the life of a message', () => {
  it('FACTS 2.2, 2.5: fails twice and goes to the dead-letter queue, each step with its cause', () => {
    const sim = simulate(shop({ VisibilityTimeout: 5 }, { failureChance: 1, serviceTimeMs: 100 }))
    sim.advance(fromSeconds(150))
    const { steps, isWhole } = traceOf(sim, 1)
    expect(isWhole).toBe(true)
    expect(steps.map(({ operation }) => operation)).toEqual([
      'SendMessage',
      'ReceiveMessage',
      '(failed)',
      '(visibility timeout expired)',
      'ReceiveMessage',
      '(failed)',
      '(visibility timeout expired)',
      '(moved to the dead-letter queue)',
    ])
    expect(steps[3].because).toMatch(
      /^5 s passed since (workers\/\d) received it, without a DeleteMessage. \1 failed at 00:/,
    )
    expect(steps[7].because).toContain('Received 2 times')
    const inLog = logPage(sim, 0, 200, { message: 1 }).rows.map(({ row }) => row)
    expect(steps.map(({ row }) => row)).toEqual(inLog.toReversed())
  })

  it('FACTS 2.2: a delete after the timeout ended says that it came too late', () => {
    const sim = simulate(
      shop({ VisibilityTimeout: 4 }, { serviceTimeMs: 6_000, serviceTime: 'constant' }),
    )
    sim.advance(fromSeconds(150))
    const { steps } = traceOf(sim, 1)
    const deleted = steps.filter(({ operation }) => operation === 'DeleteMessage')
    expect(deleted[0].because).toMatch(/^Too late: workers\/\d worked for 6 s/)
  })

  it('of a message nobody knows is empty', () => {
    const sim = simulate(shop({}, {}))
    expect(traceOf(sim, 99)).toEqual({ steps: [], isWhole: true, copies: [] })
  })
})

describe('why', () => {
  it('FACTS 2.2: a crash is the cause of what comes back, at the moment it happened', () => {
    const work = { serviceTime: 'constant', serviceTimeMs: 15_000 }
    const sim = simulate(shop({ VisibilityTimeout: 20 }, work))
    sim.advance(fromSeconds(5))
    sim.intervene({ atUs: 0, type: 'action', node: 'workers', action: 'crashOne', args: {} })
    sim.advance(fromSeconds(150))
    const { steps } = traceOf(sim, 1)
    const crash = steps.find(({ operation }) => operation === '(crashed)')!
    expect(crash.atUs).toBe(fromSeconds(5))
    const back = steps.find(({ operation }) => operation === '(visibility timeout expired)')!
    expect(back.because).toContain(`${crash.from} crashed at 00:00:05.000.`)
  })

  it('copies of a topic know of each other, also when they are gone', () => {
    const entry = gallery.find(({ id }) => id === 'fan-out')!
    const sim = new Simulation(entry.scenario, [], kinds)
    sim.advance(fromSeconds(60))
    const { copies } = traceOf(sim, 1)
    expect(copies).toHaveLength(3)
    for (const copy of copies) {
      expect(traceOf(sim, copy).copies).toContain(1)
      expect(traceOf(sim, copy).steps[0].operation).toBe('Publish')
    }
  })
})

describe.each(gallery.map((entry) => [entry.id, entry.scenario] as const))('%s', (_, scenario) => {
  it('whatever happens to a message by itself, and every refusal for its load, has a cause', () => {
    const sim = new Simulation(scenario, [], kinds)
    sim.advance(fromSeconds(90), 200_000)
    const { log } = sim.records
    const unexplained = new Set<string>()
    const seen = new Map<string, number>()
    for (let row = Math.max(0, log.rows - 20_000); row < log.rows; row++) {
      const told = logPage(sim, row + 1, 1, {}).rows[0]
      const logged = readRow(log, row)
      if (!told || !logged) continue
      const isNews = !told.isCall && logged.itemCount > 0
      const isLoad = /Throttl|OverLimit|Exceeded|AccessDenied/.test(told.error)
      if (!isNews && !isLoad) continue
      const what = `${told.to}: ${told.isCall ? told.error : told.operation}`
      seen.set(what, (seen.get(what) ?? 0) + 1)
      // A few of each are enough.
      if (seen.get(what)! > 5) continue
      const why = whyOf(sim, { row })!
      if (why.because === '') unexplained.add(what)
      if (why.since !== null) expect(why.since).toBeLessThanOrEqual(told.atUs)
    }
    expect([...unexplained]).toEqual([])
  })

  it('whatever is marked on the timeline has a cause', () => {
    const sim = new Simulation(scenario, [], kinds)
    sim.advance(fromSeconds(90), 200_000)
    const { count, ring } = sim.records.notables
    const silent = new Map<string, string>()
    const asked = new Map<string, number>()
    for (let n = count - 1; n >= Math.max(0, count - 2_000); n--) {
      const mark = ring[n % ring.length]
      // The oldest rows of a busy run are gone.
      if (mark.type === 'edited' || mark.atUs < oldestUs(sim)) continue
      const what = `${mark.node}: ${mark.type}`
      asked.set(what, (asked.get(what) ?? 0) + 1)
      if (asked.get(what)! > 5) continue
      const why = whyOf(sim, { mark })
      if (!why) silent.set(what, 'no row')
      else if (why.because === '') silent.set(what, 'no sentence')
    }
    expect(Object.fromEntries(silent)).toEqual({})
  })
})

const oldestUs = ({ records: { log } }: Simulation): number =>
  readRow(log, Math.max(0, log.rows - 65_536))?.atUs ?? Infinity
