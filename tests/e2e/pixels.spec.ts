/** The picture is a function of the moment: whichever way one came there, the same pixels. */
import type { Page } from '@playwright/test'
import { fromSeconds } from '../../src/base/units.ts'
import { emptyScenario, type Scenario } from '../../src/scenario/scenario.ts'
import { encodeLink } from '../../src/scenario/share.ts'
import { card } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const part = (id: string, kind: string, x: number, config: Scenario['nodes'][0]['config']) => ({
  id,
  kind,
  name: id,
  x,
  y: 100,
  config,
})

/** So busy that going back goes by snapshots, of which there are several a second. */
const busy: Scenario = {
  ...emptyScenario('Rush hour'),
  nodes: [
    part('shop', 'producer', 0, { pattern: 'poisson', ratePerSecond: 1_000 }),
    part('orders', 'sqs', 360, { VisibilityTimeout: 2 }),
    part('workers', 'consumer', 720, {
      instances: 50,
      concurrency: 20,
      MaxNumberOfMessages: 10,
      serviceTimeMs: 100,
      failureChance: 0.05,
    }),
  ],
  wires: [
    { id: 'w1', from: 'shop', to: 'orders', config: {} },
    { id: 'w2', from: 'orders', to: 'workers', config: {} },
  ],
}

/** Simulated seconds. */
const MOMENTS = [4, 9, 12, 17, 21]
const LAST = 30

/** What the layer of moving messages shows: a hash of every pixel, and how many are painted. */
function pixels(page: Page): Promise<{ hash: number; painted: number }> {
  return page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-layer="hops"]')!
    function look() {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      const colours = new Uint32Array(data.buffer)
      let hash = 0x811c9dc5
      let painted = 0
      for (let i = 0; i < colours.length; i++) {
        hash = Math.imul(hash ^ colours[i], 0x01000193)
        if (colours[i] >>> 24 > 0) painted++
      }
      return { hash: hash >>> 0, painted }
    }
    // Cards grow with what they show, and wires follow them some frames later.
    let last = look()
    for (let same = 0; same < 8;) {
      await new Promise(requestAnimationFrame)
      const now = look()
      same = now.hash === last.hash ? same + 1 : 0
      last = now
    }
    return last
  })
}

/** The engine has answered: a card knows its figures. */
const isLoaded = (page: Page) =>
  expect(card(page, 'workers')).toContainText(/0 of 1.?000/, { timeout: 15_000 })

async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let n = 0; n < times; n++) await page.keyboard.press(key)
}

async function isAt(page: Page, second: number): Promise<void> {
  const text = `00:00:${String(second).padStart(2, '0')}.000`
  await expect(page.getByRole('timer')).toHaveText(text, { timeout: 15_000 })
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled()
}

/** From the beginning, by tens and ones. */
async function goTo(page: Page, second: number): Promise<void> {
  await page.getByRole('slider', { name: 'Timeline' }).focus()
  await press(page, 'Home')
  await press(page, 'PageUp', Math.floor(second / 10))
  await press(page, 'ArrowRight', second % 10)
  await isAt(page, second)
}

test('each moment shows the same pixels after any way to it', async ({ page }) => {
  test.setTimeout(120_000)
  const link = `/${encodeLink({ scenario: busy, interventions: [] })}`
  await page.goto(link)
  await isLoaded(page)
  const first = new Map<number, number>()
  for (const second of MOMENTS) {
    await goTo(page, second)
    const { hash, painted } = await pixels(page)
    expect(painted, `something moves at ${second} s`).toBeGreaterThan(0)
    first.set(second, hash)
  }
  expect(new Set(first.values()).size).toBe(MOMENTS.length)

  // Back and forth at random, the same way in every run of this test.
  let state = 7
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  let at = MOMENTS.at(-1)!
  let compared = 0
  for (let move = 0; move < 60; move++) {
    const [key, by] = (
      [
        ['ArrowLeft', -1],
        ['ArrowRight', 1],
        ['PageDown', -10],
        ['PageUp', 10],
      ] as const
    )[random(4)]
    if (at + by < 0 || at + by > LAST) continue
    await press(page, key)
    at += by
    await isAt(page, at)
    const expected = first.get(at)
    if (expected === undefined) continue
    await expect.poll(async () => (await pixels(page)).hash, `at ${at} s`).toBe(expected)
    compared++
  }
  expect(compared).toBeGreaterThan(3)
})

test('a link to a moment shows the same pixels to everyone who opens it', async ({ visit }) => {
  const link = `/${encodeLink({
    scenario: busy,
    interventions: [],
    momentUs: fromSeconds(12),
    view: { x: -60, y: -40, width: 1200, height: 600, nodes: ['orders'], wires: [] },
  })}`
  const visitors = [await visit(link), await visit(link)]
  for (const page of visitors) {
    await isAt(page, 12)
    await expect(card(page, 'orders').locator('.card[data-selected]')).toBeVisible()
  }
  // Panels and fonts come when they come, and move what is painted: the picture is the one they settle to.
  await expect(async () => {
    const [one, other] = await Promise.all(visitors.map(pixels))
    expect(one.painted).toBeGreaterThan(0)
    expect(other.hash).toBe(one.hash)
  }).toPass({ timeout: 20_000 })
})
