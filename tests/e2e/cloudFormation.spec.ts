import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './lib/axe.ts'
import { openEmpty, openScenario } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const UPLOADS = 'One upload, three jobs'
const ENTRY = 'Save as CloudFormation template…'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const dialog = (page: Page): Locator =>
  page.getByRole('dialog', { name: 'CloudFormation template' })
const template = (page: Page): Locator => dialog(page).getByRole('region', { name: 'Template' })
const notes = (page: Page): Locator => dialog(page).getByRole('region', { name: 'Notes' })

async function openTemplate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: ENTRY }).click()
  await expect(template(page)).toBeVisible()
}

test('a design is shown as a template with what it lacks, copied and downloaded', async ({
  page,
}) => {
  await openScenario(page, UPLOADS)
  await openTemplate(page)
  await expect(template(page)).toContainText('AWSTemplateFormatVersion')
  await expect(template(page)).toContainText('DependsOn: NewImagePolicy')
  await expect(notes(page)).toContainText('Runs outside CloudFormation')
  await expect(notes(page)).toContainText('cameras, scanners')
  await expectAccessible(page, 'CloudFormation template', [], dialog(page))

  const text = await template(page).textContent()
  await dialog(page).getByRole('button', { name: 'Copy' }).click()
  await expect(dialog(page).getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog(page).getByRole('button', { name: 'Download' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('one-upload-three-jobs.yaml')
  expect(await readFile(await file.path(), 'utf8')).toBe(text)
})

test('by keyboard alone: the menu, both texts, and back to where it was opened', async ({
  page,
}) => {
  await openScenario(page, UPLOADS)
  const trigger = page.getByRole('button', { name: 'Export' })
  await trigger.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Save as JSON file' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: ENTRY })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(template(page)).toBeVisible()
  await expect(dialog(page).getByRole('button', { name: 'Close' })).toBeFocused()
  for (const next of [
    notes(page),
    template(page),
    dialog(page).getByRole('button', { name: 'Copy' }),
    dialog(page).getByRole('button', { name: 'Download' }),
  ]) {
    await page.keyboard.press('Tab')
    await expect(next).toBeFocused()
  }
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  await expect(trigger).toBeFocused()
})

test('the command palette has it too, and a design of nothing says so', async ({ page }) => {
  await openEmpty(page)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused()
  await page.keyboard.type('cloudformation')
  await expect(page.getByRole('option', { name: ENTRY })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toContainText('no part that CloudFormation makes')
  await expect(dialog(page).getByRole('button', { name: 'Download' })).toHaveCount(0)
})

test('on a phone it is in the menu of what has no room, and fits', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await openScenario(page, 'SES or SNS')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: ENTRY }).click()
  await expect(template(page)).toBeVisible()
  await expect(dialog(page).getByRole('button', { name: 'Download' })).toBeInViewport({ ratio: 1 })
  const overflow = await dialog(page).evaluate((part) => part.scrollWidth - part.clientWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})
