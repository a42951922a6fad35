/** What a topic could not deliver: in its delivery status log, and in a subscription's dead-letter queue. */
import { expectAccessible } from './lib/axe.ts'
import {
  inspector,
  openScenario,
  pause,
  play,
  select,
  setSpeed,
  waitForVisible,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('a web server that is down: logged with its last answer, kept in the dead-letter queue', async ({
  page,
}) => {
  await openScenario(page, 'A webhook that is down')
  await select(page, 'order-events')
  await inspector(page).getByRole('tab', { name: 'Delivery status' }).click()
  const log = inspector(page).getByRole('tabpanel', { name: 'Delivery status' })
  await expect(log).toContainText('No delivery is logged.')
  await log.getByRole('button', { name: 'Log deliveries' }).click()
  await setSpeed(page, '50 ×')
  await play(page)
  await waitForVisible(page, 'partner-dlq')
  await pause(page)

  const failure = log.getByRole('row').filter({ hasText: 'FAILURE' }).first()
  await failure.getByRole('button').click()
  const entry = log.getByRole('definition').filter({ hasText: '"status":"FAILURE"' })
  await expect(entry).toContainText('"attempts":9')
  await expectAccessible(page, 'the delivery status log')

  await page.getByRole('group', { name: /order-events to partner/ }).press('Enter')
  const queue = inspector(page).getByRole('combobox', { name: 'Dead-letter queue' })
  await expect(queue).toHaveValue('partner-dlq')
  await queue.fill('partner')
  const unknown = inspector(page).getByRole('status').filter({ hasText: 'No SQS queue of this' })
  await expect(unknown).toContainText('is called “partner”')
  await queue.press('Escape')
  await expect(unknown).toBeHidden()
})
