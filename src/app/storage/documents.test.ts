import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test } from 'vitest'
import { everything, shop } from '../../scenario/fixtures.ts'
import { emptyScenario, type SharedDocument } from '../../scenario/scenario.ts'
import { openDatabase, type Database } from './database.ts'
import { createDocuments, type Documents, type Stored, type Surroundings } from './documents.ts'

const titled = (title: string): SharedDocument => ({
  scenario: emptyScenario(title),
  interventions: [],
})

function documentsWith(surroundings: Surroundings = {}): Documents {
  let time = 1000
  let ids = 0
  return createDocuments({ now: () => time++, newId: () => `d${++ids}`, ...surroundings })
}

function valueOf<T>(stored: Stored<T>): T {
  if (!stored.ok) throw new Error(stored.reason)
  return stored.value
}
const titlesOf = async (documents: Documents) =>
  (await documents.list()).value?.map((entry) => entry.title)

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('with storage', () => {
  test('what is saved loads again, in another session too', async () => {
    const documents = documentsWith()
    const entry = valueOf(await documents.save(everything))
    expect(entry).toEqual({ id: 'd1', title: everything.scenario.title, savedAt: 1000 })
    expect(valueOf(await documents.load('d1'))).toEqual(everything)
    expect(valueOf(await documentsWith().load('d1'))).toEqual(everything)
  })
  test('the list has the last saved first; saving again is not another document', async () => {
    const documents = documentsWith()
    await documents.save(titled('a'))
    await documents.save(titled('b'))
    await documents.save(titled('a again'), 'd1')
    expect(valueOf(await documents.list())).toEqual([
      { id: 'd1', title: 'a again', savedAt: 1002 },
      { id: 'd2', title: 'b', savedAt: 1001 },
    ])
  })
  test('rename, duplicate, remove', async () => {
    const documents = documentsWith()
    await documents.save({ ...everything, scenario: { ...shop, title: 'a' }, interventions: [] })
    expect(valueOf(await documents.rename('d1', 'b'))).toMatchObject({ id: 'd1', title: 'b' })
    expect(valueOf(await documents.duplicate('d1'))).toMatchObject({ id: 'd2', title: 'b (copy)' })
    const copy = valueOf(await documents.load('d2'))
    expect(copy.scenario).toEqual({ ...shop, title: 'b (copy)' })
    expect(valueOf(await documents.remove('d1'))).toBeNull()
    expect(await titlesOf(documents)).toEqual(['b (copy)'])
    expect(await documents.load('d1')).toEqual({
      ok: false,
      reason: 'This design is not in this browser any more.',
    })
    for (const answer of [documents.rename('d1', 'x'), documents.duplicate('d1')]) {
      expect((await answer).ok).toBe(false)
    }
    expect(await titlesOf(documents)).toEqual(['b (copy)'])
  })
  test('the last opened is remembered until it is removed', async () => {
    const documents = documentsWith()
    expect(valueOf(await documents.lastOpened())).toBeNull()
    await documents.save(titled('a'))
    await documents.setLastOpened('d1')
    expect(valueOf(await documents.lastOpened())).toBe('d1')
    expect(valueOf(await documentsWith().lastOpened())).toBe('d1')
    await documents.remove('d1')
    expect(valueOf(await documents.lastOpened())).toBeNull()
    expect(valueOf(await documentsWith().lastOpened())).toBeNull()
  })
  test('a stored text that is damaged, or of a newer version, is refused with the reason', async () => {
    const documents = documentsWith()
    await documents.save(titled('a'))
    const database = await openDatabase(() => undefined)
    await database.put('texts', '{"switchyard":', 'd1')
    expect(await documents.load('d1')).toMatchObject({
      reason: expect.stringContaining('not JSON'),
    })
    await database.put('texts', '{"switchyard":1,"scenario":{"format":99}}', 'd1')
    expect(await documents.load('d1')).toMatchObject({
      reason: expect.stringContaining('newer version'),
    })
  })
  test('a connection that was lost is opened anew', async () => {
    let connection: Database | undefined
    let lost: (() => void) | undefined
    const documents = documentsWith({
      open: async (onClosed) => {
        lost = onClosed
        return (connection = await openDatabase(onClosed))
      },
    })
    await documents.save(titled('a'))
    connection!.close()
    lost!()
    expect(await titlesOf(documents)).toEqual(['a'])
  })
  test('a tab that waits for newer tables is let through', async () => {
    const documents = documentsWith()
    await documents.save(titled('a'))
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open('switchyard', 2)
      request.addEventListener('success', () => resolve())
      request.addEventListener('blocked', () => reject(new Error('the old tab holds on')))
    })
    expect((await documents.save(titled('b'))).ok).toBe(false)
  })
  test('ids differ', async () => {
    const documents = createDocuments()
    const [a, b] = [await documents.save(titled('a')), await documents.save(titled('b'))]
    expect(valueOf(a).id).toMatch(/^[0-9a-f]{16}$/)
    expect(valueOf(a).id).not.toBe(valueOf(b).id)
  })
})

