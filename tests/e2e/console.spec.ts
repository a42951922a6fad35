import type { Page } from '@playwright/test'
import { expectAccessible } from './lib/axe.ts'
import { card, inspector, openEmpty, openScenario } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const input = (page: Page) => page.getByRole('combobox', { name: 'Command' })
const options = (page: Page) =>
  page.getByRole('listbox', { name: 'What could come next' }).getByRole('option')
const transcript = (page: Page) => page.getByRole('log', { name: 'Transcript' })
const lastEntry = (page: Page) => transcript(page).locator('.console-entry').last()

/** Types a line and waits for what it prints. */
async function enter(page: Page, line: string, printed: string | RegExp): Promise<void> {
  await input(page).fill(line)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await expect(lastEntry(page)).toContainText(line)
  await expect(lastEntry(page)).toContainText(printed)
}

test('a queue made in the console is on the canvas; send, receive, delete, undo', async ({
  page,
}) => {
  await openEmpty(page)
  await page.keyboard.press('Control+Backquote')
  await expect(input(page)).toBeFocused()
  await enter(page, 'aws sqs create-queue --queue-name returns', '/000000000000/returns')
  await expect(card(page, 'returns')).toBeInViewport()
  await expect(inspector(page).getByLabel('Name', { exact: true })).toHaveValue('returns')

  await enter(
    page,
    `aws sqs send-message --queue-url returns --message-body 'hi there'`,
    '"MD5OfMessageBody"',
  )
  await expect(card(page, 'returns').locator('.visually-hidden').first()).toContainText('1 visible')
  await enter(page, 'sqs receive-message --queue-url returns', '"Body": "hi there"')

  // Tab completes the options and the receipt handle that was just received.
  await input(page).fill('')
  await page.keyboard.type('sqs delete-message --queue-url ret')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(input(page)).toHaveValue('sqs delete-message --queue-url returns --receipt-handle ')
  await page.keyboard.press('ArrowDown')
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await expect(lastEntry(page)).toContainText('Done.')
  await expect(card(page, 'returns').locator('.visually-hidden').first()).toContainText('0 visible')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(input(page)).toHaveValue('sqs receive-message --queue-url returns')
  await input(page).fill('')

  await enter(page, 'sqs purge-queue --queue-url nothing', 'when calling the PurgeQueue operation')
  await enter(
    page,
    'sqs set-queue-attributes --queue-url returns --attributes DelaySeconds=7',
    'Done',
  )
  await expect(
    inspector(page).getByRole('textbox', { name: 'Delay', exact: false }).first(),
  ).toHaveValue('7')
  await expectAccessible(page, 'console')

  await page.getByRole('tab', { name: 'API calls' }).click()
  const log = page.getByRole('region', { name: 'List of API calls' })
  for (const operation of ['CreateQueue', 'SendMessage', 'ReceiveMessage', 'DeleteMessage']) {
    await expect(log.getByRole('button', { name: operation })).toContainText('console')
  }

  const undo = page.getByRole('button', { name: 'Undo' })
  await undo.click()
  await undo.click()
  await expect(page.locator('.react-flow__node')).toHaveCount(0)
  await page.getByRole('tab', { name: 'Console' }).click()
  await enter(page, 'sqs list-queues', 'Done.')
})

test('a long poll is answered when its message comes', async ({ page }) => {
  await openScenario(page, 'Poison message and dead-letter queue')
  await page.keyboard.press('c')
  await input(page).fill('sqs receive-message --queue-url orders-dlq --wait-time-seconds 20')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await expect(lastEntry(page)).toContainText('simulated time stands still')
  await enter(page, 'sqs send-message --queue-url orders-dlq --message-body late', 'MessageId')
  await expect(transcript(page).locator('.console-entry').first()).toContainText('"Body": "late"')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('the console runs an example and completes by touch @phone', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('button', { name: 'API calls', exact: true }).tap()
    await page.getByRole('tab', { name: 'Console' }).tap()
    await page.getByRole('button', { name: /send-message/ }).tap()
    await expect(lastEntry(page)).toContainText('MessageId')
    await input(page).fill('sqs purge-queue --queue-url ord')
    await options(page).filter({ hasText: 'orders' }).first().tap()
    await page.getByRole('button', { name: 'Run the command' }).tap()
    await expect(lastEntry(page)).toContainText('Done.')
    await expectAccessible(page, 'console on a phone')
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(sideways).toBeLessThanOrEqual(0)
  })
})
