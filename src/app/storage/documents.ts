/**
 * The documents of this browser. Nothing here throws or rejects: every method answers with a result.
 * When the browser gives no storage, or it is full, documents live on in memory until the tab is
 * closed; the result then says so and still has what the app can go on with.
 */
import { applyCommand } from '../../scenario/commands.ts'
import { parseText } from '../../scenario/parse.ts'
import type { SharedDocument } from '../../scenario/scenario.ts'
import { writeText } from '../../scenario/write.ts'
import { openDatabase, type Database, type DocumentEntry, type DocumentId } from './database.ts'

export type { DocumentEntry, DocumentId } from './database.ts'

export type Stored<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      /** For people: what happened, and what they can do. */
      readonly reason: string
      /** What memory has instead, or has kept. */
      readonly value?: T
    }

export interface Documents {
  /** The most recently saved first. */
  list(): Promise<Stored<readonly DocumentEntry[]>>
  load(id: DocumentId): Promise<Stored<SharedDocument>>
  /** Without an id: as a new document, whose id is in the entry. */
  save(document: SharedDocument, id?: DocumentId): Promise<Stored<DocumentEntry>>
  remove(id: DocumentId): Promise<Stored<null>>
  rename(id: DocumentId, title: string): Promise<Stored<DocumentEntry>>
  /** A copy called "... (copy)". */
  duplicate(id: DocumentId): Promise<Stored<DocumentEntry>>
  /** Null when nothing was opened yet, or it has been removed since. */
  lastOpened(): Promise<Stored<DocumentId | null>>
  setLastOpened(id: DocumentId): Promise<Stored<null>>
}

/** What the documents need from outside; tests bring their own. */
export interface Surroundings {
  readonly open?: (onClosed: () => void) => Promise<Database>
  /** Milliseconds since 1970. */
  readonly now?: () => number
  readonly newId?: () => DocumentId
}

export function createDocuments({
  open = openDatabase,
  now = Date.now,
  newId = randomId,
}: Surroundings = {}): Documents {
  /** Documents that could not be stored. */
  const kept = new Map<DocumentId, { readonly entry: DocumentEntry; readonly text: string }>()
  let opened: DocumentId | null = null
  let connection: Promise<Database> | null = null

  /** Runs a request on the database; any trouble becomes a reason. */
  async function ask<T>(request: (database: Database) => Promise<T>): Promise<Stored<T>> {
    try {
      connection ??= open(() => (connection = null))
      return { ok: true, value: await request(await connection) }
    } catch (error) {
      // What failed once may be broken: the next request begins with a new connection.
      connection?.then(
        (database) => database.close(),
        () => undefined,
      )
      connection = null
      return { ok: false, reason: reasonOf(error) }
    }
  }

  async function list(): Promise<Stored<readonly DocumentEntry[]>> {
    const stored = await ask((database) => database.getAll('entries'))
    const entries = new Map(stored.value?.map((entry) => [entry.id, entry]))
    for (const { entry } of kept.values()) entries.set(entry.id, entry)
    return { ...stored, value: [...entries.values()].sort((a, b) => b.savedAt - a.savedAt) }
  }

  async function load(id: DocumentId): Promise<Stored<SharedDocument>> {
    const inMemory = kept.get(id)
    const stored = inMemory
      ? ({ ok: true, value: inMemory.text } as const)
      : await ask((database) => database.get('texts', id))
    if (!stored.ok) return { ok: false, reason: stored.reason }
    if (stored.value === undefined) {
      return { ok: false, reason: 'This design is not in this browser any more.' }
    }
    const read = parseText(stored.value)
    if (read.ok) return { ok: true, value: read.document }
    return { ok: false, reason: `${read.problem.title}. ${read.problem.detail}` }
  }

  async function save(
    document: SharedDocument,
    id: DocumentId = newId(),
  ): Promise<Stored<DocumentEntry>> {
    const entry = { id, title: document.scenario.title, savedAt: now() }
    const text = writeText(document)
    const stored = await ask((database) => write(database, entry, text))
    if (stored.ok) kept.delete(id)
    else kept.set(id, { entry, text })
    return { ...stored, value: entry }
  }

  async function remove(id: DocumentId): Promise<Stored<null>> {
    const wasInMemory = kept.delete(id)
    if (opened === id) opened = null
    const removed = await ask((database) => erase(database, id))
    return removed.ok || wasInMemory ? { ok: true, value: null } : removed
  }

  async function rename(id: DocumentId, title: string): Promise<Stored<DocumentEntry>> {
    const loaded = await load(id)
    if (!loaded.ok) return { ok: false, reason: loaded.reason }
    return save(retitle(loaded.value, title), id)
  }

  async function duplicate(id: DocumentId): Promise<Stored<DocumentEntry>> {
    const loaded = await load(id)
    if (!loaded.ok) return { ok: false, reason: loaded.reason }
    return save(retitle(loaded.value, `${loaded.value.scenario.title} (copy)`))
  }

  async function lastOpened(): Promise<Stored<DocumentId | null>> {
    const stored = await ask((database) => database.get('settings', 'lastOpened'))
    const id = opened ?? stored.value ?? null
    const entries = await list()
    const present = entries.value?.some((entry) => entry.id === id) ?? false
    return { ...stored, value: present ? id : null }
  }

  async function setLastOpened(id: DocumentId): Promise<Stored<null>> {
    opened = id
    return ask(async (database) => {
      await database.put('settings', id, 'lastOpened')
      return null
    })
  }

  return { list, load, save, remove, rename, duplicate, lastOpened, setLastOpened }
}

/** Entry and text, both or neither. */
async function write(database: Database, entry: DocumentEntry, text: string): Promise<void> {
  const transaction = database.transaction(['entries', 'texts'], 'readwrite')
  await settle(transaction.done, [
    transaction.objectStore('entries').put(entry),
    transaction.objectStore('texts').put(text, entry.id),
  ])
}

async function erase(database: Database, id: DocumentId): Promise<null> {
  const transaction = database.transaction(['entries', 'texts'], 'readwrite')
  await settle(transaction.done, [
    transaction.objectStore('entries').delete(id),
    transaction.objectStore('texts').delete(id),
  ])
  return null
}

/** Waits for the whole transaction, whose error, unlike a request's, tells the true cause. */
async function settle(done: Promise<void>, requests: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled([done, ...requests])
  await done
}

const retitle = (document: SharedDocument, title: string): SharedDocument => ({
  ...document,
  scenario: applyCommand(document.scenario, { type: 'setTitle', title }),
})

function reasonOf(error: unknown): string {
  const full = error instanceof Error && error.name === 'QuotaExceededError'
  const cause = full
    ? 'The storage of this browser is full.'
    : 'This browser does not let Switchyard store anything, perhaps because the window is private.'
  return `${cause} Your work stays here until you close the tab: export it as a file to keep it.`
}

/** 16 letters; `crypto.randomUUID` is missing where the page is not served securely. */
function randomId(): DocumentId {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
