/**
 * What a FIFO queue or topic remembers of the messages it took: their deduplication ids, for five minutes from
 * the first accepted send, whatever becomes of the message meanwhile (FACTS 2.8).
 */
import { US_PER_MINUTE, type SimUs } from '../base/units.ts'

export const REMEMBERED_US: SimUs = 5 * US_PER_MINUTE

export interface Memory {
  /** Id to the number of its entry; entry n stands at n - `dropped`. */
  entries: Map<string, number>
  /** In order of time; those before `first` are forgotten and will be dropped. */
  ids: string[]
  serials: number[]
  sequences: number[]
  untilUs: SimUs[]
  first: number
  dropped: number
}

/** What is known of a message that was taken. */
export interface Remembered {
  readonly serial: number
  readonly sequence: number
  readonly untilUs: SimUs
}

export const createMemory = (): Memory => ({
  entries: new Map(),
  ids: [],
  serials: [],
  sequences: [],
  untilUs: [],
  first: 0,
  dropped: 0,
})

/** How many ids it knows now; changes nothing, as it is only looked at. */
export function rememberedCount({ untilUs, first }: Memory, nowUs: SimUs): number {
  let from = first
  let to = untilUs.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (untilUs[middle] <= nowUs) from = middle + 1
    else to = middle
  }
  return untilUs.length - from
}

/** The message that was taken with this id within the last five minutes. */
export function recall(memory: Memory, id: string, nowUs: SimUs): Remembered | undefined {
  forget(memory, nowUs)
  const entry = memory.entries.get(id)
  if (entry === undefined) return undefined
  const place = entry - memory.dropped
  return {
    serial: memory.serials[place],
    sequence: memory.sequences[place],
    untilUs: memory.untilUs[place],
  }
}

/** Keeps an id that is not known. */
export function remember(
  memory: Memory,
  id: string,
  serial: number,
  sequence: number,
  nowUs: SimUs,
): void {
  memory.entries.set(id, memory.ids.length + memory.dropped)
  memory.ids.push(id)
  memory.serials.push(serial)
  memory.sequences.push(sequence)
  memory.untilUs.push(nowUs + REMEMBERED_US)
}

/** Forgotten entries are cut off in lots, as each cut moves all the others. */
const LEAST_CUT = 1_024

function forget(memory: Memory, nowUs: SimUs): void {
  const { ids, untilUs, entries } = memory
  while (memory.first < ids.length && untilUs[memory.first] <= nowUs) {
    entries.delete(ids[memory.first++])
  }
  if (memory.first < LEAST_CUT || memory.first * 2 < ids.length) return
  for (const column of [ids, memory.serials, memory.sequences, untilUs]) {
    column.splice(0, memory.first)
  }
  memory.dropped += memory.first
  memory.first = 0
}
