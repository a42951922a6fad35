import { describe, expect, test } from 'vitest'
import type { Token, TokenRow } from '../../worker/protocol.ts'
import { ringShare, ringsOf } from './paintTokens.ts'
import { createRowBook } from './rowBook.ts'
import { hitTestToken, layoutRow } from './tokenLayout.ts'

const token = (message: number, more: Partial<Token> = {}): Token => ({
  message,
  hue: 0,
  look: 'solid',
  ...more,
})
const rowOf = (count: number, total = count, more: Partial<Token> = {}): TokenRow => ({
  name: 'visible',
  total,
  tokens: Array.from({ length: count }, (_, i) => token(i + 1, more)),
})
const tray = { width: 170, height: 20, slots: false }
const slots = { width: 190, height: 26, slots: true }

describe('a tray', () => {
  test('has its head at the right and the others behind it, inside the tray', () => {
    const { centres, overflow } = layoutRow(tray, rowOf(3))
    expect(centres.map(({ x }) => x)).toEqual([158.5, 143.5, 128.5])
    expect(centres.every(({ y }) => y === 10)).toBe(true)
    expect(overflow).toBe(0)
  })

  test('counts what it cannot show, and never implies a drop', () => {
    const { centres, overflow } = layoutRow(tray, rowOf(8, 1293))
    expect(centres).toHaveLength(8)
    expect(overflow).toBe(1285)
    const narrow = layoutRow({ ...tray, width: 80 }, rowOf(8, 8))
    expect(narrow.centres.length + narrow.overflow).toBe(8)
    // The figure stands left of the last token, not under it.
    expect(Math.min(...narrow.centres.map(({ x }) => x)) - 6).toBeGreaterThanOrEqual(40)
  })

  test('gives tokens with a ring more room', () => {
    const [first, second] = layoutRow(tray, rowOf(2, 2, { ringFromUs: 0, ringToUs: 9 })).centres
    expect(first.x - second.x).toBe(19)
  })
})

test('slots begin at the left and shrink rather than leave the card', () => {
  expect(layoutRow(slots, rowOf(2)).size).toBe(22)
  const { centres, size } = layoutRow(slots, rowOf(12))
  expect(centres[0].x - size / 2).toBeGreaterThanOrEqual(0)
  expect(centres[11].x + size / 2).toBeLessThanOrEqual(190)
})

test('clicking finds the message of the nearest token; an idle worker holds none', () => {
  const row = { ...rowOf(3), tokens: [token(11), token(12), token(0)] }
  const rows = [
    { place: { ...tray, node: 'n', name: 'visible', left: 0, top: 0 }, row, x: 500, y: 40 },
  ]
  expect(hitTestToken(rows, { x: 658, y: 52 })).toBe(11)
  expect(hitTestToken(rows, { x: 645, y: 49 })).toBe(12)
  expect(hitTestToken(rows, { x: 628, y: 50 })).toBeNull()
  expect(hitTestToken(rows, { x: 658, y: 70 })).toBeNull()
})

test('a ring goes from nothing passed to all passed, in steps that decide about repainting', () => {
  const ring = { ringFromUs: 1000, ringToUs: 61_000 }
  expect([0, 1000, 31_000, 61_000, 99_000].map((at) => ringShare(token(1, ring), at))).toEqual([
    0, 0, 0.5, 1, 1,
  ])
  const row = rowOf(3, 3, ring)
  expect(ringsOf(row, 31_000)).toBe(ringsOf(row, 31_100))
  expect(ringsOf(row, 31_000)).not.toBe(ringsOf(row, 32_100))
  expect(ringShare(token(1), 500)).toBe(0)
})

test('the row book tells whether anything moved', () => {
  const book = createRowBook()
  const place = { ...tray, node: 'n', name: 'visible', left: 4, top: 30 }
  book.set(place)
  const { version } = book
  book.set({ ...place })
  expect(book.version).toBe(version)
  book.set({ ...place, top: 31 })
  expect(book.version).toBe(version + 1)
  expect(book.list()).toEqual([{ ...place, top: 31 }])
  book.remove('n', 'visible')
  book.remove('n', 'never')
  expect(book.version).toBe(version + 2)
  expect(book.list()).toEqual([])
})
