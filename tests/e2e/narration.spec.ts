import { openScenario, play, setSpeed } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('a screen reader is told what is notable, once somebody asks for it', async ({ page }) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  const said = page.locator('[aria-live="polite"]').first()
  await page.keyboard.press('n')
  await expect(said).toHaveText('Telling what happens')
  await setSpeed(page, '50 ×')
  await play(page)
  await expect(said).toContainText('moved to a dead-letter queue', { timeout: 20_000 })
  await page.keyboard.press('n')
  await expect(said).toHaveText('No longer telling what happens')
})
