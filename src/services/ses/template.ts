/** SES's templates: {{name}} is taken from the rendering data. Pure. */

export type Rendered =
  { readonly ok: true; readonly subject: string; readonly html: string } | Failure
export interface Failure {
  readonly ok: false
  readonly errorMessage: string
}

/** @param data JSON; an object's members are what {{...}} may name, with dots for members of members */
export function renderTemplate(subject: string, html: string, data: string): Rendered {
  let values: unknown
  try {
    values = JSON.parse(data)
  } catch {
    return { ok: false, errorMessage: 'The rendering data is not valid JSON.' }
  }
  let missing = ''
  const fill = (text: string, write: (value: string) => string): string =>
    text.replace(/\{\{\s*([\w.-]{1,100})\s*\}\}/g, (_all, path: string) => {
      const value = at(values, path)
      if (value === undefined && missing === '') missing = path
      return write(typeof value === 'object' ? JSON.stringify(value) : String(value))
    })
  const rendered = { ok: true, subject: fill(subject, String), html: fill(html, escaped) } as const
  return missing === ''
    ? rendered
    : { ok: false, errorMessage: `Attribute '${missing}' is not present in the rendering data.` }
}

function at(values: unknown, path: string): unknown {
  let here = values
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Readonly<Record<string, unknown>>)[name]
  }
  return here ?? undefined
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => ENTITIES[one])
