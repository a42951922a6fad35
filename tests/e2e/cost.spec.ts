/** The Cost tab: what short and long polling cost, by the moment shown. */
import type { Page } from '@playwright/test'
import { expectAccessible } from './lib/axe.ts'
import { clock, openScenario, pause, play, setSpeed } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const bill = (page: Page) => page.getByRole('region', { name: 'Cost of this run' })

/** The two amounts of a row: so far, and a month. */
async function amounts(page: Page, heading: RegExp): Promise<number[]> {
  const row = bill(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: heading }) })
  const cells = await row.locator('td.mono').allTextContents()
  return cells.map((text) => Number(text.replace(/\s/g, '')))
}

test('short polling costs more than long polling, and less the further one goes back', async ({
  page,
}) => {
  await openScenario(page, 'Long versus short polling')
  await page.getByRole('tab', { name: 'Cost' }).click()
  await expect(page.getByText('Press play, and see what AWS would bill for it')).toBeVisible()
  await setSpeed(page, '50 ×')
  await play(page)
  await expect(clock(page)).toHaveText(/^00:0[1-9]/, { timeout: 20_000 })
  await pause(page)

  const timeline = page.getByRole('slider', { name: 'Timeline' })
  await timeline.focus()
  await page.keyboard.press('Home')
  await expect(page.getByText('Press play, and see what AWS would bill for it')).toBeVisible()
  for (let n = 0; n < 6; n++) await page.keyboard.press('PageUp')
  await expect(clock(page)).toHaveText('00:01:00.000')
  await expect(bill(page)).toContainText('these 1 min.')
  const [short, shortMonth] = await amounts(page, /^short-polled/)
  const [long, longMonth] = await amounts(page, /^long-polled/)
  expect(short).toBeGreaterThan(4 * long)
  expect(long).toBeGreaterThan(0)
  const [total, month] = await amounts(page, /^Total/)
  expect(total).toBeCloseTo(short + long, 6)
  expect(month).toBeCloseTo(shortMonth + longMonth, 1)
  // 730 hours are 43 800 minutes.
  expect(month / total).toBeGreaterThan(42_000)
  expect(month / total).toBeLessThan(46_000)
  await expect(bill(page)).toContainText('Not counted: sensor-short, sensor-long (Producer)')

  const line = bill(page).getByRole('button', { name: 'Requests, standard queue' }).first()
  await line.press('Enter')
  await expect(line).toHaveAttribute('aria-expanded', 'true')
  await expect(bill(page)).toContainText('An empty receive is a request, too')
  await expectAccessible(page, 'costs', [], bill(page))

  await timeline.focus()
  for (let n = 0; n < 3; n++) await page.keyboard.press('PageDown')
  await expect(clock(page)).toHaveText('00:00:30.000')
  await expect.poll(async () => (await amounts(page, /^Total/))[0]).toBeLessThan(total)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test(`axe finds nothing serious in a bill with unverified prices, ${colorScheme}`, async ({
      page,
    }) => {
      await openScenario(page, 'An alarm that reaches people')
      await page.getByRole('slider', { name: 'Timeline' }).focus()
      for (let n = 0; n < 3; n++) await page.keyboard.press('PageUp')
      await page.getByRole('tab', { name: 'Cost' }).click()
      const line = bill(page).getByRole('button', { name: 'Alarm, standard resolution' })
      await line.click()
      await expect(bill(page)).toContainText('The price is not verified.')
      // A month of an alarm is a month of an alarm, however short the run.
      expect((await amounts(page, /^backlog/))[1]).toBe(0.1)
      await expectAccessible(page, `costs, ${colorScheme}`, [], bill(page))
    })
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('the bill fits, prices and all @phone', async ({ page }) => {
    await openScenario(page, 'Long versus short polling')
    await play(page)
    await page.getByRole('button', { name: 'API calls', exact: true }).tap()
    await page.getByRole('tab', { name: 'Cost' }).tap()
    await expect(bill(page)).toContainText('0.40 / million requests')
    expect(await bill(page).evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
  })
})
