/** The order in which messages expire, against a plain sort. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMessages, newMessage } from '../../engine/messages.ts'
import { addArrival, createArrivals, firstSent, removeArrival } from './arrivals.ts'

describe('arrivals', () => {
  it('ENGINE 3: the first sent is found whatever the order of arrival and removal', () => {
    const sentTimes = fc.array(fc.nat({ max: 50 }), { maxLength: 60 })
    fc.assert(
      fc.property(sentTimes, fc.array(fc.nat(), { maxLength: 60 }), (times, removals) => {
        const messages = createMessages()
        const arrivals = createArrivals()
        const here: number[] = []
        const check = () => {
          expect(arrivals.count).toBe(here.length)
          expect(arrivals.head).toBe(here[0] ?? -1)
          const first = firstSent(messages, arrivals)
          const least = Math.min(...here.map((slot) => messages.sentUs[slot]))
          expect(here.length === 0 ? first : messages.sentUs[first]).toBe(
            here.length === 0 ? -1 : least,
          )
        }
        times.forEach((time, n) => {
          const slot = newMessage(messages, 0, 0, 1, 0)
          messages.sentUs[slot] = time
          addArrival(messages, arrivals, slot)
          here.push(slot)
          check()
          if (removals[n] === undefined || removals[n] % 3 > 0) return
          const [gone] = here.splice(removals[n] % here.length, 1)
          removeArrival(messages, arrivals, gone)
          check()
        })
        const order: number[] = []
        while (arrivals.count > 0) {
          const slot = firstSent(messages, arrivals)
          order.push(messages.sentUs[slot])
          removeArrival(messages, arrivals, slot)
        }
        expect(order).toEqual(order.toSorted((a, b) => a - b))
        expect(order).toHaveLength(here.length)
      }),
      { numRuns: 500 },
    )
  })

  it('FACTS 2.4: messages that come in order never touch the heap', () => {
    const messages = createMessages()
    const arrivals = createArrivals()
    for (let n = 0; n < 100; n++) {
      const slot = newMessage(messages, 0, 0, 1, 0)
      messages.sentUs[slot] = n >> 1
      addArrival(messages, arrivals, slot)
    }
    expect(arrivals.outOfOrder.size).toBe(0)
  })
})
