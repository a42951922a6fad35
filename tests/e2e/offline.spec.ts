import { openScenario, card, play } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

test.use({ serviceWorkers: 'allow' })

test('once it has been open for a while, all of it works without a network', async ({
  page,
  context,
}) => {
  await page.goto('/')
  // Everything has been kept: also what this page has never shown.
  await expect
    .poll(
      () =>
        page.evaluate(async () => {
          const files = Object.values(
            (await (await fetch('./files.json')).json()) as Record<string, { file: string }>,
          )
          const cache = await caches.open('switchyard')
          // Some servers vary by Origin, which modules ask with.
          const kept = await Promise.all(
            files.map(({ file }) => cache.match(file, { ignoreVary: true })),
          )
          return kept.filter((one) => one === undefined).length
        }),
      { timeout: 60_000 },
    )
    .toBe(0)
  await context.setOffline(true)
  await page.reload()
  await expect(card(page, 'orders')).toBeVisible()
  await openScenario(page, 'Poison message and dead-letter queue')
  await play(page)
  await expect(page.getByRole('timer')).not.toHaveText('00:00:00.000')
  await page.getByRole('tab', { name: 'Swim lanes' }).click()
  await expect(page.getByRole('application', { name: /^Swim lanes/ })).toBeVisible()
})
