import {
  card,
  clock,
  figure,
  inspector,
  openEmpty,
  openScenario,
  pause,
  play,
  select,
  setField,
  setSpeed,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('a visibility timeout changed while running takes effect, and can be undone and redone', async ({
  page,
}) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  await play(page)
  await select(page, 'orders')
  await expect(figure(page, 'NumberOfMessagesReceived')).not.toHaveText('0')

  const timeout = inspector(page).getByRole('textbox', { name: 'Visibility timeout' })
  const before = await timeout.inputValue()
  await setField(page, 'Visibility timeout', '600')
  await expect(card(page, 'orders')).toContainText('vt 10 min')
  // What fails from now on stays in flight: nothing comes back within the minutes watched here.
  await setSpeed(page, '10 ×')
  await expect
    .poll(
      async () => Number(await figure(page, 'ApproximateNumberOfMessagesNotVisible').textContent()),
      { timeout: 20_000 },
    )
    .toBeGreaterThan(3)

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(timeout).toHaveValue(before)
  await page.keyboard.press('Control+y')
  await expect(timeout).toHaveValue('600')
  await page.keyboard.press('Control+z')
  await expect(timeout).toHaveValue(before)
})

test('pause stops the clock, one event moves it, restart brings it back', async ({ page }) => {
  await page.goto('/')
  await play(page)
  await expect(clock(page)).not.toHaveText('00:00:00.000')
  await pause(page)
  const paused = (await clock(page).textContent()) ?? ''
  await page.getByRole('button', { name: 'One event', exact: true }).click()
  await expect(clock(page)).not.toHaveText(paused)
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await page.keyboard.press('Home')
  await expect(clock(page)).toHaveText('00:00:00.000')
})

test('the speed goes from a tenth to ten thousand times, also while running', async ({ page }) => {
  await page.goto('/')
  await play(page)
  await setSpeed(page, '0.1 ×')
  await expect(clock(page)).toHaveText(/^00:00:0/)
  await setSpeed(page, '10\u00a0000 ×')
  await expect(clock(page)).toHaveText(/^(?!00:)/)
})

test('buttons of a part act on the run, and edits can be copied, removed and undone', async ({
  page,
}) => {
  await openScenario(page, 'Competing consumers')
  await play(page)
  const parts = page.locator('.react-flow__node')
  const count = await parts.count()
  await card(page, 'orders').click({ position: { x: 60, y: 16 } })
  await page.getByRole('toolbar').getByRole('button', { name: 'Send a test message' }).click()
  await page.getByRole('combobox', { name: 'Part', exact: true }).selectOption('orders')
  await expect(page.getByRole('region', { name: 'List of API calls' })).toContainText('SendMessage')

  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await expect(parts).toHaveCount(count + 1)
  await page.keyboard.press('Delete')
  await expect(parts).toHaveCount(count)
  await page.keyboard.press('Control+z')
  await expect(parts).toHaveCount(count + 1)
  await page.keyboard.press('Control+a')
  await expect(inspector(page)).toContainText(`${count + 1} parts`)
})

test('designs are kept by the browser and listed', async ({ page }) => {
  await openEmpty(page)
  await page.getByLabel('Title of the design').fill('Kept')
  await page.keyboard.press('Enter')
  await expect(page.getByText('saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Title of the design')).toHaveValue('Kept')
  await page.getByRole('link', { name: 'My designs' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Kept' })).toContainText('open now')
})

test('another choice of calls takes effect while one of them is being read', async ({ page }) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  await setSpeed(page, '10 ×')
  await play(page)
  const log = page.getByRole('region', { name: 'List of API calls' })
  await expect(log).toContainText('DeleteMessage')
  await pause(page)
  await log
    .getByRole('button', { name: /ReceiveMessage/ })
    .first()
    .click()
  await expect(log.getByText('Request', { exact: true })).toBeVisible()
  await page.getByRole('combobox', { name: 'Operation' }).selectOption('SendMessage')
  await expect(log.getByText('Request', { exact: true })).toBeHidden()
  await expect(log).toContainText('SendMessage')
  await expect(log).not.toContainText('ReceiveMessage')
  await log
    .getByRole('button', { name: /SendMessage/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await expect(page.getByText('No calls yet.')).toBeVisible()
})

test('calls that are still to come are not listed, also while an earlier one is read', async ({
  page,
}) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  await setSpeed(page, '10 ×')
  await play(page)
  const log = page.getByRole('region', { name: 'List of API calls' })
  await expect(log).toContainText('DeleteMessage')
  await pause(page)
  const calls = log.getByRole('listitem').getByRole('button', { expanded: false })
  const newest = (await calls.first().textContent())!
  await calls.nth(5).click()
  await expect(log.getByText('Request', { exact: true })).toBeVisible()
  // Pressed while an event is on its way back, the key does nothing.
  await expect(async () => {
    await page.keyboard.press(',')
    await expect(calls.first()).not.toHaveText(newest, { timeout: 500 })
  }).toPass()
  await expect(log.getByText('Request', { exact: true })).toBeVisible()
  await page.getByRole('slider', { name: 'Timeline' }).focus()
  await page.keyboard.press('Home')
  await expect(page.getByText('No calls yet.')).toBeVisible()
})
