import { describe, expect, it } from 'vitest'
import { emptyScenario } from '../scenario/scenario.ts'
import type { Failure, WorkerLike } from './client.ts'
import { createEngineClient } from './client.ts'
import { emptyFrame } from './frames.fake.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

/** A worker whose answers the test gives by hand. */
function fakeWorker(hear: (message: FromWorker) => void, broke: (message: string) => void) {
  const sent: ToWorker[] = []
  const state = { ended: false }
  const worker: WorkerLike = {
    postMessage: (message) => void sent.push(message),
    terminate: () => void (state.ended = true),
  }
  return { worker, sent, state, say: hear, crash: broke }
}

function started() {
  const workers: ReturnType<typeof fakeWorker>[] = []
  const failures: Failure[] = []
  const client = createEngineClient(
    (hear, broke) => {
      const made = fakeWorker(hear, broke)
      workers.push(made)
      return made.worker
    },
    (failure) => void failures.push(failure),
    () => undefined,
  )
  return { client, workers, failures }
}

const loaded = (run: number, wires: string[] = []): FromWorker => ({
  type: 'loaded',
  run,
  wires,
  frame: emptyFrame(0, 0),
})

describe('the engine client', () => {
  it('hands a frame out with the wires that hold when it was made', async () => {
    const { client, workers } = started()
    const load = client.load(emptyScenario(), [])
    workers[0].say(loaded(1, ['a']))
    expect((await load)?.wires).toEqual(['a'])
    const first = client.advance(5, false)
    workers[0].say({ type: 'frame', run: 1, frame: emptyFrame(0, 5) })
    expect((await first)?.wires).toEqual(['a'])
    const intervention = { atUs: 0, type: 'edit', diff: { nodes: {}, wires: {} } } as const
    const edit = client.intervene(intervention)
    const second = client.advance(9, false)
    const stamped = { ...intervention, atUs: 5 }
    workers[0].say({ type: 'intervened', run: 1, intervention: stamped, wires: ['a', 'b'] })
    workers[0].say({ type: 'frame', run: 1, frame: emptyFrame(5, 9) })
    expect((await edit)?.intervention.atUs).toBe(5)
    expect((await second)?.wires).toEqual(['a', 'b'])
    const replayed = client.step()
    const frame = emptyFrame(9, 12)
    workers[0].say({ type: 'frame', run: 1, frame, wires: ['a', 'b', 'c'] })
    expect((await replayed)?.wires).toEqual(['a', 'b', 'c'])
  })

  it('refuses a second frame while one is in the air', async () => {
    const { client, workers } = started()
    void client.load(emptyScenario(), [])
    workers[0].say(loaded(1))
    void client.advance(5, false)
    expect(client.busy).toBe(true)
    expect(() => client.step()).toThrow('in the air')
    workers[0].say({ type: 'frame', run: 1, frame: emptyFrame(0, 5) })
    expect(client.busy).toBe(false)
  })

  it('drops answers of an older run and settles what waited for it', async () => {
    const { client, workers } = started()
    void client.load(emptyScenario(), [])
    workers[0].say(loaded(1))
    const old = client.advance(5, false)
    const question = client.ask({ about: 'totals' })
    const second = client.load(emptyScenario(), [])
    expect(await old).toBeNull()
    expect((await question).about).toBe('refused')
    workers[0].say({ type: 'frame', run: 1, frame: emptyFrame(0, 5) })
    workers[0].say(loaded(1, ['old']))
    workers[0].say(loaded(2, ['new']))
    expect((await second)?.wires).toEqual(['new'])
    expect(workers).toHaveLength(1)
  })

  it('matches answers to questions by id, in any order', async () => {
    const { client, workers } = started()
    void client.load(emptyScenario(), [])
    workers[0].say(loaded(1))
    const a = client.ask({ about: 'message', message: 1 })
    const b = client.ask({ about: 'call', row: 3 })
    const ids = workers[0].sent.flatMap((message) => (message.type === 'ask' ? [message.id] : []))
    workers[0].say({ type: 'answer', run: 1, id: ids[1], answer: { about: 'call', call: null } })
    workers[0].say({
      type: 'answer',
      run: 1,
      id: ids[0],
      answer: { about: 'message', message: null },
    })
    expect((await a).about).toBe('message')
    expect((await b).about).toBe('call')
  })

  it('reports a crash once, ends the worker, and starts another on the next load', async () => {
    const { client, workers, failures } = started()
    void client.load(emptyScenario(), [])
    workers[0].say(loaded(1))
    const waiting = client.advance(5, false)
    workers[0].crash('out of memory')
    workers[0].crash('out of memory')
    expect(await waiting).toBeNull()
    expect(failures).toEqual([{ message: 'out of memory', atUs: null }])
    expect(workers[0].state.ended).toBe(true)
    const again = client.load(emptyScenario(), [])
    expect(workers).toHaveLength(2)
    workers[1].say(loaded(2))
    expect(await again).not.toBeNull()
  })

  it('reports a broken world with its time', () => {
    const { client, workers, failures } = started()
    void client.load(emptyScenario(), [])
    workers[0].say({ type: 'failed', run: 1, message: 'books do not add up', atUs: 77 })
    expect(failures).toEqual([{ message: 'books do not add up', atUs: 77 }])
  })

  it('answers null and refused when there is no worker', async () => {
    const { client } = started()
    expect(await client.advance(1, false)).toBeNull()
    expect(await client.ask({ about: 'totals' })).toEqual({
      about: 'refused',
      reason: 'The run has ended.',
    })
  })

  it('reports a worker that cannot be started', async () => {
    const failures: Failure[] = []
    const client = createEngineClient(
      () => {
        throw new Error('workers are not allowed here')
      },
      (failure) => void failures.push(failure),
      () => undefined,
    )
    expect(await client.load(emptyScenario(), [])).toBeNull()
    expect(failures[0].message).toBe('workers are not allowed here')
  })
})
