import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import {
  card,
  clock,
  figure,
  inspector,
  openEmpty,
  openScenario,
  paletteEntry,
  play,
  select,
  setField,
  setSpeed,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const POISON = 'Poison message and dead-letter queue'

async function openFile(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Export' }).click()
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Open a JSON file…' }).click()
  const file = { name: 'design.json', mimeType: 'application/json', buffer: Buffer.from(text) }
  await (await chosen).setFiles(file)
}

async function saveFile(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save as JSON file' }).click()
  return readFile(await (await saved).path(), 'utf8')
}

test('a value that AWS refuses is refused at the field in its words; the old one stays in force', async ({
  page,
}) => {
  await openScenario(page, POISON)
  await play(page)
  await select(page, 'orders')
  const timeout = inspector(page).getByRole('textbox', { name: 'Visibility timeout' })
  const before = await timeout.inputValue()
  await setField(page, 'Visibility timeout', '50000')
  await expect(inspector(page).getByRole('alert').filter({ hasText: /./ })).toHaveText(
    'Invalid value for the parameter VisibilityTimeout.',
  )
  // AWS's words do not say what it takes.
  await expect(inspector(page)).toContainText(/It may be from 0 to 43.200 s\./)
  await expect(timeout).toHaveAttribute('aria-invalid', 'true')
  await expect(card(page, 'orders')).toContainText(`vt ${before} s`)
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
  await inspector(page).getByRole('button', { name: 'Reset Visibility timeout' }).click()
  await expect(timeout).toHaveValue('30')
})

test('what is no number is refused as it was typed; Escape brings back what holds', async ({
  page,
}) => {
  await openScenario(page, POISON)
  await select(page, 'order-workers')
  const batch = inspector(page).getByRole('textbox', { name: 'Messages per receive' })
  const before = await batch.inputValue()
  await setField(page, 'Messages per receive', 'ten')
  const refusal = inspector(page).getByRole('alert').filter({ hasText: /./ })
  await expect(refusal).toContainText('Value ten for parameter MaxNumberOfMessages is invalid.')
  await batch.press('Escape')
  await expect(refusal).toHaveCount(0)
  await expect(batch).toHaveValue(before)
  // An arrow counts from what stands in the box.
  await batch.fill('4')
  await batch.press('ArrowUp')
  await expect(batch).toHaveValue('5')
})

test('a file that is not ours is refused with a reason, and what is open stays', async ({
  page,
}) => {
  await openScenario(page, POISON)
  await openFile(page, '{"swagger": "2.0"}')
  await expect(page.getByText('Not a Switchyard document')).toBeVisible()
  await openFile(page, '<html>')
  await expect(page.getByText('It is not JSON')).toBeVisible()
  await expect(page.getByLabel('Title of the design')).toHaveValue(POISON)
})

test('a part of an unknown kind is a placeholder, and is still in the file on export', async ({
  page,
}) => {
  await openScenario(page, POISON)
  const file = JSON.parse(await saveFile(page)) as { scenario: { nodes: object[] } }
  const stranger = {
    id: 'n99',
    kind: 'sqs-fifo-next',
    name: 'from-the-future',
    x: 700,
    y: 420,
    config: { ContentBasedDeduplication: true },
  }
  file.scenario.nodes.push(stranger)
  await openFile(page, JSON.stringify(file))
  await expect(card(page, 'from-the-future')).toContainText('“sqs-fifo-next” is kept as it is')
  await setSpeed(page, '10 ×')
  await play(page)
  await expect(card(page, 'checkout')).toContainText(/[1-9]\d* sent/)
  await select(page, 'from-the-future')
  await expect(inspector(page)).toContainText('takes no part in the run')
  const saved = JSON.parse(await saveFile(page)) as typeof file
  expect(saved.scenario.nodes.at(-1)).toEqual(stranger)
})

test('links that cannot be opened show a friendly screen and leave the own design alone', async ({
  page,
}) => {
  await openEmpty(page)
  await page.getByLabel('Title of the design').fill('My own')
  await page.keyboard.press('Enter')
  await expect(page.getByText('saved', { exact: true })).toBeVisible()
  for (const [link, title] of [
    ['#s=1.garbage', 'The link is incomplete'],
    ['#s=9.AAAA', 'Made by a newer version of Switchyard'],
  ]) {
    await page.goto(`/${link}`)
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
    await page.getByRole('button', { name: 'Open my last design' }).click()
    await expect(page.getByLabel('Title of the design')).toHaveValue('My own')
  }
  await page.getByRole('link', { name: 'My designs' }).click()
  await expect(page.locator('.design')).toHaveCount(1)
})

test('a link that was cut off shows the same screen to who opens it first', async ({
  page,
  visit,
}) => {
  await openScenario(page, POISON)
  await page.getByRole('button', { name: 'Share link' }).click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  const other = await visit(link.slice(0, -20))
  await expect(other.getByRole('heading', { name: 'The link is incomplete' })).toBeVisible()
  await other.getByRole('link', { name: 'Browse scenarios' }).click()
  await other.getByRole('button', { name: POISON }).click()
  await expect(other.getByLabel('Title of the design')).toHaveValue(POISON)
})

test('an engine that crashes is started again, catches up and says so', async ({ page }) => {
  await openScenario(page, POISON)
  await setSpeed(page, '10 ×')
  await play(page)
  await expect(clock(page)).toHaveText(/^00:00:[1-5]/)
  const [worker] = page.workers()
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of memory')
    })
  })
  await expect(
    page.getByText(/The engine stopped .*out of memory.* was started again/),
  ).toBeVisible()
  await expect(clock(page)).not.toHaveText(/^00:00:0/)
  await play(page)
  await select(page, 'orders')
  const received = (await figure(page, 'NumberOfMessagesReceived').textContent()) ?? ''
  await expect(figure(page, 'NumberOfMessagesReceived')).not.toHaveText(received)
})

test('without storage everything works, and the page says that nothing is kept', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new DOMException('denied', 'SecurityError')
      },
    })
  })
  await page.goto('/')
  const warning = page.getByText('This browser does not let Switchyard store anything')
  await expect(warning).toBeVisible()
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await paletteEntry(page, 'Producer').click()
  await page.getByRole('main').click({ position: { x: 300, y: 300 } })
  await expect(card(page, 'checkout')).toBeVisible()
  await expect(page.getByText('not saved')).toBeVisible()
  await play(page)
  await expect(clock(page)).not.toHaveText('00:00:00.000')
  expect(await saveFile(page)).toContain('"checkout"')
})

test('full storage is said so, and the work stays', async ({ page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await openScenario(page, POISON)
  await expect(page.getByText('The storage of this browser is full.')).toBeVisible()
  await expect(card(page, 'orders')).toBeVisible()
})
