/** The indexed heap against a plain sort. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addToHeap, createHeap, removeFromHeap } from './heap.ts'

it('ENGINE 3: gives the least by both columns, and gives up any member', () => {
  const members = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })), { maxLength: 80 })
  fc.assert(
    fc.property(members, fc.array(fc.nat()), (keys, removals) => {
      const columns = {
        first: Float64Array.from(keys.map(([first]) => first)),
        second: Float64Array.from(keys.map(([, second]) => second)),
        place: new Int32Array(keys.length).fill(-1),
      }
      const heap = createHeap()
      const inside = keys.map((_, member) => member)
      for (const member of inside) addToHeap(heap, columns, member)
      for (const removal of removals) {
        if (inside.length === 0) break
        const [member] = inside.splice(removal % inside.length, 1)
        removeFromHeap(heap, columns, member)
        expect(columns.place[member]).toBe(-1)
      }
      const order: string[] = []
      while (heap.size > 0) {
        order.push(keys[heap.members[0]].join())
        removeFromHeap(heap, columns, heap.members[0])
      }
      expect(order).toEqual(inside.map((member) => keys[member].join()).toSorted())
    }),
    { numRuns: 500 },
  )
})
