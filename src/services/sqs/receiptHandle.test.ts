import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readHandle, writeHandle } from './receiptHandle.ts'

const upTo = (max: number) => fc.integer({ min: 0, max })

it('FACTS 1.4: a handle is opaque, short, and says what was written', () => {
  const receipts = fc.record({
    node: upTo(2 ** 16 - 1),
    slot: upTo(2 ** 31 - 1),
    serial: upTo(2 ** 32 - 1),
    receipt: upTo(2 ** 53 - 1),
  })
  fc.assert(
    fc.property(receipts, (receipt) => {
      const handle = writeHandle(receipt)
      expect(handle).toMatch(/^AQEB[A-Za-z0-9_-]{24}$/)
      expect(readHandle(handle)).toEqual(receipt)
    }),
  )
})

it('reads no other text', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 24, maxLength: 24, unit: 'binary' }), (rest) => {
      const read = readHandle(`AQEB${rest}`)
      expect(read !== null).toBe(/^[A-Za-z0-9_-]{24}$/.test(rest))
    }),
  )
})
