/** The IndexedDB database and its tables. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

export type DocumentId = string

/** A line of the list of documents. */
export interface DocumentEntry {
  readonly id: DocumentId
  readonly title: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
}

interface Tables extends DBSchema {
  /** The list, apart from the documents so that showing it reads no document. */
  entries: { key: DocumentId; value: DocumentEntry }
  /** The text of the file that an export would give. */
  texts: { key: DocumentId; value: string }
  settings: { key: 'lastOpened'; value: DocumentId }
}

export type Database = IDBPDatabase<Tables>

/**
 * @param onClosed called when the connection has gone (the browser cleared the storage, or another
 *   tab waits for a newer version of the tables): open it anew for the next request
 * @throws whatever the browser gives for a reason, e.g. in a private window
 */
export function openDatabase(onClosed: () => void): Promise<Database> {
  return openDB<Tables>('switchyard', 1, {
    upgrade(database) {
      database.createObjectStore('entries', { keyPath: 'id' })
      database.createObjectStore('texts')
      database.createObjectStore('settings')
    },
    blocking(_current, _blocked, event) {
      ;(event.target as IDBDatabase).close()
      onClosed()
    },
    terminated: onClosed,
  })
}
