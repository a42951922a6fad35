/**
 * Which records belong together (FACTS 9). Tumbling: windows side by side. Sliding: a window every slide,
 * so that they overlap; or, with slide 0, one that ends at each record (RANGE ... PRECEDING). Stagger: a
 * window opens at the first record of a key. Session: one lasts as long as no pause between records of a
 * key is longer than the gap. A window closes when the watermark has reached its end: nothing from before
 * it is still to come. What comes all the same is late.
 */
import type { SimUs } from '../../base/units.ts'

export type WindowType = 'tumbling' | 'sliding' | 'stagger' | 'session'

export interface Shape {
  readonly type: WindowType
  /** Of a session: the gap that ends it. */
  readonly sizeUs: SimUs
  /** From one window to the next, at most the size; 0: one for each record. Sliding only. */
  readonly slideUs: SimUs
}

/** What windows ask of a record. */
export interface Timed {
  /** The time that windows go by. */
  readonly atUs: SimUs
  /** What windows of a key's own, and sliding ones of each record, are partitioned by. */
  readonly key: string
}

export interface ClosedWindow<R> {
  /** Null where all keys are in it. */
  readonly key: string | null
  readonly startUs: SimUs
  readonly endUs: SimUs
  readonly rows: readonly R[]
}

/** Windows that are open. Plain data. */
export interface Collecting<R> {
  /** In order of time: those that a window to come holds. Empty for windows of a key's own. */
  rows: R[]
  /** No window begins before this any more; where one ends at each record: those before it had theirs. */
  nextStartUs: SimUs
  /** Stagger windows and sessions. */
  groups: Group<R>[]
}

/** A window of a key's own. */
export interface Group<R> {
  readonly key: string
  readonly startUs: SimUs
  readonly endUs: SimUs
  readonly rows: R[]
}

export const startCollecting = <R>(): Collecting<R> => ({
  rows: [],
  nextStartUs: -Infinity,
  groups: [],
})

/** Every record in open windows, once. */
export const rowsIn = <R>({ rows, groups }: Collecting<R>): R[] => [
  ...rows,
  ...groups.flatMap((group) => group.rows),
]

/** Windows of another shape begin with what those that would be open now hold; ended ones are not made up for. */
export function regroup<R extends Timed>(
  rows: readonly R[],
  shape: Shape,
  watermarkUs: SimUs,
): Collecting<R> {
  const regrouped = startCollecting<R>()
  const recent = rows
    .filter(({ atUs }) => atUs > watermarkUs - shape.sizeUs)
    .sort((a, b) => a.atUs - b.atUs)
  for (const row of recent) take(regrouped, shape, row)
  close(regrouped, shape, watermarkUs)
  return regrouped
}

/** How many they are. */
export const heldIn = <R>({ rows, groups }: Collecting<R>): number =>
  groups.reduce((sum, group) => sum + group.rows.length, rows.length)

/** A window ends with each record, and at no time of its own. */
export const endsAtEach = ({ type, slideUs }: Shape): boolean => type === 'sliding' && slideUs === 0

/** Each key has windows of its own, which its records open. */
const areOfKeys = ({ type }: Shape): boolean => type === 'stagger' || type === 'session'

/** From one tumbling or sliding window to the next. */
export const stepOf = ({ type, sizeUs, slideUs }: Shape): SimUs =>
  type === 'sliding' ? Math.min(slideUs, sizeUs) : sizeUs

/** Whether every window that a record belongs to has closed. */
export function isLate<R extends Timed>(
  collecting: Collecting<R>,
  shape: Shape,
  row: R,
  watermarkUs: SimUs,
): boolean {
  const { atUs } = row
  const { sizeUs } = shape
  if (endsAtEach(shape)) return atUs < watermarkUs
  if (areOfKeys(shape)) {
    return atUs + sizeUs <= watermarkUs && touched(collecting, shape, row).length === 0
  }
  const stepUs = stepOf(shape)
  return Math.floor(atUs / stepUs) * stepUs + sizeUs <= watermarkUs
}

/** Puts a record that is not late into its windows. */
export function take<R extends Timed>(collecting: Collecting<R>, shape: Shape, row: R): void {
  if (areOfKeys(shape)) takeByKey(collecting, shape, row)
  else insertInTime(collecting.rows, row)
}

/** Most records come in order, or nearly. */
function insertInTime<R extends Timed>(rows: R[], row: R): void {
  let place = rows.length
  while (place > 0 && rows[place - 1].atUs > row.atUs) place--
  rows.splice(place, 0, row)
}

