/** Requests keep their order while one of them waits for what its parts need. */
import { expect, test } from 'vitest'
import type { Behaviour } from '../engine/behaviour.ts'
import type { Kinds } from '../engine/build.ts'
import { emptyScenario } from '../scenario/scenario.ts'
import { inTurn } from './inTurn.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

/** A kind 'heavy' that is there once `settle` is called. */
function bed() {
  const handled: string[] = []
  const said: FromWorker[] = []
  let isThere = false
  let settle = (_problem?: Error): void => undefined
  const behaviour = {
    prepare: () =>
      isThere
        ? null
        : new Promise<void>((resolve, reject) => {
            settle = (problem) => {
              isThere = !problem
              if (problem) reject(problem)
              else resolve()
            }
          }),
  } as unknown as Behaviour
  const kinds = {
    behaviour: (kind: string) => (kind === 'heavy' ? behaviour : undefined),
  } as unknown as Kinds
  const handle = inTurn(
    kinds,
    ({ type }) => void handled.push(type),
    (message) => void said.push(message),
  )
  return { handle, handled, said, settle: (problem?: Error) => settle(problem) }
}

const load = (kind: string): ToWorker => ({
  type: 'load',
  run: 1,
  scenario: {
    ...emptyScenario(''),
    nodes: [{ id: 'n', kind, name: 'n', x: 0, y: 0, config: {} }],
  },
  interventions: [],
})
const step: ToWorker = { type: 'step', run: 1 }
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('what needs nothing is handled at once', () => {
  const { handle, handled } = bed()
  handle(load('light'))
  handle(step)
  expect(handled).toEqual(['load', 'step'])
})

test('what comes after a request that waits, waits too; then all go in their order', async () => {
  const { handle, handled, settle } = bed()
  handle(load('heavy'))
  handle(step)
  expect(handled).toEqual([])
  settle()
  await settled()
  expect(handled).toEqual(['load', 'step'])
})

test('an edit that adds such a part waits as well', async () => {
  const { handle, handled, settle } = bed()
  const { nodes } = (load('heavy') as Extract<ToWorker, { type: 'load' }>).scenario
  const diff = { nodes: { n: nodes[0] }, wires: {} }
  handle({ type: 'intervene', run: 1, intervention: { type: 'edit', atUs: 0, diff } })
  expect(handled).toEqual([])
  settle()
  await settled()
  expect(handled).toEqual(['intervene'])
})

test('what cannot be loaded fails the run, and the next request has its turn', async () => {
  const { handle, handled, said, settle } = bed()
  handle(load('heavy'))
  handle(step)
  settle(new Error('no network'))
  await settled()
  expect(said).toEqual([
    { type: 'failed', run: 1, message: 'A part cannot be loaded: no network', atUs: 0 },
  ])
  expect(handled).toEqual(['step'])
})
