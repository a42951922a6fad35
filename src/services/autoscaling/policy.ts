/** How many instances a scaling policy wants (FACTS 14). Pure. */

export type AdjustmentType = 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity'

export interface Step {
  /** The breach from which this step counts, in the metric's unit. */
  readonly from: number
  readonly change: number
}

/** "0: 1, 500: 3" as steps, the largest breach first. */
export const readSteps = (text: string): Step[] =>
  text
    .split(',')
    .map((pair) => pair.split(':'))
    .map(([from, change]) => ({ from: Number(from), change: Number(change) }))
    .filter(({ from, change }) => Number.isFinite(from) && Number.isFinite(change))
    .sort((a, b) => b.from - a.from)

/** The change of the step that this breach falls in; 0 when it falls in none. */
export const stepFor = (steps: readonly Step[], breach: number): number =>
  steps.find(({ from }) => breach >= from)?.change ?? 0

/** A percentage below one instance still is one, as AWS rounds. */
export function adjusted(capacity: number, type: AdjustmentType, change: number): number {
  if (type === 'ExactCapacity') return change
  if (type === 'ChangeInCapacity') return capacity + change
  const exact = (capacity * change) / 100
  const whole = Math.abs(exact) < 1 ? Math.sign(exact) : Math.trunc(exact)
  return capacity + whole
}

/** AlarmHigh looks at so many datapoints of a minute, AlarmLow at so many. */
export const HIGH_DATAPOINTS = 3
export const LOW_DATAPOINTS = 15
/** AlarmLow's threshold, as a part of the target. */
const LOW_SHARE = 0.9
/** Careful in: at most this share of the capacity goes in a minute, at least one instance. Ours. */
const MOST_IN = 0.1

/**
 * What target tracking wants, from datapoints of a minute each, newest last; null = no change.
 * New capacity is in proportion to the metric, rounded up.
 * @param capacity what the metric is in proportion to: instances in service, warm
 */
export function trackTarget(
  datapoints: readonly (number | null)[],
  target: number,
  capacity: number,
): { direction: 'out' | 'in'; capacity: number } | null {
  const latest = datapoints.at(-1) ?? null
  if (latest === null) return null
  const wanted = Math.ceil((Math.max(1, capacity) * latest) / target)
  if (holds(datapoints, HIGH_DATAPOINTS, (value) => value > target)) {
    return { direction: 'out', capacity: wanted }
  }
  if (holds(datapoints, LOW_DATAPOINTS, (value) => value < target * LOW_SHARE)) {
    const least = capacity - Math.max(1, Math.floor(capacity * MOST_IN))
    return { direction: 'in', capacity: Math.max(wanted, least) }
  }
  return null
}

function holds(
  datapoints: readonly (number | null)[],
  count: number,
  test: (value: number) => boolean,
): boolean {
  const latest = datapoints.slice(-count)
  return latest.length === count && latest.every((value) => value !== null && test(value))
}
