import { expect, it } from 'vitest'
import { createAwake } from './awake.ts'

/** Looks whenever it is asked to, and counts. Each look takes 0.1 ms. */
function clock(processors: number) {
  let nowMs = 0
  let next: (() => void) | null = null
  return {
    awake: createAwake(
      (look) => (next = look),
      () => nowMs,
      processors,
    ),
    /** How often it looks until it sleeps. */
    looks: () => {
      let count = 0
      for (; next; count++) {
        const look = next
        next = null
        nowMs += 0.1
        look()
      }
      return count
    },
  }
}

it('looks for a moment after an answer, and sleeps then', () => {
  const { awake, looks } = clock(2)
  awake()
  expect(looks()).toBe(3)
  expect(looks()).toBe(0)
  awake()
  expect(looks()).toBe(3)
})

it('answers in between make it look longer, not more often', () => {
  const { awake, looks } = clock(2)
  for (let n = 0; n < 5; n++) awake()
  expect(looks()).toBe(3)
})

it('on a machine with one processor, it leaves that to the caller', () => {
  const { awake, looks } = clock(1)
  awake()
  expect(looks()).toBe(0)
})
