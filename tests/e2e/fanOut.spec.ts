import { expectAccessible } from './lib/axe.ts'
import {
  card,
  choose,
  dot,
  dragPart,
  dragTo,
  drawWire,
  figuresOf,
  inspector,
  openEmpty,
  pause,
  play,
  setSpeed,
  typeJson,
  waitForVisible,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('a fan-out drawn by hand: one topic, two queues, a filter that stops copies at its gate', async ({
  page,
}) => {
  await openEmpty(page)
  await dragPart(page, 'Producer', { x: 320, y: 300 })
  await dragPart(page, 'SNS topic', { x: 590, y: 300 })
  await dragPart(page, 'SQS standard', { x: 900, y: 160 })
  await dragPart(page, 'SQS standard', { x: 900, y: 460 })
  await drawWire(page, 'checkout', 'orders-topic')
  await drawWire(page, 'orders-topic', 'orders')
  await drawWire(page, 'orders-topic', 'orders-2')

  await dragTo(page, dot(card(page, 'orders-topic'), 'out'), card(page, 'checkout'))
  await expect(page.getByRole('tooltip')).toContainText('SNS cannot deliver to “checkout”')
  await page.mouse.up()

  // The label says what passes; a click on the wire opens the subscription's settings.
  const labels = page.locator('.wire-label')
  await expect(labels.filter({ hasText: 'every message' })).toHaveCount(2)
  await page.locator('.react-flow__edge').nth(2).click({ force: true })
  await choose(page, 'Filter looks at', 'Message body')
  const policy = inspector(page).getByRole('textbox', { name: 'Filter policy' })
  await typeJson(policy, '{"amount": [{"between": [1, 2]}]}')
  await expect(
    inspector(page).getByRole('alert').filter({ hasText: 'Unrecognized match type between' }),
  ).toBeVisible()
  await typeJson(policy, '{"amount": [{"numeric": [">", 250]}]}')
  await policy.blur()
  await expect(labels.filter({ hasText: 'filter: amount' })).toHaveCount(1)

  await setSpeed(page, '50 ×')
  await play(page)
  await waitForVisible(page, 'orders', 60)
  await pause(page)

  const topic = await figuresOf(page, 'orders-topic')
  const published = Number(topic.NumberOfMessagesPublished)
  const filtered = Number(topic.NumberOfNotificationsFilteredOut)
  expect(published).toBeGreaterThanOrEqual(60)
  expect(filtered).toBeGreaterThan(published / 5)
  expect(filtered).toBeLessThan(published)
  await expect(page.getByText('(filtered out)').first()).toBeVisible()
  await expectAccessible(page, 'fan-out')
})
