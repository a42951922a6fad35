import { card, openScenario } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('a part explains itself, by keyboard too', async ({ page }) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  await card(page, 'orders').click()
  await page.getByRole('button', { name: 'How it works' }).focus()
  await page.keyboard.press('Enter')
  const help = page.getByRole('dialog', { name: 'SQS queue' })
  await expect(help.getByText('What happens to a message')).toBeVisible()
  await expect(help.getByText('**')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
})
