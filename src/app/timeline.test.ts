import { describe, expect, it } from 'vitest'
import { emptyFrame } from '../worker/frames.fake.ts'
import { addFrame, emptyTimeline, markTotals, TIMELINE_BINS } from './timeline.ts'

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('the timeline', () => {
  it('keeps every event and mark however long the run becomes', () => {
    let timeline = emptyTimeline
    let fromUs = 0
    for (let i = 1; i <= 500; i++) {
      const atUs = fromUs + i * 10_000
      const mark = { atUs, node: 'q', type: 'expired', count: 2 } as const
      timeline = addFrame(timeline, emptyFrame(fromUs, atUs, { events: i * 3, marks: [mark] }))
      fromUs = atUs
    }
    expect(timeline.density.length).toBeLessThanOrEqual(TIMELINE_BINS)
    expect(timeline.binUs * TIMELINE_BINS).toBeGreaterThanOrEqual(fromUs)
    expect(timeline.binUs * TIMELINE_BINS).toBeLessThan(fromUs * 2 + 1)
    expect(sum(timeline.density)).toBeCloseTo(1500, 6)
    expect(markTotals(timeline)).toEqual([['expired', 1000]])
  })

  it('a frame that ends with a bin leaves the next one empty', () => {
    const one = addFrame(emptyTimeline, emptyFrame(0, 250_000, { events: 9 }))
    expect(one.density).toEqual([9])
    const two = addFrame(one, emptyFrame(250_000, 500_000, { events: 12 }))
    expect(two.density).toEqual([9, 3])
  })

  it('puts events where they happened', () => {
    const early = addFrame(emptyTimeline, emptyFrame(0, 200_000, { events: 9 }))
    const late = addFrame(early, emptyFrame(200_000, 10_000_000, { events: 9 }))
    expect(late.density[0]).toBe(9)
    expect(sum(late.density.slice(1))).toBe(0)
  })
})
