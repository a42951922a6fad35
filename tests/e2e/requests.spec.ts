/** Libraries of the caller's side: replies by a queue of one's own, and large bodies in a bucket. */
import { expectAccessible } from './lib/axe.ts'
import {
  card,
  choose,
  dot,
  dragPart,
  dragTo,
  drawWire,
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

/** The figure of the selected part, when it is at least so much. */
const reaches = (page: Parameters<typeof figure>[0], name: string, atLeast: number) =>
  expect
    .poll(async () => Number((await figure(page, name).textContent())?.replace(/\s/g, '')), {
      timeout: 20_000,
    })
    .toBeGreaterThanOrEqual(atLeast)

test('a requester drawn by dragging gets its replies, and says which came too late', async ({
  page,
}) => {
  await openEmpty(page)
  await dragPart(page, 'SQS standard', { x: 320, y: 440 })
  await select(page, 'orders')
  await setField(page, 'Name', 'replies')
  await dragPart(page, 'Requester', { x: 320, y: 160 })
  await dragPart(page, 'SQS standard', { x: 620, y: 160 })
  // Not so near the edge that the view moves while a wire is drawn from there.
  await dragPart(page, 'Consumer fleet', { x: 900, y: 160 })
  await drawWire(page, 'web-shop', 'orders')
  await drawWire(page, 'orders', 'order-workers')
  await drawWire(page, 'order-workers', 'replies')
  await drawWire(page, 'replies', 'web-shop')
  await expect(card(page, 'web-shop')).toContainText('Requester')

  await select(page, 'order-workers')
  await setField(page, 'Workers per instance', '10')
  await inspector(page).getByRole('switch', { name: 'Replies to requests' }).click()
  await setSpeed(page, '10 ×')
  await play(page)
  await select(page, 'web-shop')
  await reaches(page, 'replied', 5)
  await expect(figure(page, 'timed out')).toHaveText('0')

  await setField(page, 'Waits at most', '0.5')
  await reaches(page, 'timed out', 3)
  await reaches(page, 'orphaned replies', 3)
  await expect(card(page, 'web-shop')).toContainText('timed out')
  // The requester has a button to pause too.
  await select(page, 'orders')
  await pause(page)
  await expectAccessible(page, 'a requester')
})

test('a producer takes a wire from a queue only while it waits for replies', async ({ page }) => {
  await openEmpty(page)
  await dragPart(page, 'Producer', { x: 320, y: 180 })
  await dragPart(page, 'SQS standard', { x: 620, y: 180 })
  await expect(dot(card(page, 'checkout'), 'in')).toBeHidden()
  await dragTo(page, dot(card(page, 'orders'), 'out'), card(page, 'checkout'))
  await expect(page.getByRole('tooltip')).toContainText('An SQS queue never pushes')
  await page.mouse.up()
  await select(page, 'checkout')
  await choose(page, 'Waits for replies', 'The queue itself, by correlation id')
  await drawWire(page, 'orders', 'checkout')
  await select(page, 'checkout')
  await choose(page, 'Waits for replies', 'No')
  // Still drawn, so that it can be removed.
  await expect(page.locator('.react-flow__edge')).toHaveCount(1)
})

test('bodies that nobody fetches are left behind, and the bucket says so', async ({ page }) => {
  await openScenario(page, 'Large messages: the claim check')
  await setSpeed(page, '10 ×')
  await play(page)
  await select(page, 'clip-bodies-2')
  await reaches(page, 'orphaned', 5)
  await expect(inspector(page).getByRole('tab', { name: /Advice/ })).toBeVisible()
  await inspector(page)
    .getByRole('tab', { name: /Advice/ })
    .click()
  await expect(inspector(page)).toContainText('payloads are orphaned')
  await pause(page)
  await expectAccessible(page, 'a bucket of payloads')
})
