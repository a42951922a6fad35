/**
 * `--output table`: one section for each structure and list, deeper ones indented by bars. Wider than
 * a terminal, sections of one row stand upright: a name and its value on each line.
 */
import { pythonText } from './text.ts'

interface Section {
  readonly title: string
  readonly indent: number
  headers: readonly string[]
  rows: string[][]
}

const TERMINAL_WIDTH = 80
/** Around each cell's text. */
const PADDING = 4

type Item = Readonly<Record<string, unknown>>
const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null

export function tableOf(title: string, answer: unknown): string {
  const sections: Section[] = []
  build(sections, title, answer, 0)
  if (sections.length === 0) return ''
  if (widthOf(sections) > TERMINAL_WIDTH) for (const section of sections) stand(section)
  const width = widthOf(sections)
  return ['-'.repeat(width), ...sections.flatMap((section) => render(section, width))].join('\n')
}

function build(sections: Section[], title: string, value: unknown, indent: number): void {
  if (isScalar(value) || Object.keys(value as object).length === 0) return
  const section = begin(sections, title, indent)
  if (!Array.isArray(value)) {
    buildItem(sections, section, value as Item)
  } else if (value.some((each) => isScalar(each))) {
    section.rows = value.map((each) => [pythonText(each)])
  } else {
    buildList(sections, section, value as readonly Item[])
  }
}

function begin(sections: Section[], title: string, indent: number): Section {
  const section: Section = { title, indent, headers: [], rows: [] }
  sections.push(section)
  return section
}

function buildItem(sections: Section[], section: Section, item: Item): void {
  const keys = Object.keys(item).sort()
  const scalars = keys.filter((key) => isScalar(item[key]))
  const cells = scalars.map((key) => pythonText(item[key]))
  if (scalars.length === 1) {
    section.rows = [[scalars[0], cells[0]]]
  } else if (scalars.length > 1) {
    section.headers = scalars
    section.rows = [cells]
  }
  for (const key of keys) {
    if (!scalars.includes(key)) build(sections, key, item[key], section.indent + 1)
  }
}

/** Items that hold more than scalars have a section each. */
function buildList(sections: Section[], first: Section, items: readonly Item[]): void {
  const keys = [...new Set(items.flatMap((item) => Object.keys(item)))].sort()
  const scalars = keys.filter((key) =>
    items.some((item) => Object.hasOwn(item, key) && isScalar(item[key])),
  )
  const more = keys.filter((key) => !scalars.includes(key))
  let section = first
  first.headers = scalars
  items.forEach((item, i) => {
    if (i > 0 && more.length > 0) {
      section = begin(sections, first.title, first.indent)
      section.headers = scalars
    }
    if (scalars.length > 0) {
      section.rows.push(
        scalars.map((key) => (Object.hasOwn(item, key) ? pythonText(item[key]) : '')),
      )
    }
    for (const key of more) build(sections, key, item[key], first.indent + 1)
  })
}

function stand(section: Section): void {
  if (section.rows.length !== 1 || section.headers.length === 0) return
  const [row] = section.rows
  section.rows = section.headers.map((header, i) => [header, row[i]])
  section.headers = []
}

const lengthOf = (text: string): number => [...text].length

function columnsOf({ headers, rows }: Section): number[] {
  const all = headers.length > 0 ? [headers, ...rows] : rows
  const [first = []] = all
  return first.map((_, column) => Math.max(...all.map((row) => lengthOf(row[column]))))
}

const BORDER = 2

const widthOf = (sections: readonly Section[]): number =>
  Math.max(
    ...sections.map((section) => {
      const cells = columnsOf(section).reduce((sum, width) => sum + width + PADDING, 0)
      return Math.max(lengthOf(section.title), cells) + BORDER + 2 * section.indent
    }),
  )

function render(section: Section, tableWidth: number): string[] {
  const width = tableWidth - 2 * section.indent
  const widths = spread(columnsOf(section), width)
  const line = `+${widths.map((each, i) => '-'.repeat(each - (i === 0 ? 2 : 1))).join('+')}+`
  const lines = [centred(section.title, width, '|')]
  if (section.headers.length > 0) {
    const cells = section.headers.map((text, i) => centred(text, widths[i], i === 0 ? '|' : ''))
    lines.push(line, cells.join(''))
  }
  if (section.rows.length === 0) {
    lines.push(`+${'-'.repeat(width - 2)}+`)
  } else {
    const rows = section.rows.map((row) =>
      row.map((text, i) => leftAligned(text, widths[i], i === 0 ? '|' : '')).join(''),
    )
    lines.push(line, ...rows, line)
  }
  const bars = '|'.repeat(section.indent)
  return lines.map((text) => `${bars}${text}${bars}`)
}

/** Widens the columns in proportion until together they are `width`; what is left over goes last. */
function spread(columns: readonly number[], width: number): number[] {
  if (columns.length === 0) return []
  const padded = columns.map((each) => each + PADDING)
  const sum = padded.reduce((total, each) => total + each, 0)
  const widths = padded.map((each) => Math.round((each * width) / sum))
  let over = widths.reduce((total, each) => total + each, 0) - width
  for (let i = 0; over > 0; i = (i + 1) % widths.length, over--) widths[i] -= 1
  for (let i = widths.length - 1; over < 0; i = (i || widths.length) - 1, over++) widths[i] += 1
  return widths
}

function centred(text: string, width: number, left: string): string {
  const before = Math.floor(width / 2) - Math.floor(lengthOf(text) / 2) - 1
  return fill(`${left}${' '.repeat(Math.max(0, before))}${text}`, width)
}

function leftAligned(text: string, width: number, left: string): string {
  const padding = lengthOf(text) + 2 + left.length + 1 <= width ? '  ' : ''
  return fill(`${left}${padding}${text}`, width)
}

/** Up to the bar at its right. */
const fill = (text: string, width: number): string =>
  `${text}${' '.repeat(Math.max(0, width - 1 - lengthOf(text)))}|`
