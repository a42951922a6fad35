/** Rings after the run went back: what is told is what is there. */
import { expect, test } from 'vitest'
import { createHops, hopsBetween, recordHop, restoreHops, saveHops } from './hops.ts'
import { closeWindow, createWindow, knownIn, moveWindow, oldestIn } from './window.ts'

test('a move within what is known keeps it, back and on', () => {
  const window = createWindow(10)
  moveWindow(window, 8, 3)
  expect([oldestIn(window, 3), knownIn(window, 3)]).toEqual([0, 8])
  moveWindow(window, 3, 7)
  expect([oldestIn(window, 7), knownIn(window, 7)]).toEqual([0, 8])
})

test('a move to before what is kept begins anew, as does something done otherwise', () => {
  const window = createWindow(10)
  moveWindow(window, 50, 20)
  expect([oldestIn(window, 20), oldestIn(window, 25), knownIn(window, 25)]).toEqual([20, 20, 25])
  moveWindow(window, 25, 22)
  closeWindow(window, 22)
  expect([oldestIn(window, 22), knownIn(window, 22)]).toEqual([20, 22])
})

test('hops that were written over are not told as those of an earlier moment', () => {
  const ring = createHops()
  const hop = (departUs: number) => recordHop(ring, 0, departUs, departUs + 10, departUs, 0, 0, 0)
  for (let atUs = 0; atUs < 100; atUs++) hop(atUs)
  const saved = saveHops(ring, 99)
  for (let atUs = 100; atUs < 100_000; atUs++) hop(atUs)
  restoreHops(ring, saved)
  const { message } = hopsBetween(ring, 99, 200_000, 1)
  expect([...message]).toEqual([89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99])
})
