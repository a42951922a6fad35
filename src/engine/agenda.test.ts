import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createAgenda,
  nextTime,
  schedule,
  scheduleInLane,
  takeNext,
  takeSeq,
  type Agenda,
} from './agenda.ts'

/** Takes everything due and returns the payloads in the order they came. */
function drain(agenda: Agenda, until = Infinity): number[] {
  const order: number[] = []
  while (takeNext(agenda, until)) order.push(agenda.takenA)
  return order
}

const put = (agenda: Agenda, at: number, id: number): void =>
  schedule(agenda, at, takeSeq(agenda), 0, 0, id, 0)

describe('agenda', () => {
  test('X15: a thousand events at one instant come in the order they were scheduled', () => {
    const agenda = createAgenda(0)
    for (let id = 0; id < 1000; id++) put(agenda, 5, id)
    expect(drain(agenda)).toEqual(Array.from({ length: 1000 }, (_, id) => id))
  })

  test('nothing is taken before it is due', () => {
    const agenda = createAgenda(1)
    put(agenda, 10, 1)
    scheduleInLane(agenda, 0, 12, 0, 2)
    expect(drain(agenda, 9)).toEqual([])
    expect(drain(agenda, 11)).toEqual([1])
    expect(nextTime(agenda)).toBe(12)
    expect(drain(agenda, 12)).toEqual([2])
    expect(nextTime(agenda)).toBe(Infinity)
  })

  test('lanes and heap together keep the order of (time, when scheduled)', () => {
    const anyEvent = fc.record({
      at: fc.integer({ min: 0, max: 20 }),
      place: fc.integer({ min: -1, max: 1 }),
    })
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 300 }), (events) => {
        const agenda = createAgenda(2)
        events.forEach(({ at, place }, id) =>
          place < 0 ? put(agenda, at, id) : scheduleInLane(agenda, place, at, 0, id),
        )
        const expected = events
          .map(({ at }, id) => ({ at, id }))
          .sort((x, y) => x.at - y.at || x.id - y.id)
          .map(({ id }) => id)
        expect(drain(agenda)).toEqual(expected)
      }),
    )
  })

  test('taking and scheduling in turn against a plain sorted list', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: 0, max: 50 }), { freq: 2 }), { maxLength: 400 }),
        (steps) => {
          const agenda = createAgenda(0)
          const model: { at: number; id: number }[] = []
          steps.forEach((at, id) => {
            if (at !== null) {
              put(agenda, at, id)
              model.push({ at, id })
              model.sort((x, y) => x.at - y.at || x.id - y.id)
              return
            }
            const taken = takeNext(agenda, Infinity) ? agenda.takenA : undefined
            expect(taken).toBe(model.shift()?.id)
          })
        },
      ),
    )
  })

  test('is plain data: a clone goes on the same way', () => {
    const agenda = createAgenda(1)
    for (let id = 0; id < 200; id++) put(agenda, (id * 37) % 100, id)
    for (let id = 200; id < 300; id++) scheduleInLane(agenda, 0, id, 0, id)
    const copy = structuredClone(agenda)
    expect(drain(copy)).toEqual(drain(agenda))
  })
})
