import { describe, expect, test } from 'vitest'
import { hueColor, paletteOf, rgbOf } from './palette.ts'
import type { Rgb, Theme } from './palette.ts'

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear light. */
const SIGHT: Readonly<Record<string, readonly number[]>> = {
  typical: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  tritanopia: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
}
const linear = (v: number) => (v <= 10.31 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4)
const apply = (m: readonly number[], [a, b, c]: readonly number[]) =>
  [0, 3, 6].map((row) => m[row] * a + m[row + 1] * b + m[row + 2] * c)

/** CIE L*a*b* of an sRGB colour as those eyes see it. */
function lab(color: Rgb, sight: readonly number[]) {
  const seen = apply(sight, color.map(linear)).map((v) => Math.min(1, Math.max(0, v)))
  const xyz = apply([0.4124, 0.3576, 0.1805, 0.2126, 0.7152, 0.0722, 0.0193, 0.1192, 0.9505], seen)
  const [x, y, z] = [xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089].map((v) =>
    v > 0.008856 ? Math.cbrt(v) : 7.787 * v + 16 / 116,
  )
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
const apart = (a: string, b: string, sight: readonly number[]) => {
  const [p, q] = [lab(rgbOf(a), sight), lab(rgbOf(b), sight)]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}

const luminance = (color: string) => apply([0.2126, 0.7152, 0.0722], rgbOf(color).map(linear))[0]
/** WCAG 2's contrast of two colours. */
const contrast = (a: string, b: string) => {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((p, q) => p - q)
  return (light + 0.05) / (dark + 0.05)
}

describe.each<Theme>(['light', 'dark'])('%s palette', (theme) => {
  test.each(Object.entries(SIGHT))('hues stay apart for %s sight', (_, sight) => {
    const { hues } = paletteOf(theme)
    const pairs = hues.flatMap((a, i) => hues.slice(i + 1).map((b) => [apart(a, b, sight), a, b]))
    const [closest] = pairs.toSorted((p, q) => Number(p[0]) - Number(q[0]))
    // A just noticeable difference is about 2.3.
    expect(closest[0], `${closest[1]} and ${closest[2]}`).toBeGreaterThan(11)
  })

  test('lines and figures reach 3:1 on what they stand on', () => {
    const { inks, failure, text, paper } = paletteOf(theme)
    for (const ink of [...inks, failure, text]) {
      expect(contrast(ink, paper), ink).toBeGreaterThanOrEqual(3)
    }
  })

  test('red stays reserved for failures', () => {
    const { hues, failure } = paletteOf(theme)
    for (const hue of hues) expect(apart(hue, failure, SIGHT.typical), hue).toBeGreaterThan(30)
  })
})

test('any hue has a colour', () => {
  expect(hueColor(65_535, 'light')).toBe(hueColor(65_535 % 8, 'light'))
  expect(rgbOf('#0180ff')).toEqual([1, 128, 255])
})
