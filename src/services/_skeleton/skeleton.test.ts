/**
 * The skeleton works as it is copied. Yours: one test for each rule, named with its section
 * ("FACTS 3.1: ..."), and a line for the rule in `docs/fidelity/`. When the folder is part of the
 * product, `kinds` of `services/kinds.ts` knows the kind: use `simulate` and `design` of
 * `services/lab.ts` and drop `withMailbox` below.
 */
import { describe, expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import type { Kinds } from '../../engine/build.ts'
import { Simulation } from '../../engine/simulation.ts'
import { totalsOf } from '../../engine/totals.ts'
import type { Config } from '../../scenario/scenario.ts'
import { kinds } from '../kinds.ts'
import { design } from '../lab.ts'
import { withDefaults } from '../schemas.ts'
import behaviour from './behaviour.ts'
import schema from './schema.ts'
import view from './view.tsx'

/** The product's kinds and this one. */
const withMailbox: Kinds = {
  behaviour: (kind) => (kind === 'mailbox' ? behaviour : kinds.behaviour(kind)),
  service: (name) => (name === 'mailbox' ? behaviour : kinds.service(name)),
  config: (node, limits) =>
    node.kind === 'mailbox'
      ? withDefaults(schema.fields, node.config, limits)
      : kinds.config(node, limits),
  wire: (wire, from, to) =>
    to.kind === 'mailbox' ? { role: 'send', config: {} } : kinds.wire(wire, from, to),
  locate(sim, _service, operation, input) {
    const found = behaviour.locate!(sim, operation, input)
    return typeof found === 'number' ? { node: found, operation: 0 } : { error: found }
  },
}

/** A producer of ten messages, wired to a mailbox. */
const tenInto = (config: Config): Simulation => {
  const drawn = design({
    nodes: { tester: ['producer', { pattern: 'once', onceCount: 10 }], inbox: ['mailbox', config] },
    wires: [['tester', 'inbox']],
  })
  return new Simulation(drawn, [], withMailbox)
}

const INBOX = 1
const figuresOf = (sim: Simulation) => behaviour.digest(sim, INBOX).figures
const brokenBooks = (sim: Simulation) => totalsOf(sim).invariants.broken

describe('a mailbox', () => {
  test('takes in what a producer sends, and keeps the newest', () => {
    const sim = tenInto({ keepCount: 3 })
    sim.advance(fromSeconds(1))
    expect(figuresOf(sim)).toMatchObject({ received: 10, kept: 3, pushedOut: 7 })
    const { total, slots } = behaviour.page!(sim, INBOX, 'kept', 1, 10)
    expect(total).toBe(3)
    expect(slots.map((slot) => sim.world.messages.serial[slot])).toEqual([9, 10])
    expect(sim.world.messages.live).toBe(3)
    expect(brokenBooks(sim)).toEqual([])
  })

  test('refuses what is too large, and the sender keeps count of it', () => {
    const sim = tenInto({ maximumBytes: 1 })
    sim.advance(fromSeconds(1))
    expect(figuresOf(sim)).toMatchObject({ received: 0, kept: 0 })
    expect(totalsOf(sim).nodes.tester.totals).toMatchObject({ sent: 0, failed: 10 })
    expect(sim.world.messages.live).toBe(0)
  })

  test('is emptied when its time comes, and not at the time of an older plan', () => {
    const sim = tenInto({ emptyEveryS: 5 })
    sim.advance(fromSeconds(4))
    const drawn = sim.world.scenario.nodes[INBOX]
    sim.edit({ nodes: { inbox: { ...drawn, config: { emptyEveryS: 10 } } }, wires: {} })
    sim.advance(fromSeconds(14) - 1)
    expect(figuresOf(sim).kept).toBe(10)
    sim.advance(fromSeconds(14))
    expect(figuresOf(sim)).toMatchObject({ kept: 0, takenOut: 10 })
    expect(brokenBooks(sim)).toEqual([])
  })

  test('lets go of everything when its part is removed', () => {
    const sim = tenInto({})
    sim.advance(fromSeconds(1))
    sim.edit({ nodes: { inbox: null }, wires: { 'tester-inbox': null } })
    expect(sim.world.messages.live).toBe(0)
  })

  test('can be called from outside, and says no in words', () => {
    const sim = tenInto({ maximumBytes: 5 })
    const ask = (input: Config) => sim.callFromOutside('mailbox', 'SendMessage', input)
    expect(ask({ Mailbox: 'inbox', MessageBody: 'hello' }).output).toHaveProperty('MessageId')
    expect(ask({ Mailbox: 'inbox', MessageBody: 'hello!' }).error?.message).toContain('5 bytes')
    expect(ask({ Mailbox: 'inbox' }).error?.code).toBe('MissingParameter')
    expect(ask({ Mailbox: 'other', MessageBody: 'a' }).error?.code).toBe('MailboxDoesNotExist')
    expect(sim.world.messages.live).toBe(1)
  })
})

test('buttons and lists of the view are those of the behaviour', () => {
  expect(view.actions.map((action) => action.id)).toEqual(Object.keys(behaviour.actions))
  expect(view.lists.map((list) => list.id)).toEqual(['kept'])
})
