import { inspector } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test('a scenario is found by words, by subject and by what is drawn, and opened', async ({
  page,
}) => {
  await page.goto('/#/scenarios')
  const scenarios = page.getByRole('main').getByRole('listitem')
  const find = page.getByRole('searchbox', { name: 'Find a scenario' })
  const about = page.getByRole('group', { name: 'About' })
  await find.fill('no such thing')
  await expect(scenarios).toHaveCount(0)
  await expect(page.getByRole('main').getByRole('status')).toContainText(
    'None has all of these words',
  )
  await find.fill('KINESIS')
  await expect(scenarios.filter({ hasText: 'Replay after a bug' })).toBeVisible()
  await about.getByRole('button', { name: 'Reliability' }).click()
  await expect(scenarios.filter({ hasText: 'Replay after a bug' })).toHaveCount(0)
  await find.fill('dead-letter poison')
  await expect(page.getByRole('main').getByRole('status')).toHaveText('1 scenario')
  await scenarios.getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Title of the design')).toHaveValue(
    'Poison message and dead-letter queue',
  )
  await expect(inspector(page)).toContainText('Watch for: A poison order fails')
})

test('nothing moves under a hand when the rest of the screen is loaded', async ({ page }) => {
  let loadDrawer = () => {}
  const asked = new Promise<void>((resolve) => {
    void page.route(/Drawer-.*\.js$/, async (route) => {
      resolve()
      await new Promise<void>((go) => (loadDrawer = go))
      await route.continue()
    })
  })
  await page.goto('/#/scenarios')
  await page.getByRole('button', { name: 'Poison message and dead-letter queue' }).click()
  await asked
  const play = page.getByRole('button', { name: 'Play' })
  const before = await play.boundingBox()
  loadDrawer()
  await expect(page.getByRole('tab', { name: 'API calls' })).toBeVisible()
  expect(await play.boundingBox()).toEqual(before)
})
