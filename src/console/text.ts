/** `--output text`: a line of tabs for each structure, its lists and structures below by name. */

type Item = Readonly<Record<string, unknown>>

const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null

/** Without the last line break. */
export function textOf(answer: unknown): string {
  const lines: string[] = []
  write(lines, answer, '')
  return lines.join('\n')
}

/** @param name of the member it is, '' at the top */
function write(lines: string[], value: unknown, name: string, columns?: readonly string[]): void {
  if (isItem(value)) writeItem(lines, value, name, columns)
  else if (Array.isArray(value)) writeList(lines, value, name)
  else lines.push(pythonText(value))
}

/** With `columns`, every item of a list has the same ones. */
function writeItem(lines: string[], item: Item, name: string, columns?: readonly string[]): void {
  const keys = Object.keys(item).sort()
  const shown = columns ?? keys.filter((key) => isScalar(item[key]))
  const cells = shown.map((key) => (key in item ? pythonText(item[key]) : ''))
  if (cells.length > 0) lines.push([...(name ? [name.toUpperCase()] : []), ...cells].join('\t'))
  for (const key of keys) if (!shown.includes(key)) write(lines, item[key], key)
}

function writeList(lines: string[], list: readonly unknown[], name: string): void {
  const items = list.filter(isItem)
  if (items.length > 0) {
    const scalars = items.flatMap((item) => Object.keys(item).filter((key) => isScalar(item[key])))
    const columns = [...new Set(scalars)].sort()
    for (const item of items) write(lines, item, name, columns)
    return
  }
  for (const value of list) {
    if (isScalar(value))
      lines.push(name ? `${name.toUpperCase()}\t${pythonText(value)}` : String(value))
    else write(lines, value, name)
  }
}

/** As Python writes it. */
export function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  // An object in a list of plain values: its own toString may be data.
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
