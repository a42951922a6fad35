/**
 * How many calls a FIFO queue takes (FACTS 2.8): 300 a second of each action, or in high-throughput
 * mode 300 of each action for each partition of the groups and 70,000 for the queue.
 * Each limit is a bucket that fills evenly and holds the calls of one second.
 */
import { US_PER_S, type SimUs } from '../../../base/units.ts'
import { hashOf } from './ids.ts'

/** Batches count as one call of their action. */
export const ACTION = { send: 0, receive: 1, delete: 2 } as const
type Action = (typeof ACTION)[keyof typeof ACTION]

export const CALLS_PER_SECOND = 300
/** us-east-1. */
export const CALLS_PER_SECOND_HIGH = 70_000
/** AWS splits partitions under load; here they are as split as the queue's limit asks for. */
const PARTITIONS = 256

export interface Throughput {
  /** High-throughput mode. */
  readonly perGroup: boolean
  /** For each action, and for each action and partition: when its bucket is full again, in parts. */
  readonly actions: Float64Array
  readonly partitions: Float64Array
  /** For the gauge: calls taken of each action, in this second and in the one before. */
  second: number
  readonly taken: Float64Array
  readonly before: Float64Array
}

export const createThroughput = (perGroup: boolean): Throughput => ({
  perGroup,
  actions: new Float64Array(3),
  partitions: new Float64Array(perGroup ? 3 * PARTITIONS : 0),
  second: 0,
  taken: new Float64Array(3),
  before: new Float64Array(3),
})

export const callLimit = ({ perGroup }: Throughput): number =>
  perGroup ? CALLS_PER_SECOND_HIGH : CALLS_PER_SECOND

/** Takes a call into account; false = over the limit, the call is to be refused. */
export function admit(throughput: Throughput, action: Action, nowUs: SimUs): boolean {
  if (!draw(throughput.actions, action, callLimit(throughput), nowUs)) return false
  turn(throughput, nowUs)
  throughput.taken[action]++
  return true
}

const EVERY_PART = (): boolean => true

/**
 * One call in its parts: whether the partition that holds a group takes its part. However many
 * messages the call has there, it draws once.
 */
export function partsOf(
  throughput: Throughput,
  action: Action,
  nowUs: SimUs,
): (groupId: string) => boolean {
  if (!throughput.perGroup) return EVERY_PART
  const admitted = new Map<number, boolean>()
  return (groupId) => {
    const place = action * PARTITIONS + (hashOf(groupId) % PARTITIONS)
    const known = admitted.get(place)
    if (known !== undefined) return known
    const isAdmitted = draw(throughput.partitions, place, CALLS_PER_SECOND, nowUs)
    admitted.set(place, isAdmitted)
    return isAdmitted
  }
}

/** Calls of the busiest action within the last full second; changes nothing. */
export function busiest({ second, taken, before }: Throughput, nowUs: SimUs): number {
  const age = Math.floor(nowUs / US_PER_S) - second
  if (age > 1) return 0
  return Math.max(...(age === 1 ? taken : before))
}

function turn(throughput: Throughput, nowUs: SimUs): void {
  const second = Math.floor(nowUs / US_PER_S)
  if (second === throughput.second) return
  throughput.before.fill(0)
  if (second === throughput.second + 1) throughput.before.set(throughput.taken)
  throughput.taken.fill(0)
  throughput.second = second
}

/** Time is counted in parts, a millionth of a call each, so that all numbers stay whole. */
function draw(full: Float64Array, place: number, perSecond: number, nowUs: SimUs): boolean {
  const now = nowUs * perSecond
  const from = Math.max(full[place], now)
  if (from - now > (perSecond - 1) * US_PER_S) return false
  full[place] = from + US_PER_S
  return true
}
