/** What the timeline shows of a run so far, in a fixed number of bins however long the run is. */
import type { SimUs } from '../base/units.ts'
import { US_PER_S } from '../base/units.ts'
import { isNotable, type Frame, type NotableType } from '../worker/protocol.ts'

export const TIMELINE_BINS = 240
const FIRST_BIN_US = US_PER_S / 4

export interface Timeline {
  /** When the run began. */
  readonly originUs: SimUs
  /** Width of one bin; doubles whenever the run outgrows the bins. */
  readonly binUs: SimUs
  /** Events in each bin, oldest first; shorter than TIMELINE_BINS while the run is young. */
  readonly density: readonly number[]
  /** How many of each notable thing fell into a bin. */
  readonly marks: ReadonlyMap<NotableType, readonly number[]>
  /** The frames seen so far end here. */
  readonly untilUs: SimUs
  readonly events: number
}

export const emptyTimeline: Timeline = {
  originUs: 0,
  binUs: FIRST_BIN_US,
  density: [],
  marks: new Map(),
  untilUs: 0,
  events: 0,
}

/** Width of a bin when the run is so long. */
function binUsOf(lengthUs: SimUs): SimUs {
  let binUs = FIRST_BIN_US
  while (lengthUs > binUs * TIMELINE_BINS) binUs *= 2
  return binUs
}

/** Frames asked for on the way to a moment that was not seen before: each costs a few milliseconds. */
const MOST_STEPS = 48

/** Where to stop next on such a way: after whole bins, so that the timeline says about as much as if it had been watched. */
export function nextStopUs(originUs: SimUs, nowUs: SimUs, untilUs: SimUs): SimUs {
  const binUs = binUsOf(untilUs - originUs)
  const stepUs = binUs * Math.ceil((untilUs - originUs) / binUs / MOST_STEPS)
  return Math.min(untilUs, originUs + (Math.floor((nowUs - originUs) / stepUs) + 1) * stepUs)
}

function pairwise(values: readonly number[]): number[] {
  const half: number[] = []
  for (let i = 0; i < values.length; i += 2) half.push((values[i] ?? 0) + (values[i + 1] ?? 0))
  return half
}

function doubled(timeline: Timeline): Timeline {
  return {
    ...timeline,
    binUs: timeline.binUs * 2,
    density: pairwise(timeline.density),
    marks: new Map([...timeline.marks].map(([type, bins]) => [type, pairwise(bins)])),
  }
}

/** A frame's events are spread evenly over the bins its span covers. */
export function addFrame(timeline: Timeline, frame: Frame): Timeline {
  // Of a past that is seen again everything is known.
  if (frame.atUs < timeline.untilUs) return timeline
  let grown = timeline
  const sinceUs = frame.atUs - timeline.originUs
  while (sinceUs > grown.binUs * TIMELINE_BINS) grown = doubled(grown)
  const { binUs } = grown
  const seenUs = timeline.untilUs - timeline.originUs
  const first = Math.min(TIMELINE_BINS - 1, Math.floor(seenUs / binUs))
  // What ends with a bin has nothing in the next.
  const last = Math.max(first, Math.ceil(sinceUs / binUs) - 1)
  const density = grown.density.slice()
  while (density.length <= last) density.push(0)
  const share = Math.max(0, frame.events - timeline.events) / (last - first + 1)
  for (let bin = first; bin <= last; bin++) density[bin] += share
  let marks = grown.marks
  if (frame.marks.length > 0) {
    const copy = new Map([...marks].map(([type, bins]) => [type, bins.slice()]))
    for (const mark of frame.marks) {
      if (!isNotable(mark) || mark.atUs <= timeline.untilUs) continue
      const bins = copy.get(mark.type) ?? []
      const bin = Math.min(TIMELINE_BINS - 1, Math.floor((mark.atUs - timeline.originUs) / binUs))
      while (bins.length <= bin) bins.push(0)
      bins[bin] += mark.count
      copy.set(mark.type, bins)
    }
    marks = copy
  }
  return {
    originUs: timeline.originUs,
    binUs,
    density,
    marks,
    untilUs: frame.atUs,
    events: frame.events,
  }
}

/** The run so far up to a moment, when this many events had happened: what came later is no more. */
export function cutTimeline(timeline: Timeline, atUs: SimUs, events: number): Timeline {
  if (atUs >= timeline.untilUs) return timeline
  const bins = Math.ceil((atUs - timeline.originUs) / timeline.binUs)
  return {
    ...timeline,
    density: timeline.density.slice(0, bins),
    marks: new Map([...timeline.marks].map(([type, counts]) => [type, counts.slice(0, bins)])),
    untilUs: atUs,
    events,
  }
}

/** How often something notable happened so far. */
export function markTotals(timeline: Timeline): readonly (readonly [NotableType, number])[] {
  return [...timeline.marks].map(
    ([type, bins]) => [type, bins.reduce((sum, count) => sum + count, 0)] as const,
  )
}
