import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyScenario } from '../scenario/scenario.ts'
import { emptyFrame } from './frames.fake.ts'
import { decode, encode } from './wire.ts'

const column = (value: fc.Arbitrary<number>) => fc.array(value, { maxLength: 40 })

test('frames come out as they went in, column by column', () => {
  const columns = fc.record({
    wire: column(fc.integer()).map((all) => Int32Array.from(all)),
    departUs: column(fc.double()).map((all) => Float64Array.from(all)),
    hue: column(fc.nat(65_535)).map((all) => Uint16Array.from(all)),
    look: column(fc.nat(255)).map((all) => Uint8Array.from(all)),
    density: column(fc.nat()).map((all) => Uint32Array.from(all)),
  })
  fc.assert(
    fc.property(columns, fc.nat(), (some, count) => {
      const frame = emptyFrame(5, 9, { hops: { ...emptyFrame(0, 0).hops, ...some, count } })
      const message = { type: 'frame', run: 3, frame, wires: ['w1'] } as const
      expect(decode(encode(message))).toEqual(message)
    }),
  )
})

test('columns of part of a buffer carry that part only', () => {
  const wire = Int32Array.of(7, 8, 9).subarray(1, 2)
  const frame = emptyFrame(0, 1, { hops: { ...emptyFrame(0, 0).hops, wire, count: 1 } })
  const decoded = decode(encode({ type: 'frame', run: 1, frame }))
  expect('frame' in decoded && decoded.frame.hops.wire).toEqual(Int32Array.of(8))
})

test('a quiet frame is small', () => {
  const text = encode({ type: 'frame', run: 1, frame: emptyFrame(1e15, 1e15) })
  expect(text.length).toBeLessThan(200)
})

test('other messages are plain JSON', () => {
  const welcome = { type: 'welcome', scenario: emptyScenario('Live'), clock: 'real' } as const
  expect(decode(encode(welcome))).toEqual(welcome)
})

test('a damaged column is refused', () => {
  const text = encode({ type: 'frame', run: 1, frame: emptyFrame(0, 1) })
  expect(() => decode(text.replace('"count":0', '"count":0,"wire":"%"'))).toThrow('damaged')
})
