import { expectAccessible } from './lib/axe.ts'
import { card, inspector, openScenario, pause, play, select, setSpeed } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const POISON = 'Poison message and dead-letter queue'

for (const theme of ['light', 'dark'] as const) {
  const rules = theme === 'dark' ? ['color-contrast'] : []
  test.describe(theme, () => {
    test.use({ colorScheme: theme })

    test(`axe finds nothing serious in the editor, ${theme}`, async ({ page }) => {
      await openScenario(page, POISON)
      await setSpeed(page, '50 ×')
      await play(page)
      await expect(card(page, 'order-workers')).toContainText('failed')
      await pause(page)
      await expectAccessible(page, 'main screen', rules)
      await select(page, 'orders')
      for (const tab of ['Configure', 'Messages', 'Metrics', 'Advice']) {
        await inspector(page).getByRole('tab', { name: tab }).click()
        await expect(inspector(page).getByRole('tabpanel', { name: tab })).not.toHaveText('…')
        await expectAccessible(page, tab, rules)
      }
      await page.keyboard.press('o')
      await expect(page.getByRole('navigation', { name: 'Outline of the design' })).toBeVisible()
      await expectAccessible(page, 'outline', rules)
    })

    test(`axe finds nothing serious in dialogs and pages, ${theme}`, async ({ page }) => {
      await openScenario(page, POISON)
      for (const [key, name] of [
        ['s', 'Share link'],
        ['?', 'Keyboard shortcuts'],
        ['Control+k', 'Commands'],
      ]) {
        await page.keyboard.press(key)
        await expect(page.getByRole('dialog', { name })).toBeVisible()
        await expectAccessible(page, name, rules)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
      }
      await page.keyboard.press('g')
      await expect(page.getByRole('heading', { name: 'Scenarios' })).toBeVisible()
      await expectAccessible(page, 'gallery', rules)
      await page.goto('/#/designs')
      await expect(page.getByRole('heading', { name: 'My designs' })).toBeVisible()
      await expectAccessible(page, 'designs', rules)
      await page.goto('/#s=1.garbage')
      await expect(page.getByRole('heading', { name: 'The link is incomplete' })).toBeVisible()
      await expectAccessible(page, 'broken link', rules)
    })

    test.describe('phone', () => {
      test.use({ viewport: { width: 390, height: 844 } })

      test(`axe finds nothing serious on a phone, ${theme} @phone`, async ({ page }) => {
        await page.goto('/')
        await expect(card(page, 'orders')).toBeVisible()
        await expectAccessible(page, 'main screen', rules)
        for (const sheet of ['Parts', 'Settings', 'API calls']) {
          await page.getByRole('button', { name: sheet, exact: true }).tap()
          await expect(page.getByRole('complementary', { name: sheet })).toBeVisible()
          await expectAccessible(page, sheet, rules)
        }
        await page.getByRole('button', { name: 'Share link' }).tap()
        await expect(page.getByRole('dialog', { name: 'Share link' })).toBeVisible()
        await expectAccessible(page, 'share dialog', rules)
        await page.goto('/#/scenarios')
        await expect(page.getByRole('heading', { name: 'Scenarios' })).toBeVisible()
        await expectAccessible(page, 'gallery', rules)
      })
    })
  })
}
