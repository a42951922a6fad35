import { expectAccessible } from './lib/axe.ts'
import {
  card,
  dragPart,
  drawWire,
  inspector,
  openEmpty,
  pause,
  play,
  select,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('a KCL application drawn by hand: leases in the table, a crash, and spares', async ({
  page,
}) => {
  await openEmpty(page)
  await dragPart(page, 'Kinesis stream', { x: 340, y: 300 })
  await dragPart(page, 'KCL application', { x: 660, y: 300 })
  await dragPart(page, 'KCL lease table', { x: 900, y: 460 })
  const app = card(page, 'clicks-app')
  await expect(app).toContainText('2 workers')
  await drawWire(page, 'clicks', 'clicks-app')
  await drawWire(page, 'clicks-app', 'clicks-app-leases')
  await expect(page.locator('.wire-label').filter({ hasText: 'leases' })).toBeVisible()

  await play(page)
  const lanes = app.getByRole('list', { name: 'Workers and their leases' }).getByRole('listitem')
  await expect(lanes).toHaveCount(2)
  await expect(lanes.filter({ hasText: 'worker-1' })).toContainText('shard-')
  await select(page, 'clicks-app')
  await inspector(page).getByRole('button', { name: 'Crash the busiest worker' }).click()
  await expect(lanes.filter({ hasText: 'crashed' })).toHaveCount(1)
  await inspector(page).getByRole('button', { name: 'Restart workers' }).click()
  await expect(lanes.filter({ hasText: 'worker-1.2' })).toHaveCount(1)
  await pause(page)

  await inspector(page).getByRole('tab', { name: 'Leases' }).click()
  const leases = inspector(page).getByRole('region', { name: 'Leases' })
  await expect(leases.getByRole('row')).toHaveCount(4)
  await leases.getByRole('button', { name: 'shardId-000000000001', exact: true }).click()
  await expect(inspector(page).getByRole('definition').first()).toHaveText('shardId-000000000001')
  await expectAccessible(page, 'a KCL application and its leases')
})
