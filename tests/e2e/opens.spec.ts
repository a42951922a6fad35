import { expect, test } from '@playwright/test'

test.use({ serviceWorkers: 'allow' })

test('the page opens, shows something and reports no error', async ({ page }) => {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('requestfailed', (request) => errors.push(`request failed: ${request.url()}`))

  await page.goto('/')
  await expect(page).toHaveTitle(/Switchyard/)
  await expect(page.locator('#root')).not.toBeEmpty()
  await page.waitForLoadState('networkidle')

  expect(errors).toEqual([])
})
