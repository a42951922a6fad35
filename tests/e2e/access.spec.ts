import { expectAccessible } from './lib/axe.ts'
import {
  card,
  dragPart,
  drawWire,
  figuresOf,
  inspector,
  openEmpty,
  openScenario,
  pause,
  play,
  select,
  setSpeed,
  typeJson,
  waitForVisible,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:000000000000:another"}}}]}'

test('a delivery that the queue’s policy refuses: shown on the wire, put right with one click', async ({
  page,
}) => {
  await openEmpty(page)
  await dragPart(page, 'Producer', { x: 320, y: 300 })
  await dragPart(page, 'SNS topic', { x: 590, y: 300 })
  await dragPart(page, 'SQS standard', { x: 900, y: 300 })
  await drawWire(page, 'checkout', 'orders-topic')
  await drawWire(page, 'orders-topic', 'orders')
  const label = page.locator('.wire-label').filter({ hasText: 'access denied' })
  await expect(label).toHaveCount(0)

  await select(page, 'orders')
  const policy = inspector(page).getByRole('textbox', { name: 'Policy', exact: true })
  await typeJson(policy, '{"Statement":[{}]}')
  await expect(
    inspector(page).getByRole('alert').filter({ hasText: 'parameter Policy' }),
  ).toBeVisible()
  await typeJson(policy, POLICY)
  await policy.blur()
  await expect(inspector(page).getByRole('region', { name: 'What the policy says' })).toContainText(
    'Lets the service sns.amazonaws.com do sqs:SendMessage, if aws:SourceArn is',
  )
  await expect(label).toHaveCount(1)

  await setSpeed(page, '10 ×')
  await play(page)
  await expect(page.getByRole('button', { name: /403 AccessDenied/ }).first()).toBeVisible()
  await pause(page)
  expect(Number((await figuresOf(page, 'orders')).NumberOfMessagesSent ?? 0)).toBe(0)

  const wire = page.getByRole('group', { name: /orders-topic to orders.*access denied/ })
  // By its key: a click might hit a message that stands on the wire.
  await wire.press('Enter')
  const access = inspector(page).getByRole('region', { name: 'Access' })
  await expect(access).toContainText('does not let “orders-topic” do sqs:SendMessage')
  await expectAccessible(page, 'access denied')
  await access.getByRole('button', { name: 'Put it into the policy of orders' }).click()
  await expect(access).toHaveCount(0)
  await expect(label).toHaveCount(0)

  // One step of undo, and forth again.
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(label).toHaveCount(1)
  await page.getByRole('button', { name: 'Redo', exact: true }).click()
  await expect(label).toHaveCount(0)

  await play(page)
  await waitForVisible(page, 'orders', 3)
  await pause(page)
})

test('an order of another account is let in by the statement that its wire shows', async ({
  page,
}) => {
  await openScenario(page, 'Refused: another account')
  await page.getByRole('group', { name: /partner to orders.*access denied/ }).press('Enter')
  const access = inspector(page).getByRole('region', { name: 'Access' })
  await expect(access).toContainText('arn:aws:iam::111122223333:root')
  await access.getByRole('button', { name: 'Put it into the policy of orders' }).click()
  await setSpeed(page, '10 ×')
  await play(page)
  await expect(card(page, 'order-workers')).toContainText(/[1-9]\d* processed/)
  await pause(page)
  const { failed } = await figuresOf(page, 'partner')
  expect(failed).toBe('0')
})
