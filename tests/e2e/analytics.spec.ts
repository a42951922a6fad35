import { expectAccessible } from './lib/axe.ts'
import {
  card,
  choose,
  dragPart,
  drawWire,
  inspector,
  openEmpty,
  pause,
  play,
  select,
  setField,
  setSpeed,
} from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('analytics drawn by hand: SQL per window, a mistake and its mending, results as a table', async ({
  page,
}) => {
  await openEmpty(page)
  await dragPart(page, 'Producer', { x: 320, y: 300 })
  await dragPart(page, 'Kinesis stream', { x: 480, y: 460 })
  await dragPart(page, 'Managed Flink', { x: 800, y: 300 })
  await drawWire(page, 'checkout', 'clicks')
  await drawWire(page, 'clicks', 'per-minute')
  const app = card(page, 'per-minute')
  await expect(app).toContainText('tumbling 60 s')

  await select(page, 'per-minute')
  await choose(page, 'Window', 'Sliding')
  await setField(page, 'Size', '10')
  await setField(page, 'Slide', '2')
  await expect(app).toContainText('sliding 10/2 s')
  const sql = inspector(page).getByRole('textbox', { name: 'SQL' })
  await sql.fill('SELCT customer FROM SOURCE_SQL_STREAM_001')
  await sql.blur()
  await expect(inspector(page).getByRole('alert').filter({ hasText: 'syntax error' })).toBeVisible()
  await expect(app).toContainText('The SQL cannot be run')
  await sql.fill('SELECT customer, COUNT(*) AS orders FROM SOURCE_SQL_STREAM_001 GROUP BY customer')
  await sql.blur()
  await expect(app).not.toContainText('The SQL cannot be run')
  await expect(inspector(page).getByRole('alert').filter({ hasText: 'syntax error' })).toHaveCount(
    0,
  )

  await setSpeed(page, '10 ×')
  await play(page)
  await expect(app).toContainText(/out of [3-9]/)
  await pause(page)
  await inspector(page).getByRole('tab', { name: 'Results' }).click()
  const results = inspector(page).getByRole('region', { name: 'Results' })
  await expect(results.getByRole('columnheader', { name: 'orders' })).toBeVisible()
  await expect(results.getByRole('row').nth(1)).toContainText('key-')
  await expectAccessible(page, 'an analytics application and its results')
})
