/** Documents as files of the reader's own computer: out as JSON, in through `parse`. */
import type { Checks } from '../../scenario/integrity.ts'
import { parseText, refuse, type Opened } from '../../scenario/parse.ts'
import type { SharedDocument } from '../../scenario/scenario.ts'
import { writeText } from '../../scenario/write.ts'

/** A larger file is not read at all; what it holds must be smaller still (`caps.ts`). */
export const MAX_FILE_BYTES = 5 * 1024 * 1024

/** What to offer in a file dialog. */
export const FILE_TYPES = '.json,application/json'

const ENDING = '.switchyard.json'
const MAX_NAME_CHARS = 60

export interface ExportedFile {
  readonly name: string
  readonly blob: Blob
}

/** The document as a file to be saved. */
export const exportFile = (document: SharedDocument): ExportedFile => ({
  name: fileNameOf(document.scenario.title, ENDING),
  blob: new Blob([writeText(document)], { type: 'application/json' }),
})

/** Never throws; the problem says whether the file is too large, unreadable or not ours. */
export async function importFile(file: Blob, checks: Checks = {}): Promise<Opened> {
  if (file.size > MAX_FILE_BYTES) {
    return refuse(
      'The file is too large',
      `At most ${MAX_FILE_BYTES / 1024 / 1024} MB can be opened; a design is rarely over 100 KB.`,
    )
  }
  let text: string
  try {
    text = await file.text()
  } catch {
    return refuse('The file could not be read', 'It may have been moved or changed. Try again.')
  }
  // Some editors put a byte order mark in front, which JSON does not allow.
  return parseText(text.replace(/^\uFEFF/, ''), checks)
}

/** "Orders & payments!" becomes "orders-payments" and the ending; letters of all scripts stay. */
export function fileNameOf(title: string, ending: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return (words.join('-').slice(0, MAX_NAME_CHARS) || 'design') + ending
}
