import type { Page } from '@playwright/test'
import {
  card,
  clock,
  figuresOf,
  inspector,
  openScenario,
  pause,
  play,
  select,
  setField,
  setSpeed,
  waitForVisible,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const POISON = 'Poison message and dead-letter queue'

test.use({ permissions: ['clipboard-read', 'clipboard-write'], serviceWorkers: 'allow' })

/** Copies the link that the dialog offers for a choice, as people do. */
async function copyLink(page: Page, what: RegExp): Promise<string> {
  await page.getByRole('button', { name: 'Share link' }).click()
  await page.getByRole('radio', { name: what }).click()
  await expect(page.getByRole('radio', { name: what })).toBeChecked()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()
  return page.evaluate(() => navigator.clipboard.readText())
}

const names = (page: Page) => page.locator('.react-flow__node .card-name').allTextContents()

/** Every figure of every part. */
async function totals(page: Page): Promise<Record<string, Record<string, string>>> {
  const all: Record<string, Record<string, string>> = {}
  for (const name of await names(page)) all[name] = await figuresOf(page, name)
  return all
}

test('a shared design opens elsewhere with the same title, parts and wires', async ({
  page,
  visit,
}) => {
  await openScenario(page, POISON)
  await page.getByLabel('Title of the design').fill('Orders of a bad day')
  await page.keyboard.press('Enter')
  await select(page, 'orders')
  await setField(page, 'Visibility timeout', '7')
  const link = await copyLink(page, /^This design/)
  expect(link.length).toBeLessThan(1500)

  const other = await visit(link)
  await expect(other.getByLabel('Title of the design')).toHaveValue('Orders of a bad day')
  expect(await names(other)).toEqual(await names(page))
  await expect(other.locator('.react-flow__edge')).toHaveCount(3)
  await expect(card(other, 'orders')).toContainText('vt 7 s')
})

test('a shared run opens elsewhere at the same moment with the same totals, and after a reload', async ({
  page,
  visit,
}) => {
  await openScenario(page, POISON)
  await setSpeed(page, '50 ×')
  await play(page)
  await waitForVisible(page, 'orders-dlq', 1)
  await select(page, 'orders')
  await setField(page, 'Visibility timeout', '9')
  await waitForVisible(page, 'orders-dlq', 3)
  await pause(page)
  await select(page, 'orders')
  const link = await copyLink(page, /^This moment/)
  const here = await totals(page)

  const other = await visit(link)
  await expect(clock(other)).toHaveText((await clock(page).textContent()) ?? '')
  await expect(other.getByRole('button', { name: 'Play', exact: true })).toBeEnabled()
  await expect(card(other, 'orders').locator('.card[data-selected]')).toBeVisible()
  const [shown, shared] = await Promise.all(
    [other, page].map((on) => card(on, 'orders').boundingBox()),
  )
  // What was in view is told in whole units.
  expect(Math.abs(shown!.x - shared!.x)).toBeLessThan(3)
  expect(Math.abs(shown!.width - shared!.width)).toBeLessThan(2)
  expect(await totals(other)).toEqual(here)

  await other.reload()
  await expect(other.getByLabel('Title of the design')).toHaveValue(POISON)
  await select(other, 'orders')
  await expect(inspector(other).getByRole('textbox', { name: 'Visibility timeout' })).toHaveValue(
    '9',
  )
})
