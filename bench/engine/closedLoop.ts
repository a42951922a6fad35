/**
 * A caller that sends one message, receives it and deletes it, and then the next: the engine's operations,
 * books, log and hops, without AWS's JSON and without the lives of producers and consumers.
 */
import { US_PER_S } from '../../src/base/units.ts'
import { CODE, ITEMS_PER_CALL, addItem } from '../../src/engine/calls.ts'
import type { Behaviour } from '../../src/engine/behaviour.ts'
import type { Kinds } from '../../src/engine/build.ts'
import { newLiteralMessage } from '../../src/engine/messages.ts'
import { Simulation } from '../../src/engine/simulation.ts'
import { totalsOf } from '../../src/engine/totals.ts'
import { emptyScenario } from '../../src/scenario/scenario.ts'
import { kinds } from '../../src/services/kinds.ts'
import { NO_ATTRIBUTES } from '../../src/services/sqs/attributes.ts'

const CALLER = 0
const QUEUE = 1

/** A quiet queue and its caller. */
export function closedLoop(): {
  /** Runs so many further life cycles. Throws when a book does not add up or a call was refused. */
  run(count: number): void
} {
  let sent = 0
  let last = 0
  let operations: readonly number[] = []

  const sendNext = (sim: Simulation): void => {
    if (sent === last) return
    const { calls, messages } = sim.world
    const body = `message ${sent++}`
    const call = sim.call(CALLER, QUEUE, operations[0], -1)
    const content = { body, attributes: NO_ATTRIBUTES }
    addItem(calls, call, newLiteralMessage(messages, content, body.length, 0), 0)
    calls.arg[call] = -1
    sim.send(call)
  }
  const receive = (sim: Simulation): void => {
    const { calls } = sim.world
    const call = sim.call(CALLER, QUEUE, operations[1], -1)
    calls.arg[call] = US_PER_S
    calls.arg2[call] = -1
    calls.arg3[call] = 1
    sim.send(call)
  }
  const remove = (sim: Simulation, received: number): void => {
    const { calls } = sim.world
    const place = received * ITEMS_PER_CALL
    const call = sim.call(CALLER, QUEUE, operations[2], -1)
    addItem(calls, call, calls.slots[place], calls.receipts[place], calls.serials[place])
    sim.send(call)
  }

  const caller: Behaviour = {
    counters: [],
    errors: [],
    operations: [],
    news: [],
    metrics: [],
    actions: {},
    create: () => ({}),
    started(sim) {
      operations = ['SendMessage', 'ReceiveMessage', 'DeleteMessage'].map((name) =>
        sim.operationIndex(QUEUE, name),
      )
    },
    event: sendNext,
    answered(sim, _node, call) {
      const { calls } = sim.world
      if (calls.code[call] !== CODE.ok) throw new Error(`refused: ${calls.code[call]}`)
      const operation = calls.operation[call]
      if (operation === operations[0]) receive(sim)
      else if (operation === operations[1]) remove(sim, call)
      else sendNext(sim)
    },
    digest: () => ({ rows: [], figures: {}, lines: [], spark: [], advice: [] }),
  }
  const withCaller: Kinds = {
    ...kinds,
    behaviour: (kind) => (kind === 'caller' ? caller : kinds.behaviour(kind)),
    config: (node, limits) => (node.kind === 'caller' ? {} : kinds.config(node, limits)),
  }
  const sim = new Simulation(
    {
      ...emptyScenario('closed loop'),
      seed: 7,
      settings: { network: 'instant', limits: 'today' },
      nodes: [
        { id: 'caller', kind: 'caller', name: 'caller', x: 0, y: 0, config: {} },
        {
          id: 'orders',
          kind: 'sqs',
          name: 'orders',
          x: 0,
          y: 0,
          config: { duplicateChance: 0, reorderChance: 0 },
        },
      ],
    },
    [],
    withCaller,
  )
  return {
    run(count) {
      last += count
      sim.at(sim.nowUs, CALLER, 0)
      sim.advance(sim.nowUs)
      const { nodes, invariants } = totalsOf(sim)
      if (!invariants.ok) throw new Error(invariants.broken.join(' '))
      if (nodes.orders.totals.deleted !== last) throw new Error('not all were deleted')
    },
  }
}
