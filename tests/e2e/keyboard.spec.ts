import type { Page } from '@playwright/test'
import { card, inspector, openEmpty, waitForVisible } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

/** Tabs until the element of that name has the focus; the order must lead there. */
async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      const label = element?.id ? document.querySelector(`label[for="${element.id}"]`) : null
      return label?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
    if (name.test(focused)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} never came to ${name}`)
}

/** One of the menu that is open, by moving down to it. */
async function chooseFromMenu(page: Page, name: RegExp): Promise<void> {
  const item = page.getByRole('menuitem', { name })
  await expect(item).toBeVisible()
  const items = await page.getByRole('menuitem').count()
  for (let presses = 0; presses < items; presses += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeHidden()
}

async function runCommand(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByPlaceholder('What do you want to do?')).toBeFocused()
  await page.keyboard.type(typed)
  await page.keyboard.press('Enter')
  await expect(page.getByPlaceholder('What do you want to do?')).toBeHidden()
}

test('a design is built, configured and run without a pointer', async ({ page }) => {
  await openEmpty(page)

  // By the palette: search, choose, and Enter puts it in the middle of the view.
  await page.keyboard.press('/')
  await page.keyboard.type('producer')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(card(page, 'checkout')).toBeVisible()
  // By the command palette.
  await runCommand(page, 'add sqs standard')
  await page.keyboard.press('Enter')
  await expect(card(page, 'orders')).toBeVisible()
  // By the outline.
  await page.keyboard.press('o')
  const outline = page.getByRole('navigation', { name: 'Outline of the design' })
  await expect(outline).toBeVisible()
  for (const label of ['Dead-letter queue', 'Consumer fleet']) {
    await tabTo(page, /^Add a part/)
    await page.keyboard.press('Enter')
    await chooseFromMenu(page, new RegExp(`^${label}`))
  }

  const connect = async (from: string, to: string) => {
    await outline.getByRole('button', { name: `Connect ${from} to…` }).focus()
    await page.keyboard.press('Enter')
    await chooseFromMenu(page, new RegExp(`^${to}( |[A-Z])`))
    await expect(
      outline.getByRole('button', { name: new RegExp(`^Wire ${from} to ${to}`) }),
    ).toBeVisible()
  }
  await connect('checkout', 'orders')
  await connect('orders', 'orders-dlq')
  await connect('orders', 'order-workers')

  await outline.getByRole('button', { name: 'Configure order-workers' }).focus()
  await page.keyboard.press('Enter')
  await expect(inspector(page).getByLabel('Name', { exact: true })).toHaveValue('order-workers')
  await tabTo(page, /^Chance of failure$/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('1')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')

  await outline.getByRole('button', { name: 'Configure orders', exact: true }).focus()
  await page.keyboard.press('Enter')
  await tabTo(page, /^Visibility timeout$/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('2')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Speed/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('slider', { name: 'Speed' })).toBeVisible()
  await tabTo(page, /^50 ×$/)
  await page.keyboard.press('Enter')

  await page.keyboard.press('o')
  await tabTo(page, /^Play$/, 'Shift+Tab')
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await waitForVisible(page, 'orders-dlq')
})

test('what closes gives the focus back to what opened it', async ({ page }) => {
  await page.goto('/')
  for (const name of ['Share link', 'Keyboard shortcuts']) {
    const opener = page.getByRole('button', { name })
    await opener.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(opener).toBeFocused()
  }
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).focus()
  await page.keyboard.press('Control+k')
  await expect(page.getByPlaceholder('What do you want to do?')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Keyboard shortcuts' })).toBeFocused()
})

test('after a part is removed from the outline the keyboard goes on above it', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Show as outline' }).click()
  const outline = page.getByRole('navigation', { name: 'Outline of the design' })
  await outline.getByRole('button', { name: 'Remove wire' }).first().focus()
  await page.keyboard.press('Enter')
  await expect(outline.getByRole('button', { name: /checkout/ }).first()).toBeFocused()
  await outline.getByRole('button', { name: 'Remove checkout' }).focus()
  await page.keyboard.press('Enter')
  await expect(outline.getByRole('button', { name: 'Add a part…' })).toBeFocused()
})
