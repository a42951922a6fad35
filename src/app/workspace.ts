/**
 * Designs coming and going: what opens at the start, what the browser keeps, and when. Links and
 * gallery scenarios become own documents when they are opened, so that a reload finds them again.
 */
import type { Problem } from '../scenario/parse.ts'
import { emptyScenario, type Scenario, type SharedDocument } from '../scenario/scenario.ts'
import { isLink } from '../scenario/isLink.ts'
import { checked } from './checked.ts'
import { importFile } from './storage/files.ts'
import type { DocumentEntry, Documents, Stored } from './storage/documents.ts'
import type { App } from './store/store.ts'
import { welcome } from './welcome.ts'

/** Wall time after the last edit before it is saved. */
export const SAVE_DELAY_MS = 600

export interface Workspace {
  /** Opens what the address asks for, else what was open last, else the welcome. */
  start(hash: string): Promise<void>
  /** A link that was followed while the app is open already. */
  openLink(hash: string): Promise<void>
  openNew(): Promise<void>
  /** @param reference what it is compared with */
  openCopy(scenario: Scenario, reference?: Scenario): Promise<void>
  openStored(id: string): Promise<void>
  openFile(file: Blob): Promise<void>
  openLast(): Promise<void>
  list(): Promise<readonly DocumentEntry[]>
  rename(id: string, title: string): Promise<void>
  duplicate(id: string): Promise<void>
  /** Keeps what is shown now as a design of one's own, and goes on showing what is shown. */
  saveCopy(): Promise<void>
  /** Can be undone from the toast. */
  remove(entry: DocumentEntry): Promise<void>
  /** Saves what is waiting to be saved. */
  flush(): Promise<void>
}

const plain = (scenario: Scenario): SharedDocument => ({ scenario, interventions: [] })

export function createWorkspace({ store }: App, documents: Documents): Workspace {
  const { getState, setState } = store
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> = Promise.resolve()

  store.subscribe((state, before) => {
    const same =
      state.history.present === before.history.present && state.reference === before.reference
    if (state.saveState !== 'unsaved' || same) return
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), SAVE_DELAY_MS)
  })

  /** Keeps trying without storage: says so once, and that all goes on working. */
  function noted<T>(stored: Stored<T>): T | undefined {
    setState({ storageProblem: stored.ok ? null : stored.reason })
    return stored.value
  }

  const listChanged = () => setState((state) => ({ designsChanged: state.designsChanged + 1 }))

  function flush(): Promise<void> {
    clearTimeout(timer)
    saving = saving.then(saveNow)
    return saving
  }

  async function saveNow(): Promise<void> {
    const { saveState, docId, history } = getState()
    if (saveState === 'saved') return
    const { reference } = getState()
    const document = {
      ...plain(history.present),
      ...(reference && { reference: reference.recording }),
    }
    const stored = await documents.save(document, docId ?? undefined)
    const entry = noted(stored)
    const now = getState()
    if (now.docId !== docId) return
    if (docId === null && entry) {
      setState({ docId: entry.id })
      await documents.setLastOpened(entry.id)
    }
    const unchanged = getState().history.present === history.present
    if (unchanged) now.setSaveState(stored.ok ? 'saved' : 'failed')
  }

  async function openOwn(document: SharedDocument): Promise<void> {
    await flush()
    const entry = noted(await documents.save(document))
    if (entry) await documents.setLastOpened(entry.id)
    setState({ problem: null })
    await getState().openDocument(document, entry?.id ?? null)
  }

  async function openLink(hash: string): Promise<void> {
    // Most visits bring no link.
    const { decodeLink } = await import('../scenario/share.ts')
    const opened = await checked(decodeLink(hash))
    if (!opened.ok) {
      setState({ problem: opened.problem })
      return
    }
    await openOwn(opened.document)
    if (opened.document.interventions.length === 0) return
    getState().announce('A recorded run, paused at the moment it was shared.')
  }

  async function openStored(id: string): Promise<void> {
    await flush()
    const loaded = await documents.load(id)
    if (!loaded.ok || !loaded.value) {
      const reason = loaded.ok ? '' : loaded.reason
      setState({ problem: { title: 'This design cannot be opened', detail: reason } })
      return
    }
    await documents.setLastOpened(id)
    setState({ problem: null })
    await getState().openDocument(loaded.value, id)
  }

  async function openFresh(scenario: Scenario): Promise<void> {
    await flush()
    setState({ problem: null })
    await getState().openDocument(plain(scenario), null)
  }

  async function openLast(): Promise<void> {
    const id = noted(await documents.lastOpened())
    if (id) await openStored(id)
    else await openFresh(welcome)
  }

  return {
    start: (hash) => (isLink(hash) ? openLink(hash) : openLast()),
    openLink,
    openLast,
    openStored,
    openNew: () => openFresh(emptyScenario()),
    openCopy: (scenario, reference) =>
      openOwn({ ...plain(scenario), ...(reference && { reference: plain(reference) }) }),
    async openFile(file) {
      const opened = await checked(await importFile(file))
      if (opened.ok) await openOwn(opened.document)
      else getState().toast(words(opened.problem), { tone: 'warn' })
    },
    list: async () => noted(await documents.list()) ?? [],
    async rename(id, title) {
      noted(await documents.rename(id, title))
      listChanged()
      if (id === getState().docId) getState().dispatch({ type: 'setTitle', title })
    },
    async duplicate(id) {
      noted(await documents.duplicate(id))
      listChanged()
    },
    async saveCopy() {
      const entry = noted(await documents.save(plain(getState().history.present)))
      if (!entry) return
      listChanged()
      getState().toast(`“${entry.title}” was saved in My designs.`)
    },
    async remove({ id, title }) {
      await flush()
      const kept = await documents.load(id)
      noted(await documents.remove(id))
      listChanged()
      const wasOpen = getState().docId === id
      if (wasOpen) setState({ docId: null })
      getState().toast(`“${title}” was deleted.`, {
        ...(kept.value && {
          action: {
            label: 'Undo',
            run: () => {
              const { value } = kept
              if (!value) return
              void documents.save(value, id).then((stored) => {
                noted(stored)
                listChanged()
                if (wasOpen && getState().docId === null) setState({ docId: id })
              })
            },
          },
        }),
      })
    },
    flush,
  }
}

const words = ({ title, detail }: Problem): string => `${title}. ${detail}`
