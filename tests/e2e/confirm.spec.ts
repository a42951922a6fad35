/** Subscriptions that their owners have to confirm: nothing is delivered before. */
import type { Page } from '@playwright/test'
import {
  card,
  dragPart,
  drawWire,
  inspector,
  openEmpty,
  pause,
  play,
  select,
  setSpeed,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

async function confirm(page: Page, owner: string): Promise<void> {
  await select(page, owner)
  await inspector(page).getByRole('button', { name: 'Confirm subscription' }).click()
  await expect(card(page, owner)).not.toContainText('asked to confirm')
  // The request to confirm was the first that arrived.
  await expect(card(page, owner)).toContainText(/([2-9]|\d\d+) arrived/)
}

test('a mailbox and a web server get copies once each has confirmed', async ({ page }) => {
  await openEmpty(page)
  await dragPart(page, 'Producer', { x: 320, y: 300 })
  await dragPart(page, 'SNS topic', { x: 590, y: 300 })
  await dragPart(page, 'E-mail inbox', { x: 900, y: 170 })
  await dragPart(page, 'HTTP/S endpoint', { x: 900, y: 450 })
  await drawWire(page, 'checkout', 'orders-topic')
  await drawWire(page, 'orders-topic', 'team')
  await drawWire(page, 'orders-topic', 'webhook')
  await setSpeed(page, '10 ×')
  await play(page)

  const topic = card(page, 'orders-topic')
  await expect(topic).toContainText('2 subscriptions, 2 pending')
  await expect(card(page, 'team')).toContainText('asked to confirm a subscription')
  await expect(card(page, 'webhook')).toContainText('asked to confirm a subscription')
  await expect(topic).toContainText(/[1-9]\d* published/)

  await confirm(page, 'team')
  await expect(topic).toContainText('2 subscriptions, 1 pending')
  await expect(card(page, 'webhook')).toContainText(/\D1 arrived/)
  await confirm(page, 'webhook')
  await expect(topic).not.toContainText('pending')
  await pause(page)

  await select(page, 'team')
  await inspector(page).getByRole('tab', { name: 'Messages' }).click()
  await expect(inspector(page).getByRole('button', { name: /m-\d+/ }).first()).toBeVisible()
})
