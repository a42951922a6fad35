/** How kinds come to the screen, which knows none at first. */
import { beforeEach, expect, test, vi } from 'vitest'

type Views = typeof import('./views.ts')
let screen: Views & typeof import('./schemas.ts')

// As a page begins: without what other tests, and the engine's side, know.
beforeEach(async () => {
  vi.resetModules()
  screen = { ...(await import('./schemas.ts')), ...(await import('./views.ts')) }
})

const known = () => [...screen.schemas.keys()]

test('a design brings its kinds with it, each with its schema, and no others', async () => {
  expect(known()).toEqual([])
  await screen.loadKinds(['sqs', 'consumer', 'sqs'])
  expect(known()).toEqual(['consumer', 'sqs'])
  expect([...screen.views.keys()].sort()).toEqual(['consumer', 'sqs'])
})

test('a kind that this version does not have is left out', async () => {
  await screen.loadKinds(['pigeon', 'constructor'])
  expect(known()).toEqual([])
})

test('all kinds are known in the order of their names, whichever came first', async () => {
  await screen.loadKinds(['sqs'])
  await screen.withEveryKind(Promise.resolve())
  expect(known()).toEqual(known().toSorted())
  expect(known()).toContain('alarm')
  expect(known()).not.toContain('_skeleton')
})
