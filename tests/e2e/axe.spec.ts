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
        await expectAccessible(page, tab, rules, inspector(page))
      }
      await page.keyboard.press('o')
      const outline = page.getByRole('navigation', { name: 'Outline of the design' })
      await expect(outline).toBeVisible()
      await expectAccessible(page, 'outline', rules, outline)
    })

    test(`axe finds nothing serious in dialogs and pages, ${theme}`, async ({ page }) => {
      await openScenario(page, POISON)
      for (const [key, name] of [
        ['s', 'Share link'],
        ['?', 'Keyboard shortcuts'],
        ['Control+k', 'Commands'],
      ]) {
        await page.keyboard.press(key)
        const dialog = page.getByRole('dialog', { name })
        await expect(dialog).toBeVisible()
        await expectAccessible(page, name, rules, dialog)
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
          const opened = page.getByRole('complementary', { name: sheet })
          await expect(opened).toBeVisible()
          await expectAccessible(page, sheet, rules, opened)
        }
        await page.getByRole('button', { name: 'Share link' }).tap()
        const dialog = page.getByRole('dialog', { name: 'Share link' })
        await expect(dialog).toBeVisible()
        await expectAccessible(page, 'share dialog', rules, dialog)
        await page.goto('/#/scenarios')
        await expect(page.getByRole('heading', { name: 'Scenarios' })).toBeVisible()
        await expectAccessible(page, 'gallery', rules)
      })
    })
  })
}
