/** Two variants side by side: opened, played, gone through, shared, and one of them kept. */
import type { Page } from '@playwright/test'
import { expectAccessible } from './lib/axe.ts'
import { card, inspector, openScenario, pause, play, setField, setSpeed } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const TIMEOUTS = 'Visibility timeout: 5 or 60 seconds'

const variant = (page: Page, letter: 'A' | 'B') =>
  page.getByRole('region', { name: `Variant ${letter}` })

/** Cells of the row about a figure of a part: A's value and B's. */
async function figures(page: Page, part: string, figure: string): Promise<string[]> {
  const row = page
    .getByRole('region', { name: 'Figures' })
    .getByRole('row')
    .filter({ has: page.getByText(figure, { exact: true }) })
    .filter({ has: page.getByText(part, { exact: true }) })
  const cells = await row.getByRole('cell').allTextContents()
  return cells.slice(2, 4)
}

test('two variants run on one clock, differ in figures, and travel in a link', async ({
  page,
  visit,
}) => {
  await openScenario(page, TIMEOUTS)
  await expect(variant(page, 'A').locator('.react-flow__node')).toHaveCount(4)
  await expect(variant(page, 'B').locator('.react-flow__node')).toHaveCount(4)
  await setSpeed(page, '50 ×')
  await play(page)
  await expect(page.getByRole('timer')).toHaveText(/^00:0[2-9]/, { timeout: 30_000 })
  await pause(page)
  const settings = page.getByRole('region', { name: 'Settings' })
  await expect(settings.getByRole('row').nth(1)).toHaveText('to-printVisibility timeout5 s60 s')

  // The same moment again, by keys, gives the same figures in both.
  const timeline = page.getByRole('slider', { name: 'Timeline' })
  await timeline.focus()
  await page.keyboard.press('Home')
  await expect(page.getByText('So far both are equal.')).toBeVisible()
  for (let n = 0; n < 10; n++) await page.keyboard.press('PageUp')
  await expect(page.getByRole('timer')).toHaveText('00:01:40.000')
  await expect.poll(() => figures(page, 'to-print', 'timedOut')).not.toEqual([])
  const [a, b] = await figures(page, 'to-print', 'timedOut')
  expect(Number(a)).toBeGreaterThan(Number(b))
  await expectAccessible(page, 'comparing')

  // A message of A is told of by A's run; the oldest is at the right end of its row.
  const shown = page.getByRole('dialog', { name: /^Message/ })
  const tray = card(page, 'printed').first().locator('.token-tray').first()
  const { width, height } = (await tray.boundingBox())!
  await tray.click({ position: { x: width - 5, y: height / 2 } })
  await expect(shown).toContainText('in variant A')
  await page.keyboard.press('Escape')
  await expect(shown).toBeHidden()

  await page.getByRole('button', { name: 'Share link' }).click()
  await page.getByRole('radio', { name: /^This moment/ }).click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  const other = await visit(link)
  await expect(other.getByRole('timer')).toHaveText('00:01:40.000')
  await expect.poll(() => figures(other, 'to-print', 'timedOut')).toEqual([a, b])
})

test('the design becomes A, B is changed, A is kept, and undo brings B back', async ({ page }) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  await inspector(page).getByRole('button', { name: 'Compare with a variant' }).click()
  await expect(page.getByText('Nothing yet: change a setting of B')).toBeVisible()
  const orders = card(page, 'orders')
  await variant(page, 'B')
    .locator('.react-flow__node')
    .filter({ hasText: 'orders' })
    .first()
    .click()
  await setField(page, 'Visibility timeout', '9')
  await expect(orders.last()).toContainText('vt 9 s')
  await expect(variant(page, 'A')).not.toContainText('vt 9 s')
  await variant(page, 'A').getByRole('button', { name: 'Keep A' }).click()
  await expect(variant(page, 'A')).toHaveCount(0)
  await expect(orders).not.toContainText('vt 9 s')
  await page.keyboard.press('Control+z')
  await expect(orders).toContainText('vt 9 s')
})

test.describe('dark', () => {
  test.use({ colorScheme: 'dark' })
  test('axe finds nothing serious while comparing, dark', async ({ page }) => {
    await openScenario(page, TIMEOUTS)
    await page.getByRole('slider', { name: 'Timeline' }).focus()
    for (let n = 0; n < 6; n++) await page.keyboard.press('PageUp')
    await expect(
      page.getByRole('region', { name: 'Figures' }).getByRole('row').first(),
    ).toBeVisible()
    await expectAccessible(page, 'comparing, dark', ['color-contrast'])
  })
})
