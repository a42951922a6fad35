import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyScenario, type SharedDocument } from '../scenario/scenario.ts'
import { encodeLink } from '../scenario/share.ts'
import { createFakeEngine } from '../worker/engine.fake.ts'
import type { DocumentEntry, Documents, Stored } from './storage/documents.ts'
import { scenarioOf } from './store/documentSlice.ts'
import { createApp } from './store/store.ts'
import { welcome } from './welcome.ts'
import { createWorkspace, SAVE_DELAY_MS } from './workspace.ts'

/** Documents in memory; `full` makes every save fail. */
function fakeDocuments() {
  const kept = new Map<string, SharedDocument>()
  const state = { full: false, last: null as string | null, saves: 0 }
  const ok = <T>(value: T): Promise<Stored<T>> => Promise.resolve({ ok: true, value })
  const entryOf = (id: string): DocumentEntry => ({
    id,
    title: kept.get(id)?.scenario.title ?? '',
    savedAt: 0,
  })
  const documents: Documents = {
    list: () => ok([...kept.keys()].map(entryOf)),
    load(id) {
      const document = kept.get(id)
      return document ? ok(document) : Promise.resolve({ ok: false, reason: 'not here' })
    },
    save(document, id = `d${kept.size + 1}`) {
      state.saves += 1
      kept.set(id, document)
      if (!state.full) return ok(entryOf(id))
      return Promise.resolve({ ok: false, reason: 'full', value: entryOf(id) })
    },
    remove(id) {
      kept.delete(id)
      return ok(null)
    },
    rename: (id) => ok(entryOf(id)),
    duplicate: (id) => ok(entryOf(id)),
    lastOpened: () => ok(state.last && kept.has(state.last) ? state.last : null),
    setLastOpened(id) {
      state.last = id
      return ok(null)
    },
  }
  return { documents, kept, state }
}

function setUp() {
  const storage = fakeDocuments()
  const app = createApp(createFakeEngine().startWorker)
  const workspace = createWorkspace(app, storage.documents)
  return { ...storage, workspace, now: app.store.getState }
}

const design = (title: string): SharedDocument => ({
  scenario: emptyScenario(title),
  interventions: [],
})
const saved = () => vi.advanceTimersByTimeAsync(SAVE_DELAY_MS + 1)

describe('the workspace', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('begins with the welcome, which is kept only once it is changed', async () => {
    const { workspace, now, kept } = setUp()
    await workspace.start('')
    expect(scenarioOf(now())).toBe(welcome)
    await saved()
    expect(kept.size).toBe(0)
    now().dispatch({ type: 'setTitle', title: 'Mine' })
    await saved()
    expect([...kept.values()].map(({ scenario }) => scenario.title)).toEqual(['Mine'])
    expect(now().saveState).toBe('saved')
  })

  it('opens again what was open last', async () => {
    const { workspace, now, kept, state } = setUp()
    kept.set('d1', design('Last'))
    state.last = 'd1'
    await workspace.start('#/')
    expect(now().docId).toBe('d1')
    expect(scenarioOf(now()).title).toBe('Last')
  })

  it('makes an own document of a link', async () => {
    const { workspace, now, kept } = setUp()
    await workspace.start(encodeLink(design('Shared')))
    expect(scenarioOf(now()).title).toBe('Shared')
    expect(kept.get(now().docId ?? '')?.scenario.title).toBe('Shared')
  })

  it('says what is wrong with a broken link and leaves everything as it is', async () => {
    const { workspace, now, kept, state } = setUp()
    kept.set('d1', design('Mine'))
    state.last = 'd1'
    await workspace.start('#s=1.broken')
    expect(now().problem?.title).toBe('The link is incomplete')
    expect([...kept.keys()]).toEqual(['d1'])
    expect(state.saves).toBe(0)
    await workspace.openLast()
    expect(now().problem).toBeNull()
    expect(now().docId).toBe('d1')
  })

  it('saves once after a burst of edits', async () => {
    const { workspace, now, state } = setUp()
    await workspace.openCopy(emptyScenario('A'))
    const before = state.saves
    for (const title of ['B', 'C', 'D']) now().dispatch({ type: 'setTitle', title })
    await saved()
    expect(state.saves).toBe(before + 1)
  })

  it('saves what is waiting before another document opens', async () => {
    const { workspace, now, kept } = setUp()
    await workspace.openCopy(emptyScenario('A'))
    const first = now().docId ?? ''
    now().dispatch({ type: 'setTitle', title: 'A2' })
    await workspace.openNew()
    expect(kept.get(first)?.scenario.title).toBe('A2')
    expect(scenarioOf(now()).title).toBe('Untitled')
    expect(now().docId).toBeNull()
  })

  it('keeps working without storage, and says so', async () => {
    const { workspace, now, state } = setUp()
    state.full = true
    await workspace.openCopy(emptyScenario('A'))
    now().dispatch({ type: 'setTitle', title: 'B' })
    await saved()
    expect(now().saveState).toBe('failed')
    expect(now().storageProblem).toBe('full')
    state.full = false
    now().dispatch({ type: 'setTitle', title: 'C' })
    await saved()
    expect(now().saveState).toBe('saved')
    expect(now().storageProblem).toBeNull()
  })

  it('a deleted design comes back with undo', async () => {
    const { workspace, now, kept } = setUp()
    await workspace.openCopy(emptyScenario('A'))
    const id = now().docId ?? ''
    await workspace.remove({ id, title: 'A', savedAt: 0 })
    expect(kept.size).toBe(0)
    expect(now().docId).toBeNull()
    now().toasts[0].action?.run()
    await saved()
    expect(kept.has(id)).toBe(true)
    expect(now().docId).toBe(id)
  })

  it('refuses a file that is not ours without touching the design', async () => {
    const { workspace, now } = setUp()
    await workspace.openCopy(emptyScenario('A'))
    await workspace.openFile(new Blob(['{"name":"package"}']))
    expect(now().toasts[0].text).toContain('Not a Switchyard document')
    expect(scenarioOf(now()).title).toBe('A')
  })
})
