/** How two variants differ: what was set otherwise, and what came of it. */
import { kindTitle } from '../../canvas/partNames.ts'
import type { Config, Scenario, Wire } from '../../scenario/scenario.ts'
import type { Field } from '../../services/schema.ts'
import { connectionOf, defaultOf, schemas } from '../../services/schemas.ts'
import type { Costs, Totals } from '../../worker/protocol.ts'

/** One thing that is set otherwise. */
export interface SettingDifference {
  /** A part's name, or a wire as "orders → workers". */
  readonly part: string
  /** The setting as it is labelled; "Part" or "Wire" where only one of both has it. */
  readonly setting: string
  readonly a: string
  readonly b: string
}

/** One figure of a part that both have. */
export interface FigureDifference {
  readonly part: string
  /** CloudWatch's name, or a count of ours. */
  readonly figure: string
  readonly a: number
  readonly b: number
  /** 0 (equal) to 1 (only one of both has any). */
  readonly size: number
}

/** @returns what turns A into B, by part in A's order, then B's own parts */
export function settingDifferences(a: Scenario, b: Scenario): SettingDifference[] {
  return [
    ...differencesOf(
      a.nodes,
      b.nodes,
      ({ name }) => name,
      'Part',
      (before, after) => [
        ...(before.kind === after.kind
          ? []
          : [{ setting: 'Kind', a: kindTitle(before), b: kindTitle(after) }]),
        ...fieldDifferences(schemas.get(after.kind)?.fields ?? [], before.config, after.config, b),
      ],
    ),
    ...differencesOf(
      a.wires,
      b.wires,
      (wire) => wireName(a, b, wire),
      'Wire',
      (before, after) => fieldDifferences(wireFields(b, after), before.config, after.config, b),
    ),
    ...(Object.keys(b.settings) as (keyof Scenario['settings'])[])
      .filter((key) => a.settings[key] !== b.settings[key])
      .map((key) => ({ part: 'Design', setting: key, a: a.settings[key], b: b.settings[key] })),
  ]
}

type Change = Omit<SettingDifference, 'part'>

function differencesOf<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (part: T) => string,
  what: string,
  compare: (a: T, b: T) => readonly Change[],
): SettingDifference[] {
  const old = new Map(before.map((part) => [part.id, part]))
  const kept = new Map(after.map((part) => [part.id, part]))
  const of = (part: T, changes: readonly Change[]) =>
    changes.map((change) => ({ part: nameOf(part), ...change }))
  return [
    ...before.flatMap((part) => {
      const other = kept.get(part.id)
      return of(part, other ? compare(part, other) : [{ setting: what, a: 'yes', b: 'none' }])
    }),
    ...after
      .filter((part) => !old.has(part.id))
      .flatMap((part) => of(part, [{ setting: what, a: 'none', b: 'yes' }])),
  ]
}

function fieldDifferences(
  fields: readonly Field[],
  a: Config,
  b: Config,
  { settings }: Scenario,
): Change[] {
  return fields.flatMap((field) => {
    const usual = defaultOf(field, settings.limits)
    const before = a[field.id] ?? usual
    const after = b[field.id] ?? usual
    if (JSON.stringify(before) === JSON.stringify(after)) return []
    return [{ setting: field.label, a: valueText(field, before), b: valueText(field, after) }]
  })
}

function valueText(field: Field, value: unknown): string {
  if (field.type === 'switch') return value === true ? 'on' : 'off'
  if (field.type === 'choice') {
    return field.options.find((option) => option.value === value)?.label ?? String(value)
  }
  if (field.type === 'number') return field.unit ? `${String(value)} ${field.unit}` : String(value)
  return typeof value === 'string' ? value || 'empty' : JSON.stringify(value)
}

function wireName(a: Scenario, b: Scenario, { from, to }: Wire): string {
  const nameOf = (id: string) => [...b.nodes, ...a.nodes].find((node) => node.id === id)?.name ?? id
  return `${nameOf(from)} → ${nameOf(to)}`
}

function wireFields({ nodes }: Scenario, { from, to }: Wire): readonly Field[] {
  const source = nodes.find((node) => node.id === from)
  const target = nodes.find((node) => node.id === to)
  const connection = source && target && connectionOf(source, target)
  return connection?.ok ? connection.fields : []
}

/** Sums that no one reads: the averages made of them are metrics. */
const isReadable = (name: string): boolean => !name.endsWith('Us')

/** NumberOfMessagesReceived is the metric made of the count `received`, and so on. */
function isAlike(one: string, other: string): boolean {
  const [short, long] = [one, other].sort((a, b) => a.length - b.length)
  return long.toLowerCase().includes(short.toLowerCase())
}

const MONTH = 'USD a month'

/** What a month would cost: of each part that both have, and of all. @returns what is not equal */
export function costDifferences(a: Costs, b: Costs): FigureDifference[] {
  const others = new Map(a.parts.map((part) => [part.id, part]))
  const pairs = b.parts.flatMap((part) => {
    const other = others.get(part.id)
    return other ? [{ part: part.name, before: other.monthUsd, after: part.monthUsd }] : []
  })
  const whole = { part: 'Whole design', before: a.monthUsd, after: b.monthUsd }
  return [...pairs, whole].flatMap(({ part, before, after }) =>
    before === null || after === null || before === after
      ? []
      : [{ part, figure: MONTH, a: before, b: after, size: sizeOf(before, after) }],
  )
}

/** How far apart two amounts are, neither of them negative: 0 to 1. */
const sizeOf = (a: number, b: number): number => Math.abs(b - a) / Math.max(a, b)

export const largestFirst = (one: FigureDifference, two: FigureDifference): number =>
  two.size - one.size

/** @returns what is not equal, the largest difference first */
export function figureDifferences(a: Totals, b: Totals): FigureDifference[] {
  const others = new Map(Object.values(a.nodes).map((node) => [node.id, node]))
  const all: FigureDifference[] = []
  for (const [part, node] of Object.entries(b.nodes)) {
    const other = others.get(node.id)
    if (!other) continue
    const mine = { ...node.metrics, ...node.totals }
    const theirs = { ...other.metrics, ...other.totals }
    const seen: { figure: string; before: number; after: number }[] = []
    for (const [figure, after] of Object.entries(mine)) {
      const before = theirs[figure]
      if (before === undefined || before === after || !isReadable(figure)) continue
      if (
        seen.some(
          (one) => one.before === before && one.after === after && isAlike(one.figure, figure),
        )
      )
        continue
      seen.push({ figure, before, after })
      const size = Math.abs(after - before) / Math.max(Math.abs(after), Math.abs(before))
      all.push({ part, figure, a: before, b: after, size })
    }
  }
  return all.sort(largestFirst)
}
