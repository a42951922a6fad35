/** What a template's reader is told, for people: under headings, one line a text. */
import type { NoteGroup } from '../services/cloudFormation.ts'
import { plainText } from './plainText.ts'
import type { Note } from './template.ts'

export interface NoteSection {
  readonly heading: string
  /** "checkout, refunds: sends messages, your own program" */
  readonly lines: readonly string[]
}

const HEADINGS: Readonly<Record<NoteGroup, string>> = {
  toDo: 'To fill in or do yourself',
  missing: 'Not in the template',
  otherwise: 'Not quite as drawn',
  outside: 'Runs outside CloudFormation',
}

export function noteLines(notes: readonly Note[]): readonly NoteSection[] {
  return (Object.keys(HEADINGS) as NoteGroup[])
    .map((group) => ({
      heading: HEADINGS[group],
      lines: linesOf(notes.filter((note) => note.group === group)),
    }))
    .filter(({ lines }) => lines.length > 0)
}

/** Parts of which the same is said share a line. */
function linesOf(notes: readonly Note[]): readonly string[] {
  const about = new Map<string, Set<string>>()
  for (const { part, text } of notes) about.set(text, (about.get(text) ?? new Set()).add(part))
  return [...about].map(([text, parts]) => {
    const names = [...parts].filter((name) => name !== '').join(', ')
    return plainText(names === '' ? text : `${names}: ${text}`)
  })
}
