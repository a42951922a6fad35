import { describe, expect, test } from 'vitest'
import type { Mark } from '../../worker/protocol.ts'
import { EFFECT_MS, effectsOf, mergeEffects } from './marks.ts'

const mark = (atUs: number, type: Mark['type'], count = 1, node = 'q'): Mark => ({
  atUs,
  node,
  type,
  count,
})

describe('endings at nodes', () => {
  test('begin when the displayed time passes them, once', () => {
    const marks = [mark(10, 'expired'), mark(20, 'throttled'), mark(30, 'lost')]
    const seen = [
      [0, 9],
      [9, 10],
      [10, 25],
      [25, 40],
    ].flatMap(([after, at]) => effectsOf(marks, after, at, 0).map(({ type }) => `${at} ${type}`))
    expect(seen).toEqual(['10 expired', '25 throttled', '40 lost'])
  })

  test('going back in time starts none', () => {
    expect(effectsOf([mark(10, 'lost')], 50, 5, 0)).toEqual([])
  })

  test('many of one kind at one node are one effect with a count; edits are none', () => {
    const marks = [mark(1, 'purged', 40), mark(2, 'purged', 2), mark(2, 'edited'), mark(3, 'lost')]
    expect(effectsOf(marks, 0, 9, 7)).toEqual([
      { node: 'q', type: 'purged', count: 42, startedMs: 7 },
      { node: 'q', type: 'lost', count: 1, startedMs: 7 },
    ])
  })

  test('what comes and goes is a stream: one does not take the place of the last', () => {
    const old = effectsOf([mark(1, 'arrived')], 0, 1, 0)
    const fresh = effectsOf([mark(2, 'arrived')], 1, 2, 100)
    expect(mergeEffects(old, fresh, 100, false)).toHaveLength(2)
    expect(mergeEffects(old, fresh, 100, true)).toHaveLength(1)
  })

  test('end after their time, longer without motion; a new one takes the place of its like', () => {
    const old = effectsOf([mark(1, 'lost'), mark(1, 'expired')], 0, 1, 0)
    const fresh = effectsOf([mark(2, 'lost')], 1, 2, 100)
    expect(mergeEffects(old, fresh, 100, false).map(({ startedMs }) => startedMs)).toEqual([0, 100])
    expect(mergeEffects(old, [], EFFECT_MS, false)).toEqual([])
    expect(mergeEffects(old, [], EFFECT_MS, true)).toHaveLength(2)
  })
})