/** The windows of its key that a record belongs to: one at most, or those that it joins to one session. */
const touched = <R extends Timed>(
  { groups }: Collecting<R>,
  { type, sizeUs }: Shape,
  { atUs, key }: R,
): Group<R>[] =>
  groups.filter(
    ({ key: ofKey, startUs, endUs }) =>
      ofKey === key &&
      atUs < endUs &&
      (type === 'session' ? atUs + sizeUs > startUs : atUs >= startUs),
  )

function takeByKey<R extends Timed>(collecting: Collecting<R>, shape: Shape, row: R): void {
  const { groups } = collecting
  const { atUs, key } = row
  const [found, ...others] = touched(collecting, shape, row)
  if (!found) {
    groups.push({ key, startUs: atUs, endUs: atUs + shape.sizeUs, rows: [row] })
    return
  }
  for (const other of [...others.flatMap(({ rows }) => rows), row]) insertInTime(found.rows, other)
  if (shape.type === 'stagger') return
  const joined = [found, ...others]
  groups[groups.indexOf(found)] = {
    key,
    startUs: Math.min(atUs, ...joined.map(({ startUs }) => startUs)),
    endUs: Math.max(atUs + shape.sizeUs, ...joined.map(({ endUs }) => endUs)),
    rows: found.rows,
  }
  if (others.length > 0) collecting.groups = groups.filter((group) => !others.includes(group))
}

/** Closes the windows whose time has come, in order of time. */
export function close<R extends Timed>(
  collecting: Collecting<R>,
  shape: Shape,
  watermarkUs: SimUs,
): ClosedWindow<R>[] {
  if (areOfKeys(shape)) return closeByKey(collecting, watermarkUs)
  if (endsAtEach(shape)) return closeAtEach(collecting, shape.sizeUs, watermarkUs)
  return closeAligned(collecting, shape.sizeUs, stepOf(shape), watermarkUs)
}

/** Windows begin at multiples of the slide; those that hold nothing are left out. */
function closeAligned<R extends Timed>(
  collecting: Collecting<R>,
  sizeUs: SimUs,
  slideUs: SimUs,
  watermarkUs: SimUs,
): ClosedWindow<R>[] {
  const closed: ClosedWindow<R>[] = []
  while (collecting.rows.length > 0) {
    const { rows, nextStartUs } = collecting
    const startUs = Math.max(nextStartUs, firstStartUs(rows[0].atUs, sizeUs, slideUs))
    const endUs = startUs + sizeUs
    if (endUs > watermarkUs) break
    closed.push({ key: null, startUs, endUs, rows: rows.filter(({ atUs }) => atUs < endUs) })
    collecting.nextStartUs = startUs + slideUs
    collecting.rows = rows.filter(({ atUs }) => atUs >= startUs + slideUs)
  }
  const openUs = firstStartUs(watermarkUs, sizeUs, slideUs)
  collecting.nextStartUs = Math.max(collecting.nextStartUs, openUs)
  return closed
}

/** When the first window begins that ends after this time. */
const firstStartUs = (atUs: SimUs, sizeUs: SimUs, slideUs: SimUs): SimUs =>
  (Math.floor((atUs - sizeUs) / slideUs) + 1) * slideUs

/** A window for every record, of its key, that ends with it; records of one moment share one. */
function closeAtEach<R extends Timed>(
  collecting: Collecting<R>,
  sizeUs: SimUs,
  watermarkUs: SimUs,
): ClosedWindow<R>[] {
  const closed: ClosedWindow<R>[] = []
  const { rows, nextStartUs } = collecting
  let first = 0
  for (let n = 0; n < rows.length && rows[n].atUs < watermarkUs; n++) {
    const { atUs: endUs } = rows[n]
    if (endUs < nextStartUs || rows[n + 1]?.atUs === endUs) continue
    const startUs = endUs - sizeUs
    while (rows[first].atUs <= startUs) first++
    const within = rows.slice(first, n + 1)
    for (const key of new Set(within.filter(({ atUs }) => atUs === endUs).map((row) => row.key))) {
      closed.push({ key, startUs, endUs, rows: within.filter((row) => row.key === key) })
    }
  }
  collecting.nextStartUs = Math.max(nextStartUs, watermarkUs)
  collecting.rows = rows.filter(({ atUs }) => atUs > watermarkUs - sizeUs)
  return closed
}

function closeByKey<R extends Timed>(
  collecting: Collecting<R>,
  watermarkUs: SimUs,
): ClosedWindow<R>[] {
  const closed = collecting.groups.filter(({ endUs }) => endUs <= watermarkUs)
  if (closed.length === 0) return []
  collecting.groups = collecting.groups.filter(({ endUs }) => endUs > watermarkUs)
  return closed.sort((a, b) => a.endUs - b.endUs || a.startUs - b.startUs)
}
