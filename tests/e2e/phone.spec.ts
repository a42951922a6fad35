import type { Locator, Page } from '@playwright/test'
import { card, clock, dragTo, paletteEntry, play } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const panel = (page: Page, name: string) => page.getByRole('complementary', { name })
const sheet = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Nothing may stick out at the side. */
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

for (const width of [360, 390]) {
  test.describe(`${width} wide`, () => {
    test.use({ viewport: { width, height: width === 360 ? 740 : 844 } })

    test(`the page opens, plays and shows its panels at ${width} pixels @phone`, async ({
      page,
    }) => {
      await page.goto('/')
      await expect(card(page, 'orders')).toBeInViewport({ ratio: 0.99 })
      await expect(card(page, 'order-workers')).toBeInViewport({ ratio: 0.99 })
      await play(page)
      await expect(clock(page)).not.toHaveText('00:00:00.000')
      await sheet(page, 'API calls').tap()
      await expect(panel(page, 'API calls')).toContainText('SendMessage')
      // The design stays in view above what came up.
      await expect
        .poll(async () => {
          const lowest = (await card(page, 'order-workers').boundingBox())!
          return (await panel(page, 'API calls').boundingBox())!.y - lowest.y - lowest.height
        })
        .toBeGreaterThan(0)
      await sheet(page, 'API calls').tap()
      await expect(panel(page, 'API calls')).toBeHidden()
      await card(page, 'orders').tap({ position: { x: 30, y: 12 } })
      await sheet(page, 'Settings').tap()
      await expect(panel(page, 'Settings').getByLabel('Name', { exact: true })).toHaveValue(
        'orders',
      )
      expect(await sideways(page)).toBeLessThanOrEqual(0)
      await page.getByRole('button', { name: 'More' }).tap()
      await page.getByRole('menuitem', { name: 'Scenarios' }).tap()
      await expect(page.getByRole('heading', { name: 'Scenarios' })).toBeVisible()
      expect(await sideways(page)).toBeLessThanOrEqual(0)
    })
  })
}

test.describe('held sideways', () => {
  test.use({ viewport: { width: 844, height: 390 } })

  test('panels stand beside the design, which stays in view @phone', async ({ page }) => {
    await page.goto('/')
    await expect(card(page, 'orders-dlq')).toBeInViewport({ ratio: 0.99 })
    for (const name of ['Parts', 'Settings', 'API calls']) {
      await sheet(page, name).tap()
      await expect(panel(page, name)).toBeInViewport({ ratio: 0.99 })
      await expect
        .poll(async () => {
          const last = (await card(page, 'order-workers').boundingBox())!
          return (await panel(page, name).boundingBox())!.x - last.x - last.width
        })
        .toBeGreaterThan(0)
      await expect(card(page, 'orders-dlq')).toBeInViewport({ ratio: 0.99 })
      await sheet(page, name).tap()
    }
    await play(page)
    await expect(clock(page)).not.toHaveText('00:00:00.000')
    expect(await sideways(page)).toBeLessThanOrEqual(0)
  })
})

test('parts are placed and connected by touch @phone', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'More' }).tap()
  await page.getByRole('menuitem', { name: 'New design' }).tap()
  for (const [label, name, y] of [
    ['Producer', 'checkout', 60],
    ['SQS standard', 'orders', 280],
  ] as const) {
    await sheet(page, 'Parts').tap()
    await paletteEntry(page, label).tap()
    await expect(panel(page, 'Parts')).toBeHidden()
    await page.getByRole('main').tap({ position: { x: 170, y } })
    await expect(card(page, name)).toBeVisible()
  }
  await card(page, 'checkout').locator('[data-handleid="out"]').tap()
  await card(page, 'orders').locator('[data-handleid="in"]').tap()
  await expect(page.locator('.react-flow__edge')).toHaveCount(1)
  await play(page)
  await expect(card(page, 'checkout')).toContainText(/[1-9]\d* sent/)
})

test('a design is shown from top to bottom, and what is moved there is moved in the document @phone', async ({
  page,
}) => {
  await page.goto('/')
  const [producer, queue, failed, fleet] = [
    'checkout',
    'orders',
    'orders-dlq',
    'order-workers',
  ].map((name) => card(page, name))
  const place = async (part: Locator) => (await part.boundingBox())!
  const above = async () => (await place(fleet)).y - (await place(queue)).y
  expect((await place(queue)).y).toBeGreaterThan((await place(producer)).y)
  expect((await place(failed)).x).toBeGreaterThan((await place(queue)).x)
  const before = await above()
  const { x, y, width } = await place(fleet)
  await dragTo(page, fleet.getByText('order-workers', { exact: true }), {
    x: x + width / 2,
    y: y + 80,
  })
  await page.mouse.up()
  await expect.poll(above).toBeGreaterThan(before + 30)
  await page.setViewportSize({ width: 1200, height: 800 })
  await expect
    .poll(async () => (await place(queue)).x - (await place(producer)).x)
    .toBeGreaterThan(100)
  // The document has the fleet 1.1 times as far from the queue as the queue from the producer.
  const wide = async (from: Locator, to: Locator) => (await place(to)).x - (await place(from)).x
  const ratio = (await wide(queue, fleet)) / (await wide(producer, queue))
  expect(ratio).toBeGreaterThan(1.3)
  expect((await place(failed)).y).toBeGreaterThan((await place(queue)).y)
})
