/**
 * Which records belong together (FACTS 9). Tumbling: windows side by side. Sliding: a window every slide,
 * so that they overlap; or, with slide 0, one that ends at each record (RANGE ... PRECEDING). Stagger: a
 * window opens at the first record of a key. All go by the time at which records arrived at their source;
 * a window closes when everything that arrived before its end was read (the watermark).
 */
import type { SimUs } from '../../base/units.ts'

export type WindowType = 'tumbling' | 'sliding' | 'stagger'

export interface Shape {
  readonly type: WindowType
  readonly sizeUs: SimUs
  /** From one window to the next, at most the size; 0: one for each record. Sliding only. */
  readonly slideUs: SimUs
}

/** What windows ask of a record. */
export interface Timed {
  readonly atUs: SimUs
  /** What sliding windows of each record, and stagger windows, are partitioned by. */
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
  /** In order of time: those that a window to come holds. Empty for stagger windows. */
  rows: R[]
  /** No window begins before this any more. */
  nextStartUs: SimUs
  /** Stagger windows, the first opened first. */
  groups: Group<R>[]
}

export interface Group<R> {
  readonly key: string
  readonly startUs: SimUs
  readonly rows: R[]
}

export const startCollecting = <R>(): Collecting<R> => ({
  rows: [],
  nextStartUs: -Infinity,
  groups: [],
})

/** Windows of another shape begin with what those that would be open now hold; ended ones are not made up for. */
export function regroup<R extends Timed>(
  { rows, groups }: Collecting<R>,
  shape: Shape,
  watermarkUs: SimUs,
): Collecting<R> {
  const { type, sizeUs } = shape
  const regrouped = startCollecting<R>()
  const recent = [...rows, ...groups.flatMap((group) => group.rows)]
    .filter(({ atUs }) => atUs > watermarkUs - sizeUs)
    .sort((a, b) => a.atUs - b.atUs)
  if (type === 'stagger') {
    stagger(regrouped, sizeUs, recent, watermarkUs)
  } else if (endsAtEach(shape)) {
    regrouped.rows = recent
  } else {
    regrouped.nextStartUs = firstStartUs(watermarkUs, sizeUs, stepOf(shape))
    regrouped.rows = recent.filter(({ atUs }) => atUs >= regrouped.nextStartUs)
  }
  return regrouped
}

/** Records in open windows, each once. */
export const heldIn = <R>({ rows, groups }: Collecting<R>): number =>
  groups.reduce((sum, group) => sum + group.rows.length, rows.length)

/**
 * Takes records in and closes the windows whose time has come, in order of time.
 * @param arriving in order of time, none before those of earlier calls, all before the watermark
 * @param watermarkUs nothing that arrived before it is still to come
 */
export function collect<R extends Timed>(
  collecting: Collecting<R>,
  shape: Shape,
  arriving: readonly R[],
  watermarkUs: SimUs,
): ClosedWindow<R>[] {
  if (shape.type === 'stagger') return stagger(collecting, shape.sizeUs, arriving, watermarkUs)
  if (endsAtEach(shape)) return endAtEach(collecting, shape.sizeUs, arriving)
  return aligned(collecting, shape.sizeUs, stepOf(shape), arriving, watermarkUs)
}

/** A window ends with each record, and at no time of its own. */
export const endsAtEach = ({ type, slideUs }: Shape): boolean => type === 'sliding' && slideUs === 0

/** From one tumbling or sliding window to the next. */
export const stepOf = ({ type, sizeUs, slideUs }: Shape): SimUs =>
  type === 'sliding' ? Math.min(slideUs, sizeUs) : sizeUs

/** Windows begin at multiples of the slide; those that hold nothing are left out. */
function aligned<R extends Timed>(
  collecting: Collecting<R>,
  sizeUs: SimUs,
  slideUs: SimUs,
  arriving: readonly R[],
  watermarkUs: SimUs,
): ClosedWindow<R>[] {
  const closed: ClosedWindow<R>[] = []
  collecting.rows.push(...arriving)
  while (collecting.rows.length > 0) {
    const { rows, nextStartUs } = collecting
    const startUs = Math.max(nextStartUs, firstStartUs(rows[0].atUs, sizeUs, slideUs))
    const endUs = startUs + sizeUs
    if (endUs > watermarkUs) break
    closed.push({ key: null, startUs, endUs, rows: rows.filter(({ atUs }) => atUs < endUs) })
    collecting.nextStartUs = startUs + slideUs
    collecting.rows = rows.filter(({ atUs }) => atUs >= startUs + slideUs)
  }
  return closed
}

/** When the first window begins that holds a record of this time. */
const firstStartUs = (atUs: SimUs, sizeUs: SimUs, slideUs: SimUs): SimUs =>
  (Math.floor((atUs - sizeUs) / slideUs) + 1) * slideUs

/** A window for every record, of its key, that ends with it; records of one moment share one. */
function endAtEach<R extends Timed>(
  collecting: Collecting<R>,
  sizeUs: SimUs,
  arriving: readonly R[],
): ClosedWindow<R>[] {
  const closed: ClosedWindow<R>[] = []
  for (let n = 0; n < arriving.length;) {
    const { atUs: endUs } = arriving[n]
    const startUs = endUs - sizeUs
    const first = n
    while (n < arriving.length && arriving[n].atUs === endUs) n++
    const together = arriving.slice(first, n)
    collecting.rows = [...collecting.rows.filter(({ atUs }) => atUs > startUs), ...together]
    for (const key of new Set(together.map((row) => row.key))) {
      const rows = collecting.rows.filter((row) => row.key === key)
      closed.push({ key, startUs, endUs, rows })
    }
  }
  return closed
}

/** As all windows are of one size, the first opened is the first to close. */
function stagger<R extends Timed>(
  { groups }: Collecting<R>,
  sizeUs: SimUs,
  arriving: readonly R[],
  watermarkUs: SimUs,
): ClosedWindow<R>[] {
  const closed: ClosedWindow<R>[] = []
  const closeUntil = (untilUs: SimUs): void => {
    while (groups.length > 0 && groups[0].startUs + sizeUs <= untilUs) {
      const { key, startUs, rows } = groups.shift()!
      closed.push({ key, startUs, endUs: startUs + sizeUs, rows })
    }
  }
  for (const row of arriving) {
    closeUntil(row.atUs)
    const open = groups.find(({ key }) => key === row.key)
    if (open) open.rows.push(row)
    else groups.push({ key: row.key, startUs: row.atUs, rows: [row] })
  }
  closeUntil(watermarkUs)
  return closed
}