const denied = () => Promise.reject(new DOMException('denied', 'SecurityError'))

describe('without storage', () => {
  test('every method answers, says why, and the tab goes on in memory', async () => {
    const documents = documentsWith({ open: denied })
    const saved = await documents.save(everything)
    expect(saved).toMatchObject({
      ok: false,
      reason: expect.stringContaining('does not let Switchyard store anything'),
      value: { id: 'd1' },
    })
    expect(valueOf(await documents.load('d1'))).toEqual(everything)
    expect(await documents.list()).toMatchObject({ ok: false, value: [{ id: 'd1' }] })
    expect(await documents.rename('d1', 'b')).toMatchObject({ ok: false, value: { title: 'b' } })
    expect(await documents.duplicate('d1')).toMatchObject({ ok: false, value: { id: 'd2' } })
    expect(await titlesOf(documents)).toEqual(['b (copy)', 'b'])
    expect((await documents.setLastOpened('d1')).ok).toBe(false)
    expect(await documents.lastOpened()).toMatchObject({ ok: false, value: 'd1' })
    expect(await documents.remove('d1')).toEqual({ ok: true, value: null })
    expect((await documents.remove('d1')).ok).toBe(false)
    expect((await documents.load('d1')).ok).toBe(false)
    expect(await titlesOf(documents)).toEqual(['b (copy)'])
  })
  test('an opener that throws at once is no different', async () => {
    const documents = documentsWith({
      open: () => {
        throw new Error('no indexedDB here')
      },
    })
    expect(await documents.save(titled('a'))).toMatchObject({ ok: false, value: { title: 'a' } })
  })
  test('when storage comes back, the next save reaches it', async () => {
    let available = false
    const documents = documentsWith({
      open: (onClosed) => (available ? openDatabase(onClosed) : denied()),
    })
    await documents.save(titled('a'))
    available = true
    expect((await documents.save(titled('b'), 'd1')).ok).toBe(true)
    expect(valueOf(await documentsWith().load('d1')).scenario.title).toBe('b')
    expect(await titlesOf(documents)).toEqual(['b'])
  })
  test('a full storage says so, keeps the older version stored and the newer one here', async () => {
    await documentsWith().save(titled('old'))
    const documents = documentsWith({ open: full })
    expect(await documents.save(titled('new'), 'd1')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('is full'),
    })
    expect(valueOf(await documents.load('d1')).scenario.title).toBe('new')
    expect(valueOf(await documents.list())).toMatchObject([{ title: 'new' }])
    expect(valueOf(await documentsWith().load('d1')).scenario.title).toBe('old')
  })
})

/** A database whose transactions fail when they are written, as browsers do when space runs out. */
async function full(onClosed: () => void): Promise<Database> {
  const database = await openDatabase(onClosed)
  return new Proxy(database, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property)
      if (property !== 'transaction')
        return typeof value === 'function' ? value.bind(target) : value
      const request = Promise.reject(new DOMException('aborted', 'AbortError'))
      const done = Promise.reject(new DOMException('no space', 'QuotaExceededError'))
      request.catch(() => undefined)
      done.catch(() => undefined)
      return () => ({ done, objectStore: () => ({ put: () => request, delete: () => request }) })
    },
  })
}
