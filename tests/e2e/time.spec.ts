/** The timeline goes both ways: by hand, by keys, by notable things; and the future can be changed. */
import { openScenario, play, select, setSpeed } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const clock = '[role="timer"]'

test('scrubs back and forth, steps back, jumps, and pauses by a condition', async ({ page }) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  await page.getByRole('button', { name: 'Jump, or pause when something happens' }).click()
  await page.getByLabel('What happens').selectOption({ label: 'moved to a dead-letter queue' })
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('any part: moved to a dead-letter queue')).toBeVisible()
  await page.keyboard.press('Escape')
  await setSpeed(page, '50 ×')
  await play(page)
  await expect(page.getByText(/^Paused at/)).toBeVisible({ timeout: 20_000 })
  const stopped = await page.locator(clock).textContent()

  const timeline = page.getByRole('slider', { name: 'Timeline' })
  await timeline.focus()
  await page.keyboard.press('Home')
  await expect(page.locator(clock)).toHaveText('00:00:00.000')
  await page.keyboard.press('End')
  await expect(page.locator(clock)).toHaveText(stopped!)
  await page.keyboard.press(',')
  await expect(page.locator(clock)).not.toHaveText(stopped!)
  await page.keyboard.press(']')
  await expect(page.locator(clock)).toHaveText(stopped!)

  const box = (await timeline.boundingBox())!
  await page.mouse.move(box.x + 2, box.y + 12)
  await page.mouse.down()
  await page.mouse.move(box.x + 12, box.y + 12, { steps: 4 })
  await page.mouse.move(box.x, box.y + 12, { steps: 4 })
  await page.mouse.up()
  await expect(page.locator(clock)).toHaveText('00:00:00.000')
})

test('an edit in the past makes another future; the former one comes back', async ({ page }) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  const timeline = page.getByRole('slider', { name: 'Timeline' })
  await timeline.focus()
  for (let n = 0; n < 3; n++) await page.keyboard.press('PageUp')
  await expect(page.locator(clock)).toHaveText('00:00:30.000')
  for (let n = 0; n < 2; n++) await page.keyboard.press('PageDown')
  await expect(page.locator(clock)).toHaveText('00:00:10.000')
  await select(page, 'checkout')
  await page
    .getByRole('group', { name: 'Actions' })
    .getByRole('button', { name: 'Send one' })
    .click()
  await expect(page.getByText('What came after 00:00:10.000 is replaced')).toBeVisible()
  await expect(timeline).toHaveAttribute('aria-valuemax', '10')
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect(timeline).toHaveAttribute('aria-valuemax', '30')
  await expect(page.locator(clock)).toHaveText('00:00:10.000')
})
