import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addTimer, createTimers, firstDue, removeTimer, timerCount } from './lists.ts'
import { createMessages, newMessage } from './messages.ts'

test('timers come due in the order of (time, when scheduled), whatever is removed on the way', () => {
  const anyStep = fc.oneof(
    fc.record({ add: fc.integer({ min: 0, max: 30 }) }),
    fc.record({ remove: fc.nat() }),
    fc.constant('take' as const),
  )
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 300 }), (steps) => {
      const table = createMessages(4)
      const timers = createTimers()
      const model: { slot: number; at: number; seq: number }[] = []
      const byTime = (): void => void model.sort((x, y) => x.at - y.at || x.seq - y.seq)
      steps.forEach((step, seq) => {
        if (step === 'take') {
          byTime()
          const first = model.shift()
          expect(firstDue(table, timers)).toBe(first?.slot ?? -1)
          if (first) removeTimer(table, timers, first.slot)
        } else if ('add' in step) {
          const slot = newMessage(table, 1, seq, 10, 0)
          table.dueUs[slot] = step.add
          table.dueSeq[slot] = seq
          addTimer(table, timers, slot)
          model.push({ slot, at: step.add, seq })
        } else if (model.length > 0) {
          const [gone] = model.splice(step.remove % model.length, 1)
          removeTimer(table, timers, gone.slot)
        }
        expect(timerCount(timers)).toBe(model.length)
      })
    }),
  )
})

test('constant timeouts never use the heap', () => {
  const table = createMessages()
  const timers = createTimers()
  for (let n = 0; n < 1000; n++) {
    const slot = newMessage(table, 1, n, 10, 0)
    table.dueUs[slot] = n * 10
    table.dueSeq[slot] = n
    addTimer(table, timers, slot)
  }
  expect(timers.heap.size).toBe(0)
  expect(timers.list.count).toBe(1000)
})
