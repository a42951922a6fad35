/** Finds the document that the command line means: a built-in scenario by its id, or a file. */
import { readFileSync } from 'node:fs'
import { MAX_DOCUMENT_BYTES } from '../scenario/caps.ts'
import { parse, parseText, refuse, type Opened } from '../scenario/parse.ts'
import '../services/everySchema.ts'
import { documentChecks } from '../services/validate.ts'
import { gallery } from '../lessons/gallery.ts'

export function openDocument(name: string): Opened {
  const builtIn = gallery.find(({ id }) => id === name)
  if (builtIn) return parse(builtIn.scenario, documentChecks)
  let text: string
  try {
    text = readFileSync(name, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return refuse(
      `“${name}” cannot be read`,
      code === 'ENOENT'
        ? 'There is no such file, and no built-in scenario of that id; `switchyard list` names them.'
        : `The system says ${code}.`,
    )
  }
  if (text.length > MAX_DOCUMENT_BYTES) return refuse(`“${name}” is too large`, '')
  return parseText(text, documentChecks)
}
