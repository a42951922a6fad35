/** Why something happened: in the log, and in a message's life, with the way to the cause. */
import { expectAccessible } from './lib/axe.ts'
import { openScenario, play, setSpeed } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('a message that was dead-lettered tells why, and takes the clock to the cause', async ({
  page,
}) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  await page.getByRole('button', { name: 'Jump, or pause when something happens' }).click()
  await page.getByLabel('What happens').selectOption({ label: 'moved to a dead-letter queue' })
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.keyboard.press('Escape')
  await setSpeed(page, '50 ×')
  await play(page)
  await expect(page.getByText(/^Paused at/)).toBeVisible({ timeout: 20_000 })
  const note = page.getByRole('complementary', { name: 'What happened at this moment' })
  await expect(note).toContainText('Why? Received 3 times already')
  await expectAccessible(page, 'the note of a moment')
  await page.getByRole('button', { name: /moved to the dead-letter queue/ }).click()
  const log = page.getByRole('region', { name: 'List of API calls' })
  await expect(log.getByText(/Why\? Received 3 times already/)).toBeVisible()
  await expectAccessible(page, 'why in the log')
  await log.getByRole('button', { name: /^Open m-/ }).click()
  const card = page.getByRole('dialog', { name: /^Message \d/ })
  await card.getByRole('button', { name: 'Its whole life, and why' }).click()
  const life = card.getByRole('list', { name: /^Life of/ })
  await expect(life).toContainText('It is a poison message: every attempt at it fails.')
  await expect(life).toContainText(/order-workers\/\d failed: poison message at 00:/)
  await expectAccessible(page, 'a life')
  const step = life.getByRole('listitem').filter({ hasText: '(failed: poison message)' }).first()
  const at = (await step.getByRole('button').textContent())!
  await step.getByRole('button').click()
  await expect(page.getByRole('timer')).toHaveText(at)
})

test('a mark on the timeline, when clicked, says what happened and why', async ({ page }) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  const timeline = page.getByRole('slider', { name: 'Timeline' })
  await timeline.focus()
  for (let n = 0; n < 4; n++) await page.keyboard.press('PageUp')
  await expect(page.getByRole('timer')).toHaveText('00:00:40.000')
  await page.keyboard.press('[')
  const note = page.getByRole('complementary', { name: 'What happened at this moment' })
  await expect(note).toContainText('Moved to a dead-letter queue at orders')
  const marked = (await page.getByRole('timer').textContent())!
  const box = (await timeline.boundingBox())!
  const seconds = Number(marked.slice(-6))
  await page.keyboard.press(',')
  await expect(note).toBeHidden()
  // A run of 40 seconds is drawn on a line of 60.
  await page.mouse.click(box.x + (box.width * seconds) / 60, box.y + 12)
  await expect(page.getByRole('timer')).toHaveText(marked)
  await expect(note).toContainText('Why? Received 3 times already')
  await note.getByRole('button', { name: 'Dismiss' }).click()
  await expect(note).toBeHidden()
})
