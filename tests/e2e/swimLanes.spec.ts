/** The swim lanes: seen, gone through by hand and keys, read as a table, and in step with the picture. */
import type { Locator } from '@playwright/test'
import { expectAccessible } from './lib/axe.ts'
import { openScenario, pause, play, setSpeed } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const POISON = 'Poison message and dead-letter queue'

test('lanes show messages, take the clock anywhere, and open a message', async ({ page }) => {
  await openScenario(page, POISON)
  await page.getByRole('tab', { name: 'Swim lanes' }).click()
  await setSpeed(page, '10 ×')
  await play(page)
  await expect(page.getByRole('timer')).toHaveText(/^00:00:[3-5]/, { timeout: 20_000 })
  await pause(page)
  const names = page.getByRole('list', { name: 'Lanes' }).getByRole('button')
  await expect(names).toHaveText(['checkout', 'orders', 'orders-dlq', 'order-workers'])
  await expectAccessible(page, 'swim lanes')

  // A press beside all messages, in the axis, takes the clock there.
  const lanes = page.getByRole('application', { name: /^Swim lanes/ })
  const before = (await page.getByRole('timer').textContent())!
  const box = (await lanes.boundingBox())!
  await page.mouse.click(box.x + box.width * 0.3, box.y + 4)
  await expect(page.getByRole('timer')).not.toHaveText(before)
  await lanes.focus()
  await page.keyboard.press('-')
  await expect(page.getByRole('button', { name: 'Follow the clock' })).toHaveAttribute(
    'aria-pressed',
    'false',
  )
  await page.keyboard.press('Home')
  await expect(page.getByRole('button', { name: 'Follow the clock' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )

  await page.getByRole('button', { name: 'As a table' }).click()
  const table = page.getByRole('region', { name: 'Where messages were' })
  await expect(table.getByRole('row').nth(1)).toContainText('in flight')
  await expectAccessible(page, 'swim lanes as a table')
  await table.getByRole('button').first().press('Enter')
  await expect(page.getByRole('dialog', { name: /^Message \d/ })).toBeVisible()
  await page.getByRole('button', { name: 'As lanes' }).click()
  await expect.poll(() => inkIn(lanes)).toBeGreaterThan(0)
})

/** Whether anything is drawn. */
const inkIn = (lanes: Locator): Promise<number> =>
  lanes.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    return data.filter((value, n) => n % 4 === 3 && value > 0).length
  })

test('lanes are dragged, zoomed by the wheel and moved by keys', async ({ page }) => {
  await openScenario(page, POISON)
  await page.getByRole('tab', { name: 'Swim lanes' }).click()
  const timeline = page.getByRole('slider', { name: 'Timeline' })
  await timeline.focus()
  for (let n = 0; n < 6; n++) await page.keyboard.press('PageUp')
  await expect(page.getByRole('timer')).toHaveText('00:01:00.000')
  const lanes = page.getByRole('application', { name: /^Swim lanes/ })
  const follows = page.getByRole('button', { name: 'Follow the clock' })
  const box = (await lanes.boundingBox())!
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  /** Which moment is at a quarter of the width: a press in the axis takes the clock there. */
  const quarter = async () => {
    await page.mouse.click(box.x + box.width / 4, box.y + 4)
    const at = page.getByRole('timer')
    await expect(at).not.toHaveText('00:01:00.000')
    const text = (await at.textContent())!
    await timeline.focus()
    await page.keyboard.press('End')
    await expect(at).toHaveText('00:01:00.000')
    const [minutes, seconds] = text.split(':').slice(1).map(Number)
    return minutes * 60 + seconds
  }
  await follows.click()
  const first = await quarter()
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.down()
  await page.mouse.move(middle.x + box.width / 4, middle.y, { steps: 8 })
  await page.mouse.up()
  // A press means what is painted, which on a busy machine is a frame behind.
  await expect.poll(quarter).toBeLessThan(first - 3)
  const dragged = await quarter()
  await page.mouse.move(box.x + box.width - 2, middle.y)
  await page.mouse.wheel(0, -400)
  // The browser delivers a wheel when it likes.
  await expect.poll(quarter).toBeGreaterThan(dragged + 3)
  const zoomed = await quarter()
  await lanes.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(quarter).toBeLessThan(zoomed)
  await expect(follows).toHaveAttribute('aria-pressed', 'false')
})
