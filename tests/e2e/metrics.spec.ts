import { inspector, openScenario, pause, play, select, setField } from './lib/editor.ts'
import { expectAccessible } from './lib/axe.ts'
import { expect, test } from './lib/test.ts'

test('metrics of several parts are compared, and taken away as a table', async ({ page }) => {
  await openScenario(page, 'Competing consumers')
  await play(page)
  await page.getByRole('tab', { name: 'Metrics' }).last().click()
  const legend = page.getByRole('list', { name: 'Metrics in the chart' })
  await expect(legend.getByText('checkout sent')).toBeVisible()

  const drawer = page.getByRole('complementary', { name: 'API calls' })
  await drawer.getByLabel('Part').selectOption('orders')
  await drawer.getByLabel('Metric', { exact: true }).selectOption('NumberOfMessagesDeleted')
  await drawer.getByRole('button', { name: 'Add' }).click()
  await expect(legend.getByText('orders NumberOfMessagesDeleted')).toBeVisible()
  await legend.getByRole('button', { name: 'Remove checkout sent' }).click()
  await expect(legend.getByText('checkout sent')).toHaveCount(0)
  await pause(page)

  const saved = page.waitForEvent('download')
  await drawer.getByRole('button', { name: 'CSV' }).click()
  const stream = await (await saved).createReadStream()
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  const [heading, first] = text.split('\r\n')
  expect(heading).toContain('"second of the run"')
  expect(heading).toContain('"orders NumberOfMessagesDeleted"')
  expect(first).toMatch(/^0,/)

  const picture = page.waitForEvent('download')
  await drawer.getByRole('button', { name: 'PNG' }).click()
  expect((await picture).suggestedFilename()).toBe('Competing consumers metrics.png')
  await expectAccessible(page, 'metrics')
})

test('a stream is measured shard by shard once its design says so', async ({ page }) => {
  await openScenario(page, '100 trucks, in order by truck')
  await select(page, 'positions')
  const panel = inspector(page)
  await panel.getByRole('tab', { name: 'Metrics' }).click()
  await expect(panel.getByText('set “Shard-level metrics” to ALL')).toBeVisible()

  await panel.getByRole('tab', { name: 'Configure' }).click()
  await setField(page, 'Shard-level metrics', 'Bytes')
  await expect(panel.getByText('Names of shard-level metrics with commas')).toBeVisible()
  await setField(page, 'Shard-level metrics', 'ALL')
  await play(page)
  await panel.getByRole('tab', { name: 'Metrics' }).click()
  await panel.getByRole('combobox', { name: 'ShardId' }).selectOption('shardId-000000000002')
  await expect(panel.getByText('OutgoingRecords', { exact: true })).toBeVisible()
  await expect(panel.getByText('PutRecords.Success', { exact: true })).toHaveCount(0)
})
