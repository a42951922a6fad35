import { expect, test } from 'vitest'
import { emptyScenario, type Scenario } from '../scenario/scenario.ts'
import type { Behaviour, Operation } from './behaviour.ts'
import type { Kinds } from './build.ts'
import { CODE, addItem } from './calls.ts'
import { newMessage } from './messages.ts'
import { seriesOf } from './metrics.ts'
import { Simulation } from './simulation.ts'

const nothing: Omit<Behaviour, 'create' | 'event'> = {
  counters: [],
  errors: [],
  operations: [],
  news: [],
  metrics: [],
  actions: {},
  digest: () => ({ rows: [], figures: {}, spark: [], advice: [] }),
}

const take: Operation = {
  name: 'Take',
  carries: 'answer',
  run(sim, _node, call) {
    const slot = newMessage(sim.world.messages, 0, 7, 0, 3)
    addItem(sim.world.calls, call, slot, 1)
    sim.answer(call, CODE.ok)
    // Gone again while the answer travels, and its place wanted by another.
    sim.release(slot)
    newMessage(sim.world.messages, 0, 8, 0, 4)
  },
  request: () => null,
  response: () => null,
  gist: () => ({ input: '', output: '' }),
  parse: () => null,
}

const service: Behaviour = {
  ...nothing,
  counters: ['asked'],
  metrics: [{ name: 'asked', unit: 'Count', statistic: 'Sum', counter: 'asked' }],
  operations: [take],
  create: () => null,
  event: () => undefined,
}

function kindsWith(caller: Behaviour): Kinds {
  const known: Record<string, Behaviour> = { service, caller }
  return {
    behaviour: (kind) => known[kind],
    service: (name) => known[name],
    config: (node) => ({ ...node.config }),
    wire: () => ({ role: 'take', config: {} }),
    locate: () => ({ error: { code: 'None', status: 400, message: '' } }),
  }
}

const pair: Scenario = {
  ...emptyScenario(),
  nodes: ['service', 'caller'].map((kind) => ({
    id: kind,
    kind,
    name: kind,
    x: 0,
    y: 0,
    config: {},
  })),
  wires: [{ id: 'w', from: 'service', to: 'caller', config: {} }],
}

const idle: Behaviour = { ...nothing, create: () => null, event: () => undefined }

test('a world where nothing will happen is idle, and a step in it ends', () => {
  const sim = new Simulation(pair, [], kindsWith(idle))
  expect(sim.nextUs()).toBe(Infinity)
  expect(sim.step()).toBe(false)
})

test('metrics are sampled at every whole second, however the time is cut', () => {
  const times = (cut: number): readonly number[] => {
    const sim = new Simulation(pair, [], kindsWith(idle))
    for (let at = cut; at <= 3_000_000; at += cut)
      while (!sim.advance(at, 1)) expect(at).toBeGreaterThan(0)
    return seriesOf(sim.records.historyOf(0, 1), service.metrics, 0, 10, 1)[0].timesS
  }
  expect(times(3_000_000)).toEqual([0, 1, 2])
  expect(times(250_000)).toEqual([0, 1, 2])
})

test('a message released while an answer carries it can still be read on arrival', () => {
  const seen: number[] = []
  const caller: Behaviour = {
    ...nothing,
    create: () => null,
    event: () => undefined,
    started(sim, node) {
      sim.send(sim.call(node, 0, sim.operationIndex(0, 'Take'), 0))
    },
    answered(sim, _node, call) {
      const { calls, messages } = sim.world
      const slot = calls.slots[call * 10]
      seen.push(calls.serials[call * 10], messages.ordinal[slot], messages.hue[slot])
    },
  }
  const sim = new Simulation(pair, [], kindsWith(caller))
  sim.advance(1_000_000)
  expect(seen).toEqual([1, 7, 3])
  expect(sim.world.messages.live).toBe(1)
  // Arrived, it no longer keeps its place.
  const next = newMessage(sim.world.messages, 0, 9, 0, 0)
  expect(next).toBe(0)
})
