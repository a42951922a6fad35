import { expect, test, vi } from 'vitest'
import type { FromWorker } from '../worker/protocol.ts'
import { emptyFrame } from '../worker/frames.fake.ts'

test('what an engine says before every kind is known is heard afterwards, in its order', async () => {
  vi.resetModules()
  const { kindsFirst } = await import('./kindsFirst.ts')
  const { loadKinds, views } = await import('../services/views.ts')
  const heard: (readonly [run: number, kinds: number])[] = []
  let say: (message: FromWorker) => void = () => undefined
  const start = kindsFirst((hear) => {
    say = hear
    return { postMessage: () => undefined, terminate: () => undefined }
  })
  start(
    ({ run }) => heard.push([run, views.size]),
    (problem) => expect.unreachable(problem),
  )
  const loaded = (run: number): FromWorker => ({
    type: 'loaded',
    run,
    wires: [],
    frame: emptyFrame(0, 0),
  })
  say(loaded(1))
  say(loaded(2))
  expect(heard).toEqual([])
  await loadKinds()
  await vi.waitFor(() => expect(heard).toHaveLength(2))
  say(loaded(3))
  expect(heard).toEqual([1, 2, 3].map((run) => [run, views.size]))
  expect(views.size).toBeGreaterThan(20)
})
