import type { Page } from '@playwright/test'
import { card, openScenario, play } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

/** So many different pictures of the hop layer, by where it is painted, in so many frames. */
function picturesIn(page: Page, frames: number): Promise<number> {
  return page.evaluate(async (frames) => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-layer="hops"]')!
    const context = canvas.getContext('2d')!
    const seen = new Set<string>()
    for (let frame = 0; frame < frames; frame += 1) {
      await new Promise(requestAnimationFrame)
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      let first = -1
      let last = -1
      for (let i = 3; i < data.length; i += 4) {
        if (data[i] === 0) continue
        if (first < 0) first = i
        last = i
      }
      if (first >= 0) seen.add(`${first} ${last}`)
    }
    return seen.size
  }, frames)
}

const FRAMES = 40

test('messages travel along their wires', async ({ page }) => {
  await openScenario(page, 'Competing consumers')
  await play(page)
  await expect(card(page, 'orders')).toContainText('vt')
  expect(await picturesIn(page, FRAMES)).toBeGreaterThan(FRAMES / 3)
})

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('messages are still glyphs on their wires', async ({ page }) => {
    await openScenario(page, 'Competing consumers')
    await play(page)
    await expect(card(page, 'orders')).toContainText('vt')
    const pictures = await picturesIn(page, FRAMES)
    expect(pictures).toBeGreaterThan(0)
    expect(pictures).toBeLessThan(FRAMES / 3)
  })
})
