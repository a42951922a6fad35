/** FACTS 4.4: a subscription tells what its filter policy made of the last message. */
import { expect, test } from 'vitest'
import { logPage } from '../../engine/views.ts'
import { traceOf, whyOf } from '../../engine/trace.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CERTAIN, design, simulate } from '../lab.ts'
import { gate } from './gate.ts'
import { ARN } from './testbed.ts'

function world(): Simulation {
  const sim = simulate(
    design({
      nodes: { news: ['sns'], orders: ['sqs', CERTAIN], all: ['sqs', CERTAIN] },
      wires: [
        ['news', 'orders', { FilterPolicy: '{"type": ["order"]}' }],
        ['news', 'all'],
      ],
    }),
  )
  sim.advance(0)
  return sim
}

function publish(sim: Simulation, type: string): void {
  sim.callFromOutside('sns', 'Publish', {
    TopicArn: `${ARN}:news`,
    Message: 'hello',
    MessageAttributes: { type: { DataType: 'String', StringValue: type } },
  })
  sim.advance(sim.nowUs)
}

/** The verdict at the wire to a part. */
function verdictTo(sim: Simulation, name: string) {
  const { nodes, wires } = sim.world
  const node = nodes.findIndex((one) => one.name === 'news')
  return gate(
    sim,
    node,
    wires.findIndex(({ alive, to }) => alive && nodes[to].name === name),
  )
}

test('FACTS 4.4: the gate tells whether the last message passed, and by which clause', () => {
  const sim = world()
  expect(verdictTo(sim, 'orders')).toBeNull()
  publish(sim, 'refund')
  expect(verdictTo(sim, 'orders')).toMatchObject({
    passed: false,
    because: 'The policy asks that type is "order"; in this message it is "refund".',
    alternatives: [[{ text: 'type is "order"', holds: false }]],
  })
  expect(verdictTo(sim, 'all')).toMatchObject({ passed: true, alternatives: [] })
  publish(sim, 'order')
  const { message, passed, because } = verdictTo(sim, 'orders')!
  expect({ passed, because }).toEqual({ passed: true, because: 'It fits: type is "order".' })
  expect(message).toBe(verdictTo(sim, 'all')!.message)
})

test('FACTS 4.4: a policy that changed since tells what it would do now', () => {
  const sim = world()
  publish(sim, 'refund')
  const wire = sim.world.scenario.wires.find(({ to }) => to === 'orders')!
  const config = { ...wire.config, FilterPolicy: '{"type": ["refund"]}' }
  sim.edit({ nodes: {}, wires: { [wire.id]: { ...wire, config } } })
  expect(verdictTo(sim, 'orders')).toMatchObject({
    passed: false,
    because: 'The policy has changed since. As it is now: It fits: type is "refund".',
  })
})

test('FACTS 4.4: Why? names the subscription and the clause that filtered a copy out', () => {
  const sim = world()
  publish(sim, 'refund')
  const { rows } = logPage(sim, 0, 20, {})
  const row = rows.find(({ operation }) => operation === '(filtered out)')!
  const because =
    'No copy for orders. The policy asks that type is "order"; in this message it is "refund". Other subscriptions decide for themselves.'
  expect(row.from).toBe('')
  expect(whyOf(sim, { row: row.row })?.because).toBe(because)
  const { message } = verdictTo(sim, 'orders')!
  expect(traceOf(sim, message).steps.map((step) => step.because)).toContain(because)
})
