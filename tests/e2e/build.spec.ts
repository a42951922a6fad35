import {
  card,
  choose,
  dot,
  dragPart,
  dragTo,
  drawWire,
  inspector,
  openEmpty,
  paletteEntry,
  pause,
  play,
  select,
  setField,
  setSpeed,
  waitForVisible,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('a design drawn by dragging runs, fills its dead-letter queue and shows a message', async ({
  page,
}) => {
  await openEmpty(page)
  await dragPart(page, 'Producer', { x: 320, y: 180 })
  await dragPart(page, 'SQS standard', { x: 620, y: 180 })
  await dragPart(page, 'Dead-letter queue', { x: 620, y: 440 })
  await dragPart(page, 'Consumer fleet', { x: 900, y: 180 })
  await drawWire(page, 'checkout', 'orders')
  await drawWire(page, 'orders', 'order-workers')
  await drawWire(page, 'orders', 'orders-dlq', 'redrive-out')

  await dragTo(page, dot(card(page, 'orders'), 'out'), card(page, 'checkout'))
  await expect(page.getByRole('tooltip')).toContainText('An SQS queue never pushes')
  await page.mouse.up()
  await expect(page.locator('.react-flow__edge')).toHaveCount(3)

  await select(page, 'orders')
  await setField(page, 'Visibility timeout', '5')
  await select(page, 'order-workers')
  await choose(page, 'Poison messages', 'A share of all messages')
  await setField(page, 'Share that is poison', '0.5')
  await setSpeed(page, '50 ×')
  await play(page)
  await waitForVisible(page, 'orders-dlq', 3)
  await pause(page)

  // The oldest message stands at the head of the tray, on its right.
  const tray = card(page, 'orders-dlq').locator('.token-tray').first()
  const { width, height } = (await tray.boundingBox())!
  await tray.click({ position: { x: width - 10, y: height / 2 } })
  const message = page.getByRole('dialog', { name: /^Message/ })
  await expect(message).toContainText('in orders-dlq')
  await expect(message).toContainText('never deleted')
  await expect(message).toContainText('came from')
  await page.keyboard.press('Escape')
  await expect(message).toBeHidden()

  await select(page, 'orders-dlq')
  await inspector(page).getByRole('tab', { name: 'Messages' }).click()
  await expect(inspector(page).getByRole('listitem').first()).toContainText('m-')
})

test('a design is built by click-to-place', async ({ page }) => {
  await openEmpty(page)
  const canvas = page.getByRole('main')
  for (const [label, x, y] of [
    ['Producer', 60, 100],
    ['SQS standard', 340, 100],
    ['Dead-letter queue', 340, 340],
    ['Consumer fleet', 640, 100],
  ] as const) {
    await paletteEntry(page, label).click()
    await expect(paletteEntry(page, label)).toHaveAttribute('aria-pressed', 'true')
    await canvas.click({ position: { x, y } })
    await expect(paletteEntry(page, label)).toHaveAttribute('aria-pressed', 'false')
  }
  await dot(card(page, 'checkout'), 'out').click()
  await dot(card(page, 'orders'), 'in').click()
  await dot(card(page, 'orders'), 'out').click()
  await dot(card(page, 'order-workers'), 'in').click()
  await dot(card(page, 'orders'), 'redrive-out').click()
  await dot(card(page, 'orders-dlq'), 'redrive-in').click()
  await expect(page.locator('.react-flow__edge')).toHaveCount(3)

  await select(page, 'order-workers')
  await setField(page, 'Chance of failure', '1')
  await select(page, 'orders')
  await setField(page, 'Visibility timeout', '3')
  await setSpeed(page, '50 ×')
  await play(page)
  await waitForVisible(page, 'orders-dlq')
})
