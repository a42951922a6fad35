import { expectAccessible } from './lib/axe.ts'
import {
  card,
  dragPart,
  dragTo,
  dot,
  drawWire,
  openEmpty,
  pause,
  play,
  setField,
  setSpeed,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('a transformation drawn by hand: records are dropped and resized on their way to the lake', async ({
  page,
}) => {
  await openEmpty(page)
  await dragPart(page, 'Producer', { x: 320, y: 300 })
  await dragPart(page, 'Firehose', { x: 560, y: 300 })
  await dragPart(page, 'Transform function', { x: 880, y: 160 })
  await dragPart(page, 'Lambda function', { x: 880, y: 460 })
  await drawWire(page, 'checkout', 'to-lake')
  await drawWire(page, 'to-lake', 'clean-events')
  await expect(page.locator('.wire-label').filter({ hasText: 'transform' })).toBeVisible()

  // One function transforms a stream.
  await dragTo(page, dot(card(page, 'to-lake'), 'out'), card(page, 'process-orders'))
  await expect(page.getByRole('tooltip')).toBeVisible()
  await page.mouse.up()
  await expect(page.locator('.react-flow__edge')).toHaveCount(2)

  await page.locator('.react-flow__edge').nth(1).click({ force: true })
  await setField(page, 'Buffer interval', '10')

  await setSpeed(page, '50 ×')
  await play(page)
  await expect(card(page, 'to-lake')).toContainText(/[1-9][^·]* dropped/)
  await expect(card(page, 'to-lake')).toContainText(/[1-9]\S* delivered/)
  await pause(page)

  // The log has the event of each invocation, and what the function said of every record.
  await page.getByRole('combobox', { name: 'Operation' }).selectOption('Invoke')
  const log = page.getByRole('region', { name: 'List of API calls' })
  await log.getByText('10 records').first().click()
  await expect(page.getByText('"approximateArrivalTimestamp"').first()).toBeVisible()
  await expect(page.getByText('"result": "Ok"').first()).toBeVisible()
  await expectAccessible(page, 'a transformation')
})
